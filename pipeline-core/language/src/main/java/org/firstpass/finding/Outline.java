package org.firstpass.finding;

import java.util.List;
import java.util.Optional;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.Vector3;
import org.jspecify.annotations.Nullable;

/**
 * Where a finding was drawn: points in patient space (LPS, mm) in the order in which they are
 * joined.
 *
 * @param image the frame on which it lies, null if it lies on none or that is not known yet
 */
public record Outline(List<Vector3> points, @Nullable ImageFrame image) {
  /** More than a hand draws and few enough for an SR document. */
  public static final int MAX_POINTS = 2000;

  /** Points of one plane are off it by no more than points of one grid are, in mm. */
  private static final double PLANE_MM = GridGeometry.SAME_POSITION_MM;

  /** As far as the axes of a grid may be off a right angle. */
  private static final double SKEW = 1e-3;

  /** Less than a thousandth of a millimetre squared is a line. */
  private static final double SMALLEST_MM2 = 1e-6;

  public Outline {
    points = List.copyOf(points);
  }

  public static Outline of(Vector3... points) {
    return new Outline(List.of(points), null);
  }

  public Optional<ImageFrame> frame() {
    return Optional.ofNullable(image);
  }

  Outline on(ImageFrame frame) {
    return new Outline(points, frame);
  }

  void requirePoints(int least, int most) {
    if (points.size() < least || points.size() > most) {
      throw new IllegalArgumentException(
          "expected %d to %d points, found %d".formatted(least, most, points.size()));
    }
  }

  /** Refuses a border that is not on one plane, or has nothing inside. */
  void requirePlane() {
    if (squareMillimetres() < SMALLEST_MM2) {
      throw new IllegalArgumentException("there is nothing inside of the border");
    }
    Vector3 normal = twiceTheArea().normalized();
    for (Vector3 point : points) {
      double off = Math.abs(point.minus(points.get(0)).dot(normal));
      if (off > PLANE_MM) {
        throw new IllegalArgumentException(
            "a border lies on one plane to %.2f mm, but is off by %.3f mm"
                .formatted(PLANE_MM, off));
      }
    }
  }

  /** Refuses four points that are no rectangle: its diagonals halve each other and are as long. */
  void requireRightAngles() {
    Vector3 centres =
        points.get(0).plus(points.get(2)).minus(points.get(1).plus(points.get(3))).times(0.5);
    double one = points.get(2).minus(points.get(0)).length();
    double other = points.get(3).minus(points.get(1)).length();
    double slack = PLANE_MM + one * SKEW;
    if (centres.length() > slack || Math.abs(one - other) > slack) {
      throw new IllegalArgumentException("a box has four right angles");
    }
  }

  /** What is inside of the border; right for a border that does not cross itself. */
  double squareMillimetres() {
    return twiceTheArea().length() / 2;
  }

  /** Along the normal of the plane (Newell). */
  private Vector3 twiceTheArea() {
    var sum = new Vector3(0, 0, 0);
    Vector3 first = points.get(0);
    for (int i = 1; i + 1 < points.size(); i++) {
      sum = sum.plus(points.get(i).minus(first).cross(points.get(i + 1).minus(first)));
    }
    return sum;
  }
}
