package org.firstpass.dicom;

import org.firstpass.volume.Volume;

/**
 * A series that was read: its volume, and what a segmentation of it must refer to.
 *
 * <p>Slices are ordered along the right-handed normal of the image plane (column axis x row axis).
 * Values are rescaled values (PS3.3 C.11.1): Hounsfield units for CT, the series' own units for
 * PET, arbitrary ones otherwise. In the images without a physical unit (radiography, ultrasound)
 * brighter is always higher: MONOCHROME1 is turned over. Pixel padding is left as it was stored.
 * Immutable.
 */
public final class SeriesImage {
  private final Volume volume;
  private final SourceSeries source;
  private final SeriesDescription description;

  SeriesImage(Volume volume, SourceSeries source, SeriesDescription description) {
    this.volume = volume;
    this.source = source;
    this.description = description;
  }

  public Volume volume() {
    return volume;
  }

  public SourceSeries source() {
    return source;
  }

  public SeriesDescription description() {
    return description;
  }
}
