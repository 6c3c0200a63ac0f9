package org.firstpass.dicom;

import java.util.Set;

/**
 * Which transfer syntaxes carry a data set that can be stored byte by byte and read again later.
 */
final class TransferSyntaxes {
  static final String IMPLICIT_LITTLE_ENDIAN = "1.2.840.10008.1.2";
  static final String EXPLICIT_LITTLE_ENDIAN = "1.2.840.10008.1.2.1";

  private static final String STANDARD = "1.2.840.10008.1.2";

  /**
   * Pixel data elsewhere (JPIP), and encodings that are not data sets (MIME, XML, real-time video).
   */
  static final Set<String> NOT_STORABLE =
      Set.of(
          "1.2.840.10008.1.2.4.94",
          "1.2.840.10008.1.2.4.95",
          "1.2.840.10008.1.2.4.204",
          "1.2.840.10008.1.2.4.205",
          "1.2.840.10008.1.2.6.1",
          "1.2.840.10008.1.2.6.2",
          "1.2.840.10008.1.2.7.1",
          "1.2.840.10008.1.2.7.2",
          "1.2.840.10008.1.2.7.3");

  private TransferSyntaxes() {}

  /** Whether messages are read in it. */
  static boolean isPlain(String uid) {
    return uid.equals(IMPLICIT_LITTLE_ENDIAN) || uid.equals(EXPLICIT_LITTLE_ENDIAN);
  }

  static boolean isStorable(String uid) {
    return (uid.equals(STANDARD) || uid.startsWith(STANDARD + ".")) && !NOT_STORABLE.contains(uid);
  }
}
