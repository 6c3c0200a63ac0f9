package org.firstpass.http;

import java.util.List;
import java.util.Optional;
import org.firstpass.dicom.ImageCalibration;
import org.firstpass.dicom.ImageMedia;
import org.firstpass.dicom.SuvScale;
import org.jspecify.annotations.Nullable;

/**
 * What the values of an image are, on the wire.
 *
 * @param colour whether {@code /colour} has red, green and blue of each voxel
 * @param blackIsHigh whether high values are to be shown dark
 * @param calibration from where the size of pixels is known; NONE: lengths are in pixels
 * @param frameMillis how long each slice is shown, if they are frames of a loop; else empty
 * @param units of rescaled values, empty if they have none
 * @param suv what a rescaled value is multiplied with to be a standardised uptake value by body
 *     weight (g/ml); null if that is not known or it is no PET
 * @param suvLack what is missing for it; null if nothing is or it is no PET
 * @param window that the image states, in rescaled values; null if it states none
 */
record MediaView(
    String modality,
    boolean colour,
    boolean blackIsHigh,
    ImageCalibration calibration,
    List<Double> frameMillis,
    String units,
    @Nullable Double suv,
    SuvScale.@Nullable Lack suvLack,
    @Nullable Window window) {

  record Window(double centre, double width) {}

  static MediaView from(ImageMedia media) {
    SuvScale suv = media.suv();
    Optional<SuvScale.Lack> lack =
        suv instanceof SuvScale.Unknown unknown ? Optional.of(unknown.lack()) : Optional.empty();
    return new MediaView(
        media.modality(),
        media.colour(),
        media.blackIsHigh(),
        media.calibration(),
        media.frameMillis(),
        media.units(),
        suv instanceof SuvScale.Known known ? known.factor() : null,
        lack.filter(why -> why != SuvScale.Lack.NOT_PET).orElse(null),
        media.window().map(each -> new Window(each.centre(), each.width())).orElse(null));
  }
}
