package org.firstpass.dicom.contour;

import java.nio.DoubleBuffer;

/**
 * One closed planar contour in patient space (LPS, mm).
 *
 * <p>Immutable; safe to share between threads.
 *
 * @see "PS3.3 C.8.8.6"
 */
public final class Contour {
  private final Combination combination;
  private final double[] coordinates;

  /**
   * A contour of at least one point.
   *
   * @param coordinates x, y and z of each point; taken over, not copied
   */
  public Contour(Combination combination, double[] coordinates) {
    if (coordinates.length == 0 || coordinates.length % 3 != 0) {
      throw new IllegalArgumentException(
          "a contour has three coordinates for each point, but has " + coordinates.length);
    }
    this.combination = combination;
    this.coordinates = coordinates;
  }

  /** What a contour means to the others of its region in the same plane. */
  public enum Combination {
    /** CLOSED_PLANAR: see {@link PlacedContours}. */
    PLAIN,
    /** CLOSEDPLANAR_XOR: what lies in an odd number of them is of the region. */
    XOR
  }

  public Combination combination() {
    return combination;
  }

  public int points() {
    return coordinates.length / 3;
  }

  double x(int point) {
    return coordinates[3 * point];
  }

  double y(int point) {
    return coordinates[3 * point + 1];
  }

  double z(int point) {
    return coordinates[3 * point + 2];
  }

  /** Equal for contours of the same points in the same order. */
  DoubleBuffer content() {
    return DoubleBuffer.wrap(coordinates).asReadOnlyBuffer();
  }
}
