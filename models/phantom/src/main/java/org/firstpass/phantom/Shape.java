package org.firstpass.phantom;

/**
 * A solid in the anatomical space of a phantom (axes as LPS, mm, origin in front of the first
 * lumbar vertebra), given by how far a point is from its surface.
 */
interface Shape {
  /** About the distance to the surface in mm, negative inside. */
  double distance(double x, double y, double z);

  /** A box that holds the whole solid. */
  Box bounds();

  /** What both have. */
  default Shape and(Shape other) {
    Shape self = this;
    return of(bounds(), (x, y, z) -> Math.max(self.distance(x, y, z), other.distance(x, y, z)));
  }

  /** This without the other. */
  default Shape without(Shape other) {
    Shape self = this;
    return of(bounds(), (x, y, z) -> Math.max(self.distance(x, y, z), -other.distance(x, y, z)));
  }

  /** Both together, their meeting line rounded over a width in mm. */
  default Shape blend(Shape other, double width) {
    Shape self = this;
    return of(
        bounds().union(other.bounds()).grown(width / 4),
        (x, y, z) -> {
          double a = self.distance(x, y, z);
          double b = other.distance(x, y, z);
          double h = Math.max(width - Math.abs(a - b), 0) / width;
          return Math.min(a, b) - h * h * width / 4;
        });
  }

  /** Larger by a margin in mm, or smaller if it is negative. */
  default Shape grown(double margin) {
    Shape self = this;
    return of(bounds().grown(Math.max(margin, 0)), (x, y, z) -> self.distance(x, y, z) - margin);
  }

  /** The surface pushed in and out by smooth noise. */
  default Shape wobbled(LatticeNoise noise, double amplitude) {
    Shape self = this;
    double reach = 3 * amplitude;
    return of(
        bounds().grown(amplitude),
        (x, y, z) -> {
          double d = self.distance(x, y, z);
          // Far from the surface the noise cannot matter, and it is dear.
          return Math.abs(d) > reach + 10 ? d : d + amplitude * noise.at(x, y, z);
        });
  }

  /** A distance alone; where it is small enough is said apart. */
  @FunctionalInterface
  interface Distance {
    double at(double x, double y, double z);
  }

  static Shape of(Box bounds, Distance distance) {
    return new Shape() {
      @Override
      public double distance(double x, double y, double z) {
        return distance.at(x, y, z);
      }

      @Override
      public Box bounds() {
        return bounds;
      }
    };
  }
}
