package org.firstpass.geometry;

/**
 * A point or a direction in patient space: x to the left, y to the back, z to the head (LPS), mm.
 */
public record Vector3(double x, double y, double z) {
  public Vector3 {
    if (!Double.isFinite(x) || !Double.isFinite(y) || !Double.isFinite(z)) {
      throw new IllegalArgumentException(
          "a vector has finite components, but is (" + x + ", " + y + ", " + z + ")");
    }
    // Minus zero becomes zero, so that equal points are equal records.
    x += 0.0;
    y += 0.0;
    z += 0.0;
  }

  public Vector3 plus(Vector3 other) {
    return new Vector3(x + other.x, y + other.y, z + other.z);
  }

  public Vector3 minus(Vector3 other) {
    return new Vector3(x - other.x, y - other.y, z - other.z);
  }

  public Vector3 times(double factor) {
    return new Vector3(x * factor, y * factor, z * factor);
  }

  public double dot(Vector3 other) {
    return x * other.x + y * other.y + z * other.z;
  }

  public Vector3 cross(Vector3 other) {
    return new Vector3(
        y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x);
  }

  public double length() {
    return Math.sqrt(dot(this));
  }

  /** The direction of this vector; a zero vector has none and is refused. */
  public Vector3 normalized() {
    double length = length();
    if (length == 0) {
      throw new IllegalArgumentException("a zero vector has no direction");
    }
    return times(1 / length);
  }
}
