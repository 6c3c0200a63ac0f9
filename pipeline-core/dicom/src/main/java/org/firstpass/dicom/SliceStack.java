package org.firstpass.dicom;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.geometry.Axes;
import org.firstpass.geometry.Vector3;

/**
 * Frames with positions put in order along the normal of their plane, and checked to be a grid.
 *
 * <p>Slice index 0 is the slice that lies furthest against the right-handed normal (column axis x
 * row axis). Only positions count: Slice Thickness and Spacing Between Slices are known to be wrong
 * often and are not looked at, nor is the order of the instance numbers.
 *
 * @see "PS3.3 C.7.6.2"
 */
final class SliceStack {
  /** Largest distance of two unit directions that count as one: half a voxel over 500 voxels. */
  static final double SAME_ORIENTATION = 1e-3;

  /** Slices nearer to each other than this, in mm, lie at one position: no scanner steps less. */
  static final double SAME_POSITION_MM = 0.01;

  /** A gap of more than this many usual gaps has lost a slice, or the spacing changes there. */
  static final double GAP_FACTOR = 1.5;

  /** A gap within this of a whole number of usual gaps has lost slices. */
  static final double WHOLE_GAP_TOLERANCE = 0.1;

  /**
   * How far, in slice distances, a slice may lie from its place on the regular grid. Scanners round
   * positions; a series 0.01 of a distance off is common (7 mm, +- 0.07 mm), and a tenth keeps a
   * mask well within half a voxel.
   */
  static final double IRREGULARITY = 0.1;

  /**
   * How far, in pixels, a slice may lie sideways of the normal: a mask stays within half a voxel.
   */
  static final double SIDEWAYS_PIXELS = 0.5;

  private final List<SurveyedFrame> frames;
  private final Axes axes;
  private final double[] heights;

  private SliceStack(List<SurveyedFrame> frames, Axes axes, double[] heights) {
    this.frames = frames;
    this.axes = axes;
    this.heights = heights;
  }

  /**
   * Orders frames that all have a plane.
   *
   * @throws StudyRefused MIXED_ORIENTATIONS, MALFORMED_INSTANCE (axes that are not orthogonal unit
   *     vectors, no spacing), TOO_FEW_SLICES (one slice: its distance to others is unknown),
   *     DUPLICATE_POSITIONS, GANTRY_TILT, MISSING_SLICES or IRREGULAR_SPACING
   */
  static SliceStack of(List<SurveyedFrame> unordered) {
    requireOneOrientation(unordered);
    SurveyedFrame first = unordered.get(0);
    Axes axes = axes(first);
    if (unordered.size() < 2) {
      throw new StudyRefused(
          ReasonCode.TOO_FEW_SLICES,
          first.name() + " is the only slice; the distance between slices comes from positions");
    }
    ToDoubleFunction<SurveyedFrame> height = frame -> plane(frame).position().dot(axes.slice());
    List<SurveyedFrame> ordered = new ArrayList<>(unordered);
    ordered.sort(
        Comparator.comparingDouble(height)
            .thenComparing(frame -> frame.instance().value())
            .thenComparingInt(SurveyedFrame::frameNumber));
    var stack = new SliceStack(ordered, axes, ordered.stream().mapToDouble(height).toArray());
    stack.requireDistinctPositions();
    stack.requireUpright();
    stack.requireNoGaps();
    stack.requireRegular();
    return stack;
  }

  List<SurveyedFrame> frames() {
    return frames;
  }

  Axes axes() {
    return axes;
  }

  Vector3 position() {
    return plane(frames.get(0)).position();
  }

  /** The mean distance of neighbouring slices in mm. */
  double sliceSpacing() {
    return (heights[heights.length - 1] - heights[0]) / (heights.length - 1);
  }

  private static ImagePlane plane(SurveyedFrame frame) {
    return frame.plane().orElseThrow();
  }

  private static Axes axes(SurveyedFrame frame) {
    try {
      Vector3 column = plane(frame).column();
      Vector3 row = plane(frame).row();
      return new Axes(column, row, column.cross(row).normalized());
    } catch (IllegalArgumentException e) {
      throw new StudyRefused(
          ReasonCode.MALFORMED_INSTANCE,
          frame.name() + ": Image Orientation (0020,0037) is not two orthogonal unit vectors",
          e);
    }
  }

