package org.firstpass.dicom.pixel;

import java.util.Locale;
import java.util.Optional;

/**
 * The photometric interpretations that this build reads.
 *
 * @see "PS3.3 C.7.6.3.1.2"
 */
public enum Photometric {
  MONOCHROME1(1),
  MONOCHROME2(1),
  PALETTE_COLOR(1),
  RGB(3),
  YBR_FULL(3),
  YBR_FULL_422(3),
  YBR_ICT(3),
  YBR_RCT(3);

  private final int samples;

  Photometric(int samples) {
    this.samples = samples;
  }

  int samples() {
    return samples;
  }

  public boolean isGrey() {
    return this == MONOCHROME1 || this == MONOCHROME2;
  }

  /** Whether a pixel has several samples. */
  public boolean isColour() {
    return samples > 1;
  }

  static Optional<Photometric> of(String value) {
    for (Photometric photometric : values()) {
      if (photometric.name().equals(value.toUpperCase(Locale.ROOT).replace(' ', '_'))) {
        return Optional.of(photometric);
      }
    }
    return Optional.empty();
  }
}
