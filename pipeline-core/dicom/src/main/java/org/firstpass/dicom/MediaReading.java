package org.firstpass.dicom;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.dcm4che3.data.Tag;
import org.firstpass.dicom.ImageMedia.StatedWindow;
import org.firstpass.dicom.element.Elements;
import org.firstpass.dicom.pixel.Photometric;
import org.firstpass.failure.StudyRefused;

/**
 * Reads the {@link ImageMedia} of a series. What is malformed counts as missing: it only concerns
 * how an image is shown.
 *
 * @see "PS3.3 C.7.6.5, C.7.6.6, C.8.9.1, C.11.2"
 */
final class MediaReading {
  private static final double MILLIS = 1000;

  /** Slower or faster than this no loop is: the numbers are wrong. */
  private static final double LONGEST_FRAME = 10_000;

  private final Elements header;
  private final SeriesGrid grid;
  private final InstanceSurvey first;

  MediaReading(Elements header, SeriesGrid grid, InstanceSurvey first) {
    this.header = header;
    this.grid = grid;
    this.first = first;
  }

  ImageMedia read(Optional<LocalDateTime> firstAcquisition) {
    Photometric photometric = first.pixels().format().photometric();
    boolean turnedOver = !ImageClass.of(first.sopClass()).needsPlane();
    return new ImageMedia(
        header.text(Tag.Modality).orElse(""),
        photometric.isColour(),
        photometric == Photometric.MONOCHROME1 && !turnedOver,
        grid.calibration(),
        frameMillis(),
        units(),
        SuvReading.of(header, firstAcquisition),
        window(photometric == Photometric.MONOCHROME1 && turnedOver));
  }

  private String units() {
    return switch (ImageClass.of(first.sopClass())) {
      case COMPUTED_TOMOGRAPHY -> "HU";
      case CROSS_SECTION, OTHER_IMAGE, NOT_AN_IMAGE -> header.text(Tag.Units).orElse("");
    };
  }

  /** Turned over as the values were. */
  private Optional<StatedWindow> window(boolean turnOver) {
    Optional<Double> centre = number(Tag.WindowCenter);
    Optional<Double> width = number(Tag.WindowWidth).filter(each -> each >= 1);
    if (centre.isEmpty() || width.isEmpty()) {
      return Optional.empty();
    }
    double middle = centre.get();
    if (turnOver) {
      Rescale rescale = grid.slices().get(0).rescale();
      double stored = (middle - rescale.intercept()) / rescale.slope();
      boolean signed = first.pixels().format().sample().signed();
      int bits = first.pixels().format().sample().bitsStored();
      double other = (signed ? -1 : Math.pow(2, bits) - 1) - stored;
      middle = other * rescale.slope() + rescale.intercept();
    }
    return Optional.of(new StatedWindow(middle, width.get()));
  }

  private List<Double> frameMillis() {
    int frames = grid.slices().size();
    if (frames < 2 || grid.geometry().space().isPatient()) {
      return List.of();
    }
    List<Double> vector = numbers(Tag.FrameTimeVector);
    if (vector.size() == frames && vector.stream().skip(1).allMatch(MediaReading::isFrame)) {
      // Each says how long after the frame before it a frame began; the last lasts as long.
      List<Double> lasting = new ArrayList<>(vector.subList(1, frames));
      lasting.add(vector.get(frames - 1));
      return lasting;
    }
    return number(Tag.FrameTime)
        .or(() -> number(Tag.CineRate).map(rate -> MILLIS / rate))
        .or(() -> number(Tag.RecommendedDisplayFrameRate).map(rate -> MILLIS / rate))
        .filter(MediaReading::isFrame)
        .map(millis -> Collections.nCopies(frames, millis))
        .orElse(List.of());
  }

  private static boolean isFrame(double millis) {
    return millis > 0 && millis <= LONGEST_FRAME;
  }

  private Optional<Double> number(int tag) {
    return numbers(tag).stream().findFirst();
  }

  private List<Double> numbers(int tag) {
    try {
      return header.texts(tag).stream()
          .filter(text -> !text.isEmpty())
          .map(Double::valueOf)
          .filter(Double::isFinite)
          .toList();
    } catch (NumberFormatException | StudyRefused e) {
      return List.of();
    }
  }
}
