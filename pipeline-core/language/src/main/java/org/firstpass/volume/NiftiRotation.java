package org.firstpass.volume;

import org.firstpass.geometry.Vector3;

/**
 * NIfTI's way to write a rotation: three of the four parts of a unit quaternion (the first is not
 * negative), and the sign of the third axis.
 *
 * @param handedness -1 if the third axis is turned over, else 1
 * @see "https://nifti.nimh.nih.gov/pub/dist/src/niftilib/nifti1.h, method 2"
 */
record NiftiRotation(double b, double c, double d, double handedness) {

  /** The rotation with these unit columns, which may be off orthogonal by what Axes accepts. */
  static NiftiRotation of(Vector3 column, Vector3 row, Vector3 slice) {
    Vector3 second = row.minus(column.times(row.dot(column))).normalized();
    Vector3 third = column.cross(second);
    double handedness = third.dot(slice) < 0 ? -1 : 1;
    double[] diagonal = {column.x(), second.y(), third.z()};
    double trace = diagonal[0] + diagonal[1] + diagonal[2];
    double[] parts;
    if (trace > 0) {
      double a = Math.sqrt(1 + trace) / 2;
      parts =
          new double[] {
            a,
            (second.z() - third.y()) / (4 * a),
            (third.x() - column.z()) / (4 * a),
            (column.y() - second.x()) / (4 * a)
          };
    } else {
      parts = ofLargestAxis(column, second, third);
    }
    double sign = parts[0] < 0 ? -1 : 1;
    return new NiftiRotation(sign * parts[1], sign * parts[2], sign * parts[3], handedness);
  }

  /** Near half a turn the trace is small, so the largest of b, c, d is taken first. */
  private static double[] ofLargestAxis(Vector3 column, Vector3 row, Vector3 slice) {
    double bb = 1 + column.x() - row.y() - slice.z();
    double cc = 1 - column.x() + row.y() - slice.z();
    double dd = 1 - column.x() - row.y() + slice.z();
    double ab = row.z() - slice.y();
    double ac = slice.x() - column.z();
    double ad = column.y() - row.x();
    double bc = column.y() + row.x();
    double bd = slice.x() + column.z();
    double cd = row.z() + slice.y();
    if (bb >= cc && bb >= dd) {
      double b = Math.sqrt(bb) / 2;
      return new double[] {ab / (4 * b), b, bc / (4 * b), bd / (4 * b)};
    }
    if (cc >= dd) {
      double c = Math.sqrt(cc) / 2;
      return new double[] {ac / (4 * c), bc / (4 * c), c, cd / (4 * c)};
    }
    double d = Math.sqrt(dd) / 2;
    return new double[] {ad / (4 * d), bd / (4 * d), cd / (4 * d), d};
  }

  /** The direction in which index 0, 1 or 2 grows. */
  Vector3 column(int index) {
    double a = Math.sqrt(Math.max(0, 1 - b * b - c * c - d * d));
    return switch (index) {
      case 0 ->
          new Vector3(a * a + b * b - c * c - d * d, 2 * (b * c + a * d), 2 * (b * d - a * c));
      case 1 ->
          new Vector3(2 * (b * c - a * d), a * a + c * c - b * b - d * d, 2 * (c * d + a * b));
      default ->
          new Vector3(2 * (b * d + a * c), 2 * (c * d - a * b), a * a + d * d - c * c - b * b)
              .times(handedness);
    };
  }
}