  private static void requireOneOrientation(List<SurveyedFrame> frames) {
    ImagePlane first = plane(frames.get(0));
    for (SurveyedFrame frame : frames) {
      double column = plane(frame).column().minus(first.column()).length();
      double row = plane(frame).row().minus(first.row()).length();
      if (Math.max(column, row) > SAME_ORIENTATION) {
        throw new StudyRefused(
            ReasonCode.MIXED_ORIENTATIONS,
            String.format(
                "%s and %s differ in orientation by %.4f, more than %s",
                frames.get(0).name(), frame.name(), Math.max(column, row), SAME_ORIENTATION));
      }
    }
  }

  private void requireDistinctPositions() {
    for (int i = 1; i < heights.length; i++) {
      if (heights[i] - heights[i - 1] < SAME_POSITION_MM) {
        throw new StudyRefused(
            ReasonCode.DUPLICATE_POSITIONS,
            String.format(
                "%s and %s lie in one plane, %.4f mm apart along the normal, under %s mm",
                frames.get(i - 1).name(),
                frames.get(i).name(),
                heights[i] - heights[i - 1],
                SAME_POSITION_MM));
      }
    }
  }

  /** The slices stand on each other along the normal, not sheared. */
  private void requireUpright() {
    SurveyedFrame first = frames.get(0);
    SurveyedFrame.PlaneSpacing spacing =
        first
            .spacing()
            .orElseThrow(
                () ->
                    new StudyRefused(
                        ReasonCode.MALFORMED_INSTANCE,
                        first.name() + " has a position, but no Pixel Spacing (0028,0030)"));
    double limit = SIDEWAYS_PIXELS * Math.min(spacing.row(), spacing.column());
    Vector3 whole = sideways(heights.length - 1);
    double height = heights[heights.length - 1] - heights[0];
    boolean linear = true;
    int worst = 0;
    for (int i = 1; i < heights.length; i++) {
      Vector3 offset = sideways(i);
      worst = offset.length() > sideways(worst).length() ? i : worst;
      Vector3 sheared = whole.times((heights[i] - heights[0]) / height);
      linear &= offset.minus(sheared).length() <= limit;
    }
    double found = sideways(worst).length();
    if (found > limit) {
      throw new StudyRefused(
          linear ? ReasonCode.GANTRY_TILT : ReasonCode.IRREGULAR_SPACING,
          String.format(
              "%s lies %.3f mm sideways of the normal through the first slice, more than %.3f mm;"
                  + " the stack leans by %.2f degrees",
              frames.get(worst).name(),
              found,
              limit,
              Math.toDegrees(Math.atan2(whole.length(), height))));
    }
  }

  private Vector3 sideways(int slice) {
    Vector3 offset = plane(frames.get(slice)).position().minus(position());
    return offset.minus(axes.slice().times(offset.dot(axes.slice())));
  }

  private void requireNoGaps() {
    double usual = usualGap();
    for (int i = 1; i < heights.length; i++) {
      double gaps = (heights[i] - heights[i - 1]) / usual;
      if (gaps > GAP_FACTOR) {
        boolean whole = Math.abs(gaps - Math.rint(gaps)) <= WHOLE_GAP_TOLERANCE;
        throw new StudyRefused(
            whole ? ReasonCode.MISSING_SLICES : ReasonCode.IRREGULAR_SPACING,
            String.format(
                "between %s and %s there are %.3f mm, %.2f times the usual %.3f mm",
                frames.get(i - 1).name(),
                frames.get(i).name(),
                heights[i] - heights[i - 1],
                gaps,
                usual));
      }
    }
  }

  /** The lower median of the gaps. */
  private double usualGap() {
    var gaps = new double[heights.length - 1];
    for (int i = 0; i < gaps.length; i++) {
      gaps[i] = heights[i + 1] - heights[i];
    }
    Arrays.sort(gaps);
    return gaps[(gaps.length - 1) / 2];
  }

  private void requireRegular() {
    double spacing = sliceSpacing();
    for (int i = 0; i < heights.length; i++) {
      double off = Math.abs(heights[i] - heights[0] - i * spacing);
      if (off > IRREGULARITY * spacing) {
        throw new StudyRefused(
            ReasonCode.IRREGULAR_SPACING,
            String.format(
                "%s lies %.3f mm off its place on a grid of %.3f mm, more than %.3f mm",
                frames.get(i).name(), off, spacing, IRREGULARITY * spacing));
      }
    }
  }
}
