package org.firstpass.phantom;

import org.firstpass.geometry.Vector3;

/** The solids that anatomy is put together from. */
final class Solids {
  private static final double TINY = 1e-9;

  private Solids() {}

  /** An ellipsoid along the patient axes. */
  static Shape ellipsoid(Vector3 centre, Vector3 radii) {
    return tilted(centre, radii, 0, 0);
  }

  /**
   * An ellipsoid, turned in the coronal plane (the head end moves to the patient's left) and then
   * in the axial plane (the left side moves to the back), in radians.
   */
  static Shape tilted(Vector3 centre, Vector3 radii, double coronal, double axial) {
    double cosC = StrictMath.cos(coronal);
    double sinC = StrictMath.sin(coronal);
    double cosA = StrictMath.cos(axial);
    double sinA = StrictMath.sin(axial);
    double reach = Math.max(radii.x(), Math.max(radii.y(), radii.z()));
    double cx = centre.x();
    double cy = centre.y();
    double cz = centre.z();
    return Shape.of(
        Box.around(cx, cy, cz, reach),
        (x, y, z) -> {
          double dx = cosA * (x - cx) + sinA * (y - cy);
          double dy = cosA * (y - cy) - sinA * (x - cx);
          double u = cosC * dx - sinC * (z - cz);
          double w = sinC * dx + cosC * (z - cz);
          return ellipsoidDistance(u, dy, w, radii);
        });
  }

  private static double ellipsoidDistance(double x, double y, double z, Vector3 radii) {
    double u = x / radii.x();
    double v = y / radii.y();
    double w = z / radii.z();
    double k0 = Math.sqrt(u * u + v * v + w * w);
    double p = u / radii.x();
    double q = v / radii.y();
    double r = w / radii.z();
    double k1 = Math.sqrt(p * p + q * q + r * r);
    return k0 * (k0 - 1) / Math.max(k1, TINY);
  }

  static Shape sphere(Vector3 centre, double radius) {
    return ellipsoid(centre, new Vector3(radius, radius, radius));
  }

  /**
   * An endless column along z whose section is an ellipse, narrower by {@code taper} at z = ±200
   * mm.
   */
  static Shape column(double cx, double cy, double rx, double ry, double taper) {
    Box box = Box.EVERYWHERE;
    return Shape.of(
        new Box(cx - rx, cx + rx, cy - ry, cy + ry, box.z0(), box.z1()),
        (x, y, z) -> {
          double t = Math.min(Math.abs(z) / 200, 1.5);
          double scale = 1 - taper * t * t;
          double a = rx * scale;
          double b = ry * scale;
          double u = (x - cx) / a;
          double v = (y - cy) / b;
          double k0 = Math.sqrt(u * u + v * v);
          double k1 = Math.sqrt(u * u / (a * a) + v * v / (b * b));
          return k0 * (k0 - 1) / Math.max(k1, TINY);
        });
  }

  /** A rod with round ends. */
  static Shape rod(Vector3 from, Vector3 to, double radius) {
    Vector3 along = to.minus(from);
    double squared = Math.max(along.dot(along), TINY);
    Box bounds =
        Box.around(from.x(), from.y(), from.z(), radius)
            .union(Box.around(to.x(), to.y(), to.z(), radius));
    return Shape.of(
        bounds,
        (x, y, z) -> {
          double dx = x - from.x();
          double dy = y - from.y();
          double dz = z - from.z();
          double t = (dx * along.x() + dy * along.y() + dz * along.z()) / squared;
          t = Math.min(Math.max(t, 0), 1);
          double px = dx - t * along.x();
          double py = dy - t * along.y();
          double pz = dz - t * along.z();
          return Math.sqrt(px * px + py * py + pz * pz) - radius;
        });
  }

  /** An upright disc: an elliptic section between two heights. */
  static Shape disc(Vector3 centre, double rx, double ry, double halfHeight) {
    Shape section = column(centre.x(), centre.y(), rx, ry, 0);
    Box box = section.bounds();
    double cz = centre.z();
    return Shape.of(
        new Box(box.x0(), box.x1(), box.y0(), box.y1(), cz - halfHeight, cz + halfHeight),
        (x, y, z) -> Math.max(section.distance(x, y, z), Math.abs(z - cz) - halfHeight));
  }

  /** All above a height. */
  static Shape above(double height) {
    return Shape.of(Box.EVERYWHERE, (x, y, z) -> height - z);
  }

  /** All in front of a coronal plane: where gas gathers in a patient who lies on the back. */
  static Shape inFrontOf(double coronalPlane) {
    return Shape.of(Box.EVERYWHERE, (x, y, z) -> y - coronalPlane);
  }
}
