package org.firstpass.ups;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Instants as DT values, in UTC and saying so: {@code 20261102080000.000000+0000}. */
final class DicomTime {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss.SSSSSSxx", Locale.ROOT).withZone(ZoneOffset.UTC);

  private DicomTime() {}

  static String of(Instant instant) {
    return FORMAT.format(instant);
  }
}
