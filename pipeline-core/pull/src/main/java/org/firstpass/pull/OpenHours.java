package org.firstpass.pull;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.firstpass.peer.Requirement;
import org.jspecify.annotations.Nullable;

/**
 * A time of day on some days of the week.
 *
 * <p>It belongs to the day on which it begins: with {@code to} at or before {@code from} it ends on
 * the day after. Where clocks are changed, a time that does not exist is taken as so much later,
 * and one that exists twice is the first of the two.
 *
 * @param days on which it begins; every day if null or empty
 * @param from as 19:00
 * @param to as 06:30, not included; the same as {@code from}: a whole day
 */
public record OpenHours(
    @Nullable List<DayOfWeek> days, @Nullable String from, @Nullable String to) {
  public OpenHours {
    days = Requirement.list("days", days);
    time("from", from);
    time("to", to);
  }

  private static LocalTime time(String field, @Nullable String text) {
    try {
      return LocalTime.parse(Requirement.text(field, text));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          field + " must be a time such as 19:30, but is '" + text + "'", e);
    }
  }

  /** Whether it is such a time there now. */
  boolean contains(Instant now, ZoneId zone) {
    LocalDate today = now.atZone(zone).toLocalDate();
    return isWithin(today, now, zone) || isWithin(today.minusDays(1), now, zone);
  }

  private boolean isWithin(LocalDate day, Instant now, ZoneId zone) {
    return beginsOn().contains(day.getDayOfWeek())
        && !now.isBefore(begin(day, zone))
        && now.isBefore(end(day, zone));
  }

  /** When it begins the next time, after now. */
  Instant nextBegin(Instant now, ZoneId zone) {
    LocalDate day = now.atZone(zone).toLocalDate();
    while (!beginsOn().contains(day.getDayOfWeek()) || !begin(day, zone).isAfter(now)) {
      day = day.plusDays(1);
    }
    return begin(day, zone);
  }

  private Set<DayOfWeek> beginsOn() {
    return days == null || days.isEmpty() ? EnumSet.allOf(DayOfWeek.class) : EnumSet.copyOf(days);
  }

  private Instant begin(LocalDate day, ZoneId zone) {
    return day.atTime(time("from", from)).atZone(zone).toInstant();
  }

  private Instant end(LocalDate day, ZoneId zone) {
    LocalTime end = time("to", to);
    boolean past = !end.isAfter(time("from", from));
    return (past ? day.plusDays(1) : day).atTime(end).atZone(zone).toInstant();
  }
}
