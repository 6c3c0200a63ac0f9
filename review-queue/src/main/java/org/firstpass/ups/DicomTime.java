package org.firstpass.ups;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Instants as DT values, in UTC and saying so: {@code 20261102080000.000000+0000}. */
final class DicomTime {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss.SSSSSSxx", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** A day at least: what is less precise is no time by which something can be done. */
  private static final Pattern DATE_TIME =
      Pattern.compile(
          "(\\d{4})(\\d{2})(\\d{2})(?:(\\d{2})(?:(\\d{2})(?:(\\d{2})(?:\\.\\d{1,6})?)?)?)?([+-]\\d{4})?");

  private DicomTime() {}

  static String of(Instant instant) {
    return FORMAT.format(instant);
  }

  /**
   * The latest second that a DT value allows: of a day its last one. Without an offset it is UTC.
   *
   * @see "PS3.5 6.2, Date Time"
   */
  static Optional<Instant> latest(String text) {
    Matcher parts = DATE_TIME.matcher(text.strip());
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      var local =
          LocalDateTime.of(
              Integer.parseInt(parts.group(1)),
              Integer.parseInt(parts.group(2)),
              Integer.parseInt(parts.group(3)),
              number(parts, 4, 23),
              number(parts, 5, 59),
              number(parts, 6, 59));
      String offset = parts.group(7);
      return Optional.of(local.toInstant(offset == null ? ZoneOffset.UTC : ZoneOffset.of(offset)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static int number(Matcher parts, int group, int otherwise) {
    String text = parts.group(group);
    return text == null ? otherwise : Integer.parseInt(text);
  }
}
