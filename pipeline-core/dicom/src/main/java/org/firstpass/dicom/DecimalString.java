package org.firstpass.dicom;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Numbers as Decimal Strings, which have at most 16 characters.
 *
 * <p>A number that was read from a Decimal String is written so that it reads as the same number
 * again; one with more digits is rounded to as many as fit.
 *
 * @see "PS3.5 section 6.2"
 */
final class DecimalString {
  private static final int MAX_LENGTH = 16;
  private static final int DOUBLE_DIGITS = 17;

  private DecimalString() {}

  static String of(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("a Decimal String is finite, but is " + value);
    }
    if (value == 0) {
      return "0";
    }
    BigDecimal exact = BigDecimal.valueOf(value).stripTrailingZeros();
    for (int digits = DOUBLE_DIGITS; digits > 0; digits--) {
      BigDecimal rounded = exact.round(new MathContext(digits)).stripTrailingZeros();
      String plain = rounded.toPlainString();
      if (plain.length() <= MAX_LENGTH) {
        return plain;
      }
      String scientific = rounded.toString();
      if (scientific.length() <= MAX_LENGTH) {
        return scientific;
      }
    }
    throw new IllegalArgumentException("no Decimal String holds " + value);
  }

  static String[] of(double... values) {
    String[] texts = new String[values.length];
    for (int i = 0; i < values.length; i++) {
      texts[i] = of(values[i]);
    }
    return texts;
  }
}
