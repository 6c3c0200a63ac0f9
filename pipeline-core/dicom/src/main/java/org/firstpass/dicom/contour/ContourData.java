package org.firstpass.dicom.contour;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;

/**
 * Contour Data (3006,0050): coordinates as Decimal Strings, x\y\z for each point.
 *
 * <p>A coordinate is rounded to so many decimals that it is off by no more than about a ten
 * thousandth of a pixel, which keeps the 16 characters of a Decimal String and about halves the
 * file.
 *
 * @see "PS3.3 C.8.8.6; PS3.5 section 6.2"
 */
public final class ContourData {
  /** Of a Decimal String. */
  private static final int MAX_LENGTH = 16;

  private static final int LONGEST_READ = 64;
  private static final int EXACT_DIGITS = 15;
  private static final double[] POWERS = new double[EXACT_DIGITS + 1];

  /** No patient is larger, and what is computed with the coordinates stays finite. */
  private static final double LARGEST_MM = 1e7;

  static {
    double power = 1;
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = power;
      power *= 10;
    }
  }

  private ContourData() {}

  /** How many decimals the coordinates of contours on a grid need. */
  public static int decimals(GridGeometry grid) {
    double smallest = Math.min(grid.spacing().column(), grid.spacing().row());
    return (int) Math.max(4, Math.min(12, Math.ceil(4 - Math.log10(smallest))));
  }

  /** How many bytes a point of contours on a grid takes at most. */
  public static int longestPoint(GridGeometry grid) {
    GridSize size = grid.size();
    Spacing spacing = grid.spacing();
    double farthest =
        grid.position().length()
            + size.columns() * spacing.column()
            + size.rows() * spacing.row()
            + size.slices() * spacing.slice();
    int digits = 1 + (int) Math.max(0, Math.log10(farthest));
    // With a sign, a point and a delimiter.
    return 3 * (Math.min(MAX_LENGTH, 1 + digits + 1 + decimals(grid)) + 1);
  }

  /** The text of coordinates, padded to an even length. */
  public static byte[] write(double[] coordinates, int decimals) {
    var out = new ByteArrayOutputStream(coordinates.length * 10);
    for (int i = 0; i < coordinates.length; i++) {
      if (i > 0) {
        out.write('\\');
      }
      out.writeBytes(text(coordinates[i], decimals).getBytes(StandardCharsets.US_ASCII));
    }
    if (out.size() % 2 != 0) {
      out.write(' ');
    }
    return out.toByteArray();
  }

  private static String text(double value, int decimals) {
    if (!(Math.abs(value) <= LARGEST_MM)) {
      throw new IllegalArgumentException(
          "a coordinate is at most " + LARGEST_MM + " mm, but is " + value);
    }
    for (int digits = decimals; digits > 0; digits--) {
      String text = rounded(value, digits);
      if (text.length() <= MAX_LENGTH) {
        return text;
      }
    }
    return Long.toString(Math.round(value));
  }

  private static String rounded(double value, int decimals) {
    long scaled = Math.round(value * POWERS[decimals]);
    if (Math.abs(scaled) >= POWERS[EXACT_DIGITS]) {
      return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
    }
    if (scaled == 0) {
      return "0";
    }
    int left = decimals;
    while (left > 0 && scaled % 10 == 0) {
      scaled /= 10;
      left--;
    }
    String digits = Long.toString(Math.abs(scaled));
    String padded = "0".repeat(Math.max(0, left + 1 - digits.length())) + digits;
    int point = padded.length() - left;
    return (scaled < 0 ? "-" : "")
        + padded.substring(0, point)
        + (left > 0 ? "." + padded.substring(point) : "");
  }

  /**
   * The coordinates of a text.
   *
   * @throws NumberFormatException if one is no number, or larger than any place in a patient
   */
  public static double[] read(byte[] text) {
    int end = text.length;
    while (end > 0 && (text[end - 1] == ' ' || text[end - 1] == 0)) {
      end--;
    }
    if (end == 0) {
      return new double[0];
    }
    int count = 1;
    for (int i = 0; i < end; i++) {
      count += text[i] == '\\' ? 1 : 0;
    }
    double[] coordinates = new double[count];
    int from = 0;
    for (int i = 0; i < count; i++) {
      int after = from;
      while (after < end && text[after] != '\\') {
        after++;
      }
      coordinates[i] = number(text, from, after);
      from = after + 1;
    }
    return coordinates;
  }

  /** A short plain number is one exact division of two exact numbers; others take the long way. */
  private static double number(byte[] text, int from, int to) {
    long mantissa = 0;
    int digits = 0;
    int decimals = 0;
    boolean point = false;
    boolean negative = from < to && text[from] == '-';
    for (int i = negative ? from + 1 : from; i < to; i++) {
      int digit = text[i] - '0';
      if (digit >= 0 && digit <= 9 && digits < EXACT_DIGITS) {
        mantissa = 10 * mantissa + digit;
        digits++;
        decimals += point ? 1 : 0;
      } else if (text[i] == '.' && !point) {
        point = true;
      } else {
        return slowly(text, from, to);
      }
    }
    if (digits == 0) {
      return slowly(text, from, to);
    }
    double value = mantissa / POWERS[decimals];
    return inRange(negative ? -value : value);
  }

  private static double slowly(byte[] text, int from, int to) {
    String value =
        new String(
                Arrays.copyOfRange(text, from, Math.min(to, from + LONGEST_READ + 1)),
                StandardCharsets.ISO_8859_1)
            .strip();
    // Java would also take hexadecimal numbers, NaN and a trailing "d".
    if (value.length() > LONGEST_READ
        || !value.matches("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,3})?")) {
      throw new NumberFormatException(
          "a coordinate is a decimal number, but has " + (to - from) + " characters that are not");
    }
    return inRange(Double.parseDouble(value));
  }

  private static double inRange(double value) {
    if (!(Math.abs(value) <= LARGEST_MM)) {
      throw new NumberFormatException("a coordinate is at most " + LARGEST_MM + " mm");
    }
    return value;
  }
}
