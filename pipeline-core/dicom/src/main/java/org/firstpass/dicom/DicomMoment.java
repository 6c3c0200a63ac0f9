package org.firstpass.dicom;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.firstpass.dicom.element.Elements;

/**
 * Days and times as DICOM writes them, without an offset; what is malformed is none.
 *
 * @see "PS3.5 6.2, DA, TM, DT"
 */
final class DicomMoment {
  private static final Pattern TIME =
      Pattern.compile("(\\d{2})(\\d{2})?(\\d{2})?(?:\\.(\\d{1,6}))?");
  private static final Pattern DATE = Pattern.compile("(\\d{4})\\.?(\\d{2})\\.?(\\d{2})");
  private static final Pattern OFFSET = Pattern.compile("[+-]\\d{4}$");
  private static final int DAY_LENGTH = 8;

  private DicomMoment() {}

  static Optional<LocalDateTime> of(Elements elements, int date, int time) {
    Optional<LocalDate> day = elements.text(date).flatMap(DicomMoment::date);
    Optional<LocalTime> clock = elements.text(time).flatMap(DicomMoment::time);
    return day.flatMap(found -> clock.map(found::atTime));
  }

  /** An offset is passed over: the other times of the series have none. */
  static Optional<LocalDateTime> dateTime(String text) {
    String local = OFFSET.matcher(text.strip()).replaceFirst("");
    if (local.length() <= DAY_LENGTH) {
      return Optional.empty();
    }
    Optional<LocalDate> day = date(local.substring(0, DAY_LENGTH));
    return day.flatMap(found -> time(local.substring(DAY_LENGTH)).map(found::atTime));
  }

  static Optional<LocalDate> date(String text) {
    Matcher parts = DATE.matcher(text.strip());
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDate.of(number(parts, 1), number(parts, 2), number(parts, 3)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  static Optional<LocalTime> time(String text) {
    Matcher parts = TIME.matcher(text.strip().replace(":", ""));
    if (!parts.matches()) {
      return Optional.empty();
    }
    String fraction = parts.group(4) == null ? "" : parts.group(4);
    int nanos = Integer.parseInt((fraction + "000000000").substring(0, 9));
    try {
      return Optional.of(LocalTime.of(number(parts, 1), number(parts, 2), number(parts, 3), nanos));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static int number(Matcher parts, int group) {
    String digits = parts.group(group);
    return digits == null ? 0 : Integer.parseInt(digits);
  }
}
