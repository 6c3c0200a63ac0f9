package org.firstpass.dicom;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.firstpass.dicom.SurveyedFrame.PlaneSpacing;
import org.firstpass.dicom.pixel.PixelFormat;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;
import org.firstpass.study.DicomUid;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.study.NameBasedUuid;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SopClassUid;
import org.firstpass.study.SopInstanceUid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The grid on which the frames of a series lie, and the frames in the order of its slices.
 *
 * <p>A series without positions (radiograph, ultrasound) has a grid in its own plane, see {@link
 * org.firstpass.geometry.GridSpace}: a slice per frame in frame order. Spacing in the plane is what
 * the instance says; if it says nothing, the grid is in pixels.
 *
 * @param calibration from where the spacing in the plane is known
 */
record SeriesGrid(GridGeometry geometry, ImageCalibration calibration, List<SurveyedFrame> slices) {
  /** Pixel Spacing that differs by less is the same: half a pixel over 500 pixels. */
  static final double SAME_SPACING = 1e-3;

  private static final Logger LOG = LoggerFactory.getLogger(SeriesGrid.class);
  private static final PlaneSpacing NOMINAL = new PlaneSpacing(1, 1, ImageCalibration.NONE);

  /**
   * The grid of the instances of one series.
   *
   * @throws StudyRefused LOCALIZER, MIXED_ORIENTATIONS, MIXED_FORMATS, NO_PATIENT_GEOMETRY (several
   *     instances without positions), TOO_LARGE, or what {@link SliceStack#of} refuses
   */
  static SeriesGrid of(SeriesInstanceUid series, List<InstanceSurvey> instances) {
    List<SurveyedFrame> frames = new ArrayList<>();
    instances.forEach(instance -> frames.addAll(instance.frames()));
    requireNoLocalizer(frames);
    requireOneClass(instances);
    long positioned = frames.stream().filter(frame -> frame.plane().isPresent()).count();
    if (positioned == 0) {
      requireOneFormat(instances, frames);
      return withoutPositions(series, instances, frames);
    }
    if (positioned < frames.size()) {
      throw new StudyRefused(
          ReasonCode.MIXED_FORMATS,
          positioned + " of " + frames.size() + " frames have a position in patient space");
    }
    SliceStack stack = SliceStack.of(frames);
    requireOneFormat(instances, frames);
    FrameOfReferenceUid frameOfReference =
        frameOfReference(series, instances, stack.frames().get(0));
    PlaneSpacing plane = frames.get(0).spacing().orElse(NOMINAL);
    var spacing = new Spacing(plane.column(), plane.row(), stack.sliceSpacing());
    var geometry =
        new GridGeometry(
            frameOfReference, size(instances, frames), stack.position(), stack.axes(), spacing);
    return new SeriesGrid(geometry, ImageCalibration.PATIENT_SPACE, stack.frames());
  }

  private static SeriesGrid withoutPositions(
      SeriesInstanceUid series, List<InstanceSurvey> instances, List<SurveyedFrame> frames) {
    if (instances.size() > 1) {
      throw new StudyRefused(
          ReasonCode.NO_PATIENT_GEOMETRY,
          instances.size() + " instances without positions do not make one volume");
    }
    PlaneSpacing plane = frames.get(0).spacing().orElse(NOMINAL);
    FrameOfReferenceUid derived = derivedFrameOfReference(series);
    GridSize size = size(instances, frames);
    GridGeometry geometry =
        plane.from() == ImageCalibration.NONE
            ? GridGeometry.ofUncalibratedImage(derived, size)
            : GridGeometry.ofImage(derived, size, plane.row(), plane.column());
    return new SeriesGrid(geometry, plane.from(), List.copyOf(frames));
  }

  private static GridSize size(List<InstanceSurvey> instances, List<SurveyedFrame> frames) {
    PixelFormat format = instances.get(0).pixels().format();
    long voxels = (long) format.pixels() * frames.size();
    if (voxels > Integer.MAX_VALUE - 8) {
      throw new StudyRefused(
          ReasonCode.TOO_LARGE, "a volume has fewer than 2^31 voxels, but has " + voxels);
    }
    return new GridSize(format.columns(), format.rows(), frames.size());
  }

