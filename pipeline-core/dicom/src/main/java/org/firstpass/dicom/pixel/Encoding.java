package org.firstpass.dicom.pixel;

import java.util.Optional;

/** How pixel data are written, of the transfer syntaxes that this build reads. */
public enum Encoding {
  /** Implicit or explicit VR little endian, deflated or not. */
  LITTLE_ENDIAN(false),
  BIG_ENDIAN(false),
  /** Baseline, extended and lossless. */
  JPEG(true),
  JPEG_LS(true),
  JPEG_2000(true),
  RUN_LENGTH(true);

  private final boolean encapsulated;

  Encoding(boolean encapsulated) {
    this.encapsulated = encapsulated;
  }

  /** Whether the pixel data are a sequence of fragments. */
  public boolean encapsulated() {
    return encapsulated;
  }

  /**
   * The encoding of a transfer syntax, none if this build does not read it: multi-component JPEG
   * 2000, HTJ2K, JPEG XL, video and everything private.
   *
   * @see "PS3.5 annex A"
   */
  public static Optional<Encoding> of(String transferSyntax) {
    return Optional.ofNullable(
        switch (transferSyntax) {
          case "1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.1.99" ->
              LITTLE_ENDIAN;
          case "1.2.840.10008.1.2.2" -> BIG_ENDIAN;
          case "1.2.840.10008.1.2.4.50",
              "1.2.840.10008.1.2.4.51",
              "1.2.840.10008.1.2.4.57",
              "1.2.840.10008.1.2.4.70" ->
              JPEG;
          case "1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.81" -> JPEG_LS;
          case "1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.4.91" -> JPEG_2000;
          case "1.2.840.10008.1.2.5" -> RUN_LENGTH;
          default -> null;
        });
  }
}
