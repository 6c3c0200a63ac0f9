package org.firstpass.phantom;

/**
 * Smooth noise in space, between -1 and 1, without a preferred place. Safe to share between
 * threads.
 */
final class LatticeNoise {
  private final long seed;
  private final double inverseWavelength;

  /** Noise whose bumps are about a wavelength (mm) apart. */
  LatticeNoise(long seed, double wavelength) {
    this.seed = seed;
    this.inverseWavelength = 1 / wavelength;
  }

  double at(double x, double y, double z) {
    double u = x * inverseWavelength;
    double v = y * inverseWavelength;
    double w = z * inverseWavelength;
    long i = (long) Math.floor(u);
    long j = (long) Math.floor(v);
    long k = (long) Math.floor(w);
    double a = ease(u - i);
    double b = ease(v - j);
    double c = ease(w - k);
    double near = plane(i, j, k, a, b);
    return near + c * (plane(i, j, k + 1, a, b) - near);
  }

  private double plane(long i, long j, long k, double a, double b) {
    double low = corner(i, j, k) + a * (corner(i + 1, j, k) - corner(i, j, k));
    double high = corner(i, j + 1, k) + a * (corner(i + 1, j + 1, k) - corner(i, j + 1, k));
    return low + b * (high - low);
  }

  private double corner(long i, long j, long k) {
    long bits = Draw.mix(seed + i * 0x8da6b343L + j * 0xd8163841L + k * 0xcb1ab31fL);
    return (bits >> 11) * 0x1p-52;
  }

  private static double ease(double t) {
    return t * t * (3 - 2 * t);
  }
}
