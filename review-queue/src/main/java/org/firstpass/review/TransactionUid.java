package org.firstpass.review;

import java.util.UUID;
import java.util.regex.Pattern;
import org.firstpass.study.DicomUid;

/**
 * Transaction UID (0008,1195): the fencing token of a claim.
 *
 * <p>Who claims gets a new one; who writes must show it; one that is not the task's own is stale.
 *
 * @see "PS3.4 CC.2.1.3"
 */
public record TransactionUid(String value) {
  private static final Pattern SHAPE = Pattern.compile("[0-9]+(\\.[0-9]+)*");
  private static final int MAX_LENGTH = 64;

  public TransactionUid {
    if (value.length() > MAX_LENGTH || !SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a transaction is a UID of digits and dots, at most 64 characters");
    }
  }

  public static TransactionUid of(UUID uuid) {
    return new TransactionUid(DicomUid.of(uuid));
  }

  @Override
  public String toString() {
    return value;
  }
}
