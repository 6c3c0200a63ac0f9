package org.firstpass.volume;

import java.util.Comparator;
import java.util.List;
import org.firstpass.geometry.Vector3;

/** The longest distance between two of many points. */
final class FarthestPoints {
  private FarthestPoints() {}

  /** A point and how far it lies from the middle. */
  private record Away(Vector3 at, double radius) {}

  /**
   * The distance in mm, 0 of fewer than two points.
   *
   * <p>Points far from the middle come first, and no pair is looked at whose radii together are not
   * longer than what was found.
   */
  static double distance(List<Vector3> points) {
    if (points.isEmpty()) {
      return 0;
    }
    Vector3 sum = points.stream().reduce(new Vector3(0, 0, 0), Vector3::plus);
    Vector3 middle = sum.times(1.0 / points.size());
    List<Away> away =
        points.stream()
            .map(point -> new Away(point, point.minus(middle).length()))
            .sorted(Comparator.comparingDouble(Away::radius).reversed())
            .toList();
    double longest = 0;
    for (int i = 0; i < away.size() && 2 * away.get(i).radius() > longest; i++) {
      Away a = away.get(i);
      for (int j = i + 1; j < away.size() && a.radius() + away.get(j).radius() > longest; j++) {
        longest = Math.max(longest, away.get(j).at().minus(a.at()).length());
      }
    }
    return longest;
  }
}
