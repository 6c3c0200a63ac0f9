package org.firstpass.settings;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes, written as {@code 512KiB}, {@code 10GiB} or plain bytes. */
public record DataSize(long bytes) {
  private static final Pattern SHAPE = Pattern.compile("([0-9]{1,12})\\s*(b|kib|mib|gib|tib)?");
  private static final String UNITS = "bkmgt";
  private static final int BITS_PER_UNIT = 10;

  public DataSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("a data size is not negative, but is " + bytes);
    }
  }

  public static DataSize parse(String text) {
    Matcher parts = SHAPE.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!parts.matches()) {
      throw new IllegalArgumentException("'" + text + "' is not a data size such as 10GiB");
    }
    String unit = parts.group(2) == null ? "b" : parts.group(2);
    int power = UNITS.indexOf(unit.charAt(0));
    long factor = 1L << (BITS_PER_UNIT * power);
    return new DataSize(Math.multiplyExact(Long.parseLong(parts.group(1)), factor));
  }
}
