package org.firstpass.dicom.dataset;

/**
 * How the elements of a data set are written.
 *
 * @see "PS3.5 annex A"
 */
public enum DataSetSyntax {
  IMPLICIT_LITTLE_ENDIAN,
  EXPLICIT_LITTLE_ENDIAN,
  EXPLICIT_BIG_ENDIAN,
  DEFLATED;

  private static final String IMPLICIT_UID = "1.2.840.10008.1.2";
  private static final String BIG_ENDIAN_UID = "1.2.840.10008.1.2.2";
  private static final String DEFLATED_UID = "1.2.840.10008.1.2.1.99";

  /** The syntax of a transfer syntax; every one that is not named here is explicit. */
  public static DataSetSyntax of(String transferSyntax) {
    return switch (transferSyntax) {
      case IMPLICIT_UID -> IMPLICIT_LITTLE_ENDIAN;
      case BIG_ENDIAN_UID -> EXPLICIT_BIG_ENDIAN;
      case DEFLATED_UID -> DEFLATED;
      default -> EXPLICIT_LITTLE_ENDIAN;
    };
  }

  boolean explicit() {
    return this != IMPLICIT_LITTLE_ENDIAN;
  }

  boolean bigEndian() {
    return this == EXPLICIT_BIG_ENDIAN;
  }
}
