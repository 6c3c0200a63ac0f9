package org.firstpass.ups;

import java.math.BigInteger;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.firstpass.study.DicomUid;

/** SOP Instance UIDs of workitems: {@code 2.25.} and the task's UUID. */
public final class WorkitemUid {
  private static final Pattern UID = Pattern.compile("[0-9]+(\\.[0-9]+)*");
  private static final int MAX_LENGTH = 64;
  private static final String ROOT = "2.25.";

  private WorkitemUid() {}

  public static String of(UUID task) {
    return DicomUid.of(task);
  }

  /** The task of which {@link #of} made this UID. */
  public static Optional<UUID> task(String uid) {
    if (!isUid(uid) || !uid.startsWith(ROOT) || uid.indexOf('.', ROOT.length()) >= 0) {
      return Optional.empty();
    }
    var number = new BigInteger(uid.substring(ROOT.length()));
    return number.bitLength() > 2 * Long.SIZE
        ? Optional.empty()
        : Optional.of(new UUID(number.shiftRight(Long.SIZE).longValue(), number.longValue()));
  }

  static boolean isUid(String text) {
    return text.length() <= MAX_LENGTH && UID.matcher(text).matches();
  }
}
