package org.firstpass.dicom;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.jspecify.annotations.Nullable;

/**
 * When a study began, in the archive's own time: days, or a part of one day.
 *
 * @param from the first Study Date, null: any before {@code to}
 * @param to the last Study Date, null: any after {@code from}
 * @param fromTime the first Study Time, null: from the day's beginning
 * @param toTime the last Study Time, null: to the day's end
 * @see "PS3.4 C.2.2.2.5"
 */
public record StudyPeriod(
    @Nullable LocalDate from,
    @Nullable LocalDate to,
    @Nullable LocalTime fromTime,
    @Nullable LocalTime toTime) {
  public static final StudyPeriod ANY = new StudyPeriod(null, null, null, null);

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss");

  /**
   * @throws StudyRefused QUERY_UNSOUND if an end is before its beginning, or times are given of
   *     more than one day: they would be asked of each day
   */
  public StudyPeriod {
    boolean backwards =
        from != null && to != null && to.isBefore(from)
            || fromTime != null && toTime != null && toTime.isBefore(fromTime);
    boolean oneDay = from != null && from.equals(to);
    if (backwards || (fromTime != null || toTime != null) && !oneDay) {
      throw new StudyRefused(
          ReasonCode.QUERY_UNSOUND,
          "expected days in their order, or times of one day in their order, found %s %s to %s %s"
              .formatted(from, fromTime, to, toTime));
    }
  }

  /** Whether it leaves nothing out. */
  public boolean isAny() {
    return from == null && to == null;
  }

  /** Whether a day is in it. */
  public boolean contains(LocalDate date) {
    return (from == null || !date.isBefore(from)) && (to == null || !date.isAfter(to));
  }

  /** The matching key of Study Date, empty for any. */
  public String dates() {
    return from != null && from.equals(to) ? date(from) : range(date(from), date(to));
  }

  /** The matching key of Study Time, empty for any. */
  public String times() {
    return range(time(fromTime), time(toTime));
  }

  private static String range(String first, String last) {
    return first.isEmpty() && last.isEmpty() ? "" : first + "-" + last;
  }

  private static String date(@Nullable LocalDate date) {
    return date == null ? "" : DateTimeFormatter.BASIC_ISO_DATE.format(date);
  }

  private static String time(@Nullable LocalTime time) {
    return time == null ? "" : TIME.format(time);
  }
}
