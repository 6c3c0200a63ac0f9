package org.firstpass.phantom;

import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Orientation;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.study.DicomUid;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.study.NameBasedUuid;

/**
 * What to scan and how: the same spec always gives the same bytes.
 *
 * @param seed the body; the same seed at the same difficulty is the same body on any grid
 * @param size columns, rows and slices of the acquisition
 * @param spacing in mm
 * @param orientation of the acquisition: {@code SPL} is axial from feet to head
 * @param obliqueDegrees how far the whole grid is turned out of that orientation
 * @param difficulty 0 plain to 1 hard: noise, unusual shapes, lesions, a kidney out of place
 */
public record PhantomSpec(
    long seed,
    GridSize size,
    Spacing spacing,
    Orientation orientation,
    double obliqueDegrees,
    double difficulty) {

  private static final double MAX_OBLIQUE_DEGREES = 30;
  private static final double WIDTH = 420;
  private static final double DEPTH = 330;

  public PhantomSpec {
    if (!(difficulty >= 0 && difficulty <= 1)) {
      throw new IllegalArgumentException("difficulty is 0 to 1, but is " + difficulty);
    }
    if (!(Math.abs(obliqueDegrees) <= MAX_OBLIQUE_DEGREES)) {
      throw new IllegalArgumentException(
          "a grid is turned by at most " + MAX_OBLIQUE_DEGREES + " degrees, but " + obliqueDegrees);
    }
  }

  /** Drawn as scanners are used: mostly axial, both stack directions, now and then oblique. */
  public static PhantomSpec drawn(long seed) {
    return drawn(seed, 256);
  }

  /**
   * As {@link #drawn(long)}, with at most so many columns: fewer make a coarser and faster phantom.
   *
   * @param matrix columns of an axial image, at least 32
   */
  public static PhantomSpec drawn(long seed, int matrix) {
    if (matrix < 32) {
      throw new IllegalArgumentException("a phantom has 32 columns or more, but " + matrix);
    }
    var draw = new Draw(seed, "acquisition");
    double fieldOfView = draw.between(370, 450);
    double inPlane = fieldOfView / matrix;
    double[] distances = {1.5, 2, 2.5, 3, 4, 5};
    double slice = Math.max(distances[draw.oneOf(distances.length)], inPlane);
    double height = draw.between(240, 330);
    double oblique = draw.withProbability(0.25) ? draw.between(-10, 10) : 0;
    double difficulty = draw.between(0, 0.6);
    String code = orientationCode(draw.between(0, 1));
    GridSize size =
        switch (code) {
          case "PIL" -> size(WIDTH / inPlane, height / inPlane, DEPTH / slice);
          case "LIP" -> size(DEPTH / inPlane, height / inPlane, WIDTH / slice);
          default -> size(matrix, matrix, height / slice);
        };
    return new PhantomSpec(
        seed,
        size,
        new Spacing(inPlane, inPlane, slice),
        new Orientation(code),
        oblique,
        difficulty);
  }

  /** Axial to the head, to the feet, prone; coronal; sagittal. */
  private static String orientationCode(double share) {
    if (share < 0.44) {
      return "SPL";
    }
    if (share < 0.88) {
      return "IPL";
    }
    if (share < 0.92) {
      return "SAR";
    }
    return share < 0.96 ? "PIL" : "LIP";
  }

  private static GridSize size(double columns, double rows, double slices) {
    return new GridSize(
        (int) Math.round(columns), (int) Math.round(rows), (int) Math.round(slices));
  }

  public PhantomSpec withSize(GridSize newSize) {
    return new PhantomSpec(seed, newSize, spacing, orientation, obliqueDegrees, difficulty);
  }

  public PhantomSpec withSpacing(Spacing newSpacing) {
    return new PhantomSpec(seed, size, newSpacing, orientation, obliqueDegrees, difficulty);
  }

  public PhantomSpec withOrientation(Orientation newOrientation, double newObliqueDegrees) {
    return new PhantomSpec(seed, size, spacing, newOrientation, newObliqueDegrees, difficulty);
  }

  public PhantomSpec withDifficulty(double newDifficulty) {
    return new PhantomSpec(seed, size, spacing, orientation, obliqueDegrees, newDifficulty);
  }

  /** The grid of the acquisition: aimed at the organs, a little beside, as in life. */
  GridGeometry grid(Vector3 target) {
    var draw = new Draw(seed, "positioning");
    Vector3 aim =
        new Vector3(draw.between(-8, 8), draw.between(0, 22), draw.between(-12, 12)).plus(target);
    Axes axes = turned(orientation.axes(), draw);
    Vector3 position =
        aim.minus(axes.column().times((size.columns() - 1) / 2.0 * spacing.column()))
            .minus(axes.row().times((size.rows() - 1) / 2.0 * spacing.row()))
            .minus(axes.slice().times((size.slices() - 1) / 2.0 * spacing.slice()));
    return new GridGeometry(frameOfReference(), size, position, axes, spacing);
  }

  private FrameOfReferenceUid frameOfReference() {
    return new FrameOfReferenceUid(
        DicomUid.of(NameBasedUuid.of("phantom frame of reference", Long.toString(seed))));
  }

  private Axes turned(Axes straight, Draw draw) {
    if (obliqueDegrees == 0) {
      return straight;
    }
    Vector3 pole =
        new Vector3(draw.between(-1, 1), draw.between(-1, 1), draw.between(-0.5, 0.5))
            .plus(new Vector3(1e-3, 0, 0))
            .normalized();
    return new Axes(
        turned(straight.column(), pole),
        turned(straight.row(), pole),
        turned(straight.slice(), pole));
  }

  /** Rodrigues' rotation. */
  private Vector3 turned(Vector3 vector, Vector3 pole) {
    double angle = StrictMath.toRadians(obliqueDegrees);
    double cos = StrictMath.cos(angle);
    return vector
        .times(cos)
        .plus(pole.cross(vector).times(StrictMath.sin(angle)))
        .plus(pole.times(pole.dot(vector) * (1 - cos)));
  }
}
