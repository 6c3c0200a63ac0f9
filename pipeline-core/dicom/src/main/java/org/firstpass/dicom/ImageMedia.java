package org.firstpass.dicom;

import java.util.List;
import java.util.Optional;

/**
 * What the values of a series are, for showing them.
 *
 * @param colour whether it has red, green and blue beside its luminance
 * @param blackIsHigh whether high values are to be shown dark; what was turned over when it was
 *     read is not
 * @param frameMillis how long each frame is shown, in the order of slices; empty if the frames are
 *     no loop
 * @param units of rescaled values: HU, or Units (0054,1001) of a PET; empty if they have none
 */
public record ImageMedia(
    String modality,
    boolean colour,
    boolean blackIsHigh,
    ImageCalibration calibration,
    List<Double> frameMillis,
    String units,
    SuvScale suv,
    Optional<StatedWindow> window) {
  public ImageMedia {
    frameMillis = List.copyOf(frameMillis);
  }

  /** The first window that the first instance states, in rescaled values. */
  public record StatedWindow(double centre, double width) {}
}
