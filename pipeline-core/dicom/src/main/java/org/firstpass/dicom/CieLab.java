package org.firstpass.dicom;

/**
 * Display colours as CIELab values of 16 bits, by the D50 white of the ICC connection space.
 *
 * @see "PS3.3 C.10.7.1.1"
 */
final class CieLab {
  // sRGB to XYZ, adapted to D50 (Bradford).
  private static final double[][] TO_XYZ = {
    {0.4360747, 0.3850649, 0.1430804},
    {0.2225045, 0.7168786, 0.0606169},
    {0.0139322, 0.0971045, 0.7141733}
  };
  private static final double[][] FROM_XYZ = {
    {3.1338561, -1.6168667, -0.4906146},
    {-0.9787684, 1.9161415, 0.0334540},
    {0.0719453, -0.2289914, 1.4052427}
  };
  private static final double[] WHITE = {0.9642, 1.0, 0.8249};
  private static final double EPSILON = 216.0 / 24389;
  private static final double KAPPA = 24389.0 / 27;

  private CieLab() {}

  /** The three values for a colour written as {@code #rrggbb}. */
  static int[] of(String colour) {
    double[] linear = new double[3];
    for (int i = 0; i < 3; i++) {
      double channel = Integer.parseInt(colour.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
      linear[i] = channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4);
    }
    double[] f = new double[3];
    for (int i = 0; i < 3; i++) {
      double ratio = dot(TO_XYZ[i], linear) / WHITE[i];
      f[i] = ratio > EPSILON ? Math.cbrt(ratio) : (KAPPA * ratio + 16) / 116;
    }
    return new int[] {
      scaled((116 * f[1] - 16) / 100),
      scaled((500 * (f[0] - f[1]) + 128) / 255),
      scaled((200 * (f[1] - f[2]) + 128) / 255)
    };
  }

  /** The colour as {@code #rrggbb}; the inverse of {@link #of} to within rounding. */
  static String toColour(int[] values) {
    double lightness = values[0] / 65535.0 * 100;
    double fy = (lightness + 16) / 116;
    double fx = fy + (values[1] / 65535.0 * 255 - 128) / 500;
    double fz = fy - (values[2] / 65535.0 * 255 - 128) / 200;
    double[] xyz = {inverse(fx) * WHITE[0], inverse(fy) * WHITE[1], inverse(fz) * WHITE[2]};
    var colour = new StringBuilder("#");
    for (double[] row : FROM_XYZ) {
      double linear = Math.max(0, Math.min(1, dot(row, xyz)));
      double channel =
          linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.pow(linear, 1 / 2.4) - 0.055;
      colour.append("%02x".formatted(Math.round(channel * 255)));
    }
    return colour.toString();
  }

  private static double inverse(double f) {
    double cube = f * f * f;
    return cube > EPSILON ? cube : (116 * f - 16) / KAPPA;
  }

  private static int scaled(double fraction) {
    return (int) Math.round(Math.max(0, Math.min(1, fraction)) * 65535);
  }

  private static double dot(double[] a, double[] b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  }
}
