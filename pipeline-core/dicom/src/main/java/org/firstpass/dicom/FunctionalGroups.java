package org.firstpass.dicom;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dcm4che3.data.Tag;
import org.firstpass.dicom.SurveyedFrame.PlaneSpacing;
import org.firstpass.dicom.element.Elements;
import org.firstpass.geometry.Vector3;

/**
 * The frames of one instance, whether it is single-frame, multi-frame or enhanced multi-frame.
 *
 * <p>An attribute of a frame is looked for in its own functional group, then in the shared one,
 * then in the data set itself, where single-frame instances have it.
 *
 * @see "PS3.3 C.7.6.16"
 */
final class FunctionalGroups {
  private static final int FRAME_TYPE = 2;
  private static final String LOCALIZER = "LOCALIZER";
  private static final int[] FRAME_TYPE_GROUPS = {
    Tag.CTImageFrameTypeSequence, Tag.MRImageFrameTypeSequence, Tag.PETFrameTypeSequence
  };
  private static final int[] SPACINGS = {
    Tag.PixelSpacing, Tag.ImagerPixelSpacing, Tag.NominalScannedPixelSpacing
  };

  private final Elements image;

  /** More than any scanner writes into one object; a number that lies must cost nothing. */
  private static final int MOST_FRAMES = 1 << 16;

  private final InstanceIdentity identity;
  private final ImageClass imageClass;
  private final List<Elements> shared;
  private final List<Elements> perFrame;

  FunctionalGroups(Elements image, InstanceIdentity identity, ImageClass imageClass) {
    this.image = image;
    this.identity = identity;
    this.imageClass = imageClass;
    this.shared = image.items(Tag.SharedFunctionalGroupsSequence);
    this.perFrame = image.items(Tag.PerFrameFunctionalGroupsSequence);
  }

  List<SurveyedFrame> frames() {
    int count = image.integer(Tag.NumberOfFrames).orElse(1);
    if (!perFrame.isEmpty() && perFrame.size() != count) {
      throw image.malformed(Tag.NumberOfFrames, perFrame.size() + ", one per functional group");
    }
    if (count < 1 || count > MOST_FRAMES && perFrame.isEmpty()) {
      throw image.malformed(
          Tag.NumberOfFrames, count < 1 ? "at least 1" : "at most " + MOST_FRAMES);
    }
    boolean multiFrame = count > 1 || !perFrame.isEmpty();
    List<SurveyedFrame> frames = new ArrayList<>(count);
    for (int frame = 0; frame < count; frame++) {
      frames.add(
          new SurveyedFrame(
              identity.instance(),
              multiFrame ? frame + 1 : 0,
              plane(frame, count),
              spacing(frame),
              rescale(frame),
              isLocalizer(frame)));
    }
    return frames;
  }

  private Optional<ImagePlane> plane(int frame, int count) {
    Elements position = group(frame, Tag.PlanePositionSequence, Tag.ImagePositionPatient);
    Elements orientation = group(frame, Tag.PlaneOrientationSequence, Tag.ImageOrientationPatient);
    boolean present =
        position.has(Tag.ImagePositionPatient) && orientation.has(Tag.ImageOrientationPatient);
    // One position for many frames says where the first one lies, as in ultrasound and angiography.
    boolean ofFrame = count == 1 || !perFrame.isEmpty();
    if (!imageClass.needsPlane() && !(present && ofFrame)) {
      return Optional.empty();
    }
    if (!ofFrame) {
      throw image.absent(Tag.PerFrameFunctionalGroupsSequence);
    }
    List<Double> cosines =
        orientation
            .decimals(Tag.ImageOrientationPatient, 6)
            .orElseThrow(() -> orientation.absent(Tag.ImageOrientationPatient));
    return Optional.of(
        new ImagePlane(
            position.requireVector(Tag.ImagePositionPatient),
            new Vector3(cosines.get(0), cosines.get(1), cosines.get(2)),
            new Vector3(cosines.get(3), cosines.get(4), cosines.get(5))));
  }

  private Optional<PlaneSpacing> spacing(int frame) {
    Elements measures = group(frame, Tag.PixelMeasuresSequence, Tag.PixelSpacing);
    if (imageClass.needsPlane() && measures.decimals(Tag.PixelSpacing, 2).isEmpty()) {
      throw measures.absent(Tag.PixelSpacing);
    }
    for (int tag : SPACINGS) {
      Elements owner = tag == Tag.PixelSpacing ? measures : image;
      Optional<List<Double>> values = owner.decimals(tag, 2);
      if (values.isPresent()) {
        double row = values.get().get(0);
        double column = values.get().get(1);
        if (row <= 0 || column <= 0) {
          throw owner.malformed(tag, "above zero");
        }
        return Optional.of(new PlaneSpacing(row, column, calibration(tag)));
      }
    }
    return UltrasoundRegions.spacing(image);
  }

  private ImageCalibration calibration(int tag) {
    return switch (tag) {
      case Tag.ImagerPixelSpacing -> ImageCalibration.DETECTOR;
      case Tag.NominalScannedPixelSpacing -> ImageCalibration.SCANNED;
      default -> ImageCalibration.PIXEL_SPACING;
    };
  }

  private Rescale rescale(int frame) {
    Elements transformation = group(frame, Tag.PixelValueTransformationSequence, Tag.RescaleSlope);
    Optional<Double> slope = transformation.decimal(Tag.RescaleSlope);
    Optional<Double> intercept = transformation.decimal(Tag.RescaleIntercept);
    if (slope.isEmpty() && intercept.isEmpty()) {
      if (imageClass == ImageClass.COMPUTED_TOMOGRAPHY) {
        throw transformation.absent(Tag.RescaleSlope);
      }
      return Rescale.IDENTITY;
    }
    double factor = slope.orElseThrow(() -> transformation.absent(Tag.RescaleSlope));
    if (factor == 0) {
      throw transformation.malformed(Tag.RescaleSlope, "other than zero");
    }
    return new Rescale(
        factor, intercept.orElseThrow(() -> transformation.absent(Tag.RescaleIntercept)));
  }

  private boolean isLocalizer(int frame) {
    for (int sequence : FRAME_TYPE_GROUPS) {
      Elements type = group(frame, sequence, Tag.FrameType);
      if (type.has(Tag.FrameType)) {
        return saysLocalizer(type.texts(Tag.FrameType));
      }
    }
    return saysLocalizer(image.texts(Tag.ImageType));
  }

  private static boolean saysLocalizer(List<String> type) {
    return type.size() > FRAME_TYPE && type.get(FRAME_TYPE).equalsIgnoreCase(LOCALIZER);
  }

  /** The item of a functional group that has the attribute, or the data set itself. */
  private Elements group(int frame, int sequence, int tag) {
    if (!perFrame.isEmpty()) {
      List<Elements> own = perFrame.get(frame).items(sequence);
      if (!own.isEmpty() && own.get(0).has(tag)) {
        return own.get(0);
      }
    }
    if (!shared.isEmpty()) {
      List<Elements> common = shared.get(0).items(sequence);
      if (!common.isEmpty() && common.get(0).has(tag)) {
        return common.get(0);
      }
    }
    return image;
  }
}
