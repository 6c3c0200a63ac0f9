package org.firstpass.volume;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Points of a plane in mm, and the convex hull that they have. Not safe for several threads. */
final class PlaneHull {
  private final List<Point> points = new ArrayList<>();

  /** A point in the plane of a slice, in mm along the columns and along the rows. */
  record Point(double x, double y) {}

  /**
   * The longest distance of two points and the extent at a right angle to it.
   *
   * @param perpendicular of all points, not only of those on one line
   */
  record Diameter(double length, double perpendicular) {
    static final Diameter NONE = new Diameter(-1, 0);
  }

  void add(double x, double y) {
    points.add(new Point(x, y));
  }

  /** The corners of the hull (Andrew's monotone chain), none on a straight edge. */
  List<Point> corners() {
    List<Point> sorted =
        points.stream()
            .distinct()
            .sorted(Comparator.comparingDouble(Point::x).thenComparingDouble(Point::y))
            .toList();
    if (sorted.size() < 3) {
      return sorted;
    }
    List<Point> corners = new ArrayList<>();
    for (Point point : sorted) {
      append(corners, point, 0);
    }
    int lower = corners.size() - 1;
    for (int i = sorted.size() - 2; i >= 0; i--) {
      append(corners, sorted.get(i), lower);
    }
    // The last is the first again.
    corners.remove(corners.size() - 1);
    return corners;
  }

  Diameter diameter() {
    List<Point> corners = corners();
    Diameter longest = Diameter.NONE;
    for (int i = 0; i < corners.size(); i++) {
      for (int j = i + 1; j < corners.size(); j++) {
        Point a = corners.get(i);
        Point b = corners.get(j);
        double length = Math.hypot(b.x() - a.x(), b.y() - a.y());
        if (length > longest.length()) {
          longest = new Diameter(length, across(corners, a, b, length));
        }
      }
    }
    return longest;
  }

  private static double across(List<Point> corners, Point a, Point b, double length) {
    double min = 0;
    double max = 0;
    for (Point corner : corners) {
      double away = cross(a, b, corner) / length;
      min = Math.min(min, away);
      max = Math.max(max, away);
    }
    return max - min;
  }

  private static void append(List<Point> corners, Point point, int kept) {
    while (corners.size() >= kept + 2
        && cross(corners.get(corners.size() - 2), corners.get(corners.size() - 1), point) <= 0) {
      corners.remove(corners.size() - 1);
    }
    corners.add(point);
  }

  private static double cross(Point a, Point b, Point c) {
    return (b.x() - a.x()) * (c.y() - a.y()) - (b.y() - a.y()) * (c.x() - a.x());
  }
}
