package org.firstpass.study;

import java.math.BigInteger;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What every DICOM UID obeys: digits and dots, at most 64 characters.
 *
 * <p>Leading zeros of a component are not refused, because archives are full of them.
 *
 * @see "PS3.5 section 9.1"
 */
public final class DicomUid {
  private static final Pattern SHAPE = Pattern.compile("[0-9]+(\\.[0-9]+)*");
  private static final int MAX_LENGTH = 64;

  private DicomUid() {}

  static void requireValid(String name, String value) {
    if (value.length() > MAX_LENGTH || !SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          name + " must be digits and dots, at most 64 characters, but is '" + value + "'");
    }
  }

  /**
   * The UID that DICOM derives from a UUID.
   *
   * @see "PS3.5 section B.2"
   */
  public static String of(UUID uuid) {
    var high = BigInteger.valueOf(uuid.getMostSignificantBits()).shiftLeft(Long.SIZE);
    var low = new BigInteger(Long.toUnsignedString(uuid.getLeastSignificantBits()));
    return "2.25." + high.add(low).mod(BigInteger.ONE.shiftLeft(2 * Long.SIZE));
  }
}
