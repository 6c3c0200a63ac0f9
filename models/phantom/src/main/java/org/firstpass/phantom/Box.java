package org.firstpass.phantom;

/** A box along the patient axes, in mm. */
record Box(double x0, double x1, double y0, double y1, double z0, double z1) {
  /** Larger than any body. */
  private static final double FAR = 2000;

  static final Box EVERYWHERE = new Box(-FAR, FAR, -FAR, FAR, -FAR, FAR);

  static Box around(double x, double y, double z, double reach) {
    return new Box(x - reach, x + reach, y - reach, y + reach, z - reach, z + reach);
  }

  Box grown(double by) {
    return new Box(x0 - by, x1 + by, y0 - by, y1 + by, z0 - by, z1 + by);
  }

  Box union(Box other) {
    return new Box(
        Math.min(x0, other.x0),
        Math.max(x1, other.x1),
        Math.min(y0, other.y0),
        Math.max(y1, other.y1),
        Math.min(z0, other.z0),
        Math.max(z1, other.z1));
  }
}