  private static void requireNoLocalizer(List<SurveyedFrame> frames) {
    List<SurveyedFrame> localizers = frames.stream().filter(SurveyedFrame::localizer).toList();
    if (!localizers.isEmpty()) {
      throw new StudyRefused(
          ReasonCode.LOCALIZER,
          String.format(
              "%s is a localizer, as %d of %d frames",
              localizers.get(0).name(), localizers.size(), frames.size()));
    }
  }

  private static void requireOneClass(List<InstanceSurvey> instances) {
    SopClassUid first = instances.get(0).sopClass();
    for (InstanceSurvey instance : instances) {
      if (!instance.sopClass().equals(first)) {
        throw new StudyRefused(
            ReasonCode.MIXED_FORMATS,
            "instances of SOP classes " + first + " and " + instance.sopClass());
      }
    }
  }

  private static void requireOneFormat(List<InstanceSurvey> instances, List<SurveyedFrame> frames) {
    PixelFormat first = instances.get(0).pixels().format();
    for (InstanceSurvey instance : instances) {
      PixelFormat other = instance.pixels().format();
      if (other.rows() != first.rows()
          || other.columns() != first.columns()
          || other.photometric() != first.photometric()) {
        throw new StudyRefused(
            ReasonCode.MIXED_FORMATS,
            String.format(
                "expected %d x %d %s as in the first instance; %s is %d x %d %s",
                first.columns(),
                first.rows(),
                first.photometric(),
                instance.pixels().owner(),
                other.columns(),
                other.rows(),
                other.photometric()));
      }
    }
    PlaneSpacing spacing = frames.get(0).spacing().orElse(NOMINAL);
    for (SurveyedFrame frame : frames) {
      PlaneSpacing other = frame.spacing().orElse(NOMINAL);
      if (differ(spacing.row(), other.row()) || differ(spacing.column(), other.column())) {
        throw new StudyRefused(
            ReasonCode.MIXED_FORMATS,
            frame.name()
                + " has "
                + other
                + ", but "
                + frames.get(0).name()
                + " "
                + spacing
                + "; tolerance "
                + SAME_SPACING
                + " of it");
      }
    }
  }

  private static boolean differ(double a, double b) {
    return Math.abs(a - b) > SAME_SPACING * a;
  }

  /**
   * The one frame of reference of all instances. If none has one, it is derived from the series; if
   * each has its own, which some de-identifiers do, it is that of the first slice: in both cases
   * the positions are comparable within the series alone, and they have been found to make a grid.
   */
  private static FrameOfReferenceUid frameOfReference(
      SeriesInstanceUid series, List<InstanceSurvey> instances, SurveyedFrame firstSlice) {
    Map<SopInstanceUid, FrameOfReferenceUid> found = new HashMap<>();
    instances.forEach(
        one -> one.frameOfReference().ifPresent(uid -> found.put(one.instance(), uid)));
    if (found.isEmpty()) {
      LOG.warn("series {} has no frame of reference; one is derived from its UID", series);
      return derivedFrameOfReference(series);
    }
    int different = Set.copyOf(found.values()).size();
    if (found.size() < instances.size() || (different > 1 && different < instances.size())) {
      throw new StudyRefused(
          ReasonCode.MIXED_ORIENTATIONS,
          String.format(
              "expected one frame of reference; %d of %d instances have one, %d different",
              found.size(), instances.size(), different));
    }
    if (different > 1) {
      LOG.warn(
          "series {} has {} frames of reference, one each; the first counts", series, different);
    }
    return Objects.requireNonNull(found.get(firstSlice.instance()));
  }

  private static FrameOfReferenceUid derivedFrameOfReference(SeriesInstanceUid series) {
    return new FrameOfReferenceUid(
        DicomUid.of(NameBasedUuid.of("frame of reference", series.value())));
  }
}
