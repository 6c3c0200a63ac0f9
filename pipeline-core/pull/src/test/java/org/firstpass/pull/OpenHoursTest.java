package org.firstpass.pull;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenHoursTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final OpenHours NIGHTS =
      new OpenHours(List.of(DayOfWeek.FRIDAY, DayOfWeek.SATURDAY), "19:00", "06:00");

  private static Instant at(String time) {
    return ZonedDateTime.of(LocalDateTime.parse(time), BERLIN).toInstant();
  }

  @Test
  void aNightBelongsToTheDayOnWhichItBegins() {
    assertFalse(NIGHTS.contains(at("2026-01-02T18:59"), BERLIN));
    assertTrue(NIGHTS.contains(at("2026-01-02T19:00"), BERLIN));
    assertTrue(NIGHTS.contains(at("2026-01-03T05:59"), BERLIN));
    assertFalse(NIGHTS.contains(at("2026-01-03T06:00"), BERLIN));
    assertTrue(NIGHTS.contains(at("2026-01-04T05:59"), BERLIN));
    assertFalse(NIGHTS.contains(at("2026-01-04T19:00"), BERLIN));
    assertFalse(NIGHTS.contains(at("2026-01-02T05:00"), BERLIN));
  }

  @Test
  void theNextBeginningIsToldAlsoOverDaysWithoutOne() {
    assertEquals(at("2026-01-09T19:00"), NIGHTS.nextBegin(at("2026-01-04T07:00"), BERLIN));
    assertEquals(at("2026-01-03T19:00"), NIGHTS.nextBegin(at("2026-01-02T19:00"), BERLIN));
  }

  @Test
  void aNightIsAnHourShorterInSpringAndLongerInAutumn() {
    var nights = new OpenHours(null, "22:00", "06:00");
    assertEquals(Duration.ofHours(7), open(nights, at("2026-03-28T12:00")));
    assertEquals(Duration.ofHours(9), open(nights, at("2026-10-24T12:00")));
    assertEquals(Duration.ofHours(8), open(nights, at("2026-06-01T12:00")));
  }

  @Test
  void aTimeThatIsLeftOutIsSoMuchLaterAndOneThatComesTwiceIsTheFirst() {
    var leftOut = new OpenHours(null, "02:30", "05:00");
    assertFalse(leftOut.contains(at("2026-03-29T03:29"), BERLIN));
    assertTrue(leftOut.contains(at("2026-03-29T03:30"), BERLIN));
    var twice = new OpenHours(null, "01:00", "02:30");
    Instant first = Instant.parse("2026-10-25T00:29:59Z");
    assertTrue(twice.contains(first, BERLIN));
    assertFalse(twice.contains(first.plusSeconds(1), BERLIN));
    assertFalse(twice.contains(first.plusSeconds(3600), BERLIN));
  }

  /** How long it is open in the day after that moment, counted minute by minute. */
  private static Duration open(OpenHours hours, Instant from) {
    long minutes = 0;
    for (Instant now = from;
        now.isBefore(from.plus(Duration.ofHours(25)));
        now = now.plusSeconds(60)) {
      minutes += hours.contains(now, BERLIN) ? 1 : 0;
    }
    return Duration.ofMinutes(minutes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"})
  void itIsOpenExactlyBetweenItsBeginningsAndTheirEnds(String name) {
    ZoneId zone = ZoneId.of(name);
    for (int seed = 0; seed < 60; seed++) {
      var random = new Random(seed);
      List<DayOfWeek> days = days(random);
      LocalTime from = LocalTime.ofSecondOfDay(random.nextInt(24 * 60) * 60L);
      LocalTime to = LocalTime.ofSecondOfDay(random.nextInt(24 * 60) * 60L);
      var hours = new OpenHours(days, from.toString(), to.toString());
      // Around the days on which clocks are changed in one of the zones, and others.
      LocalDate first = LocalDate.of(2026, 3, 1).plusDays(random.nextInt(280));
      List<Instant[]> spans = spans(days, from, to, first, zone);
      Instant now = first.plusDays(1).atStartOfDay(zone).toInstant();
      for (int step = 0; step < 300; step++) {
        Instant moment = now.plusSeconds(random.nextInt(3 * 24 * 3600));
        boolean expected =
            spans.stream().anyMatch(s -> !moment.isBefore(s[0]) && moment.isBefore(s[1]));
        assertEquals(
            expected, hours.contains(moment, zone), () -> hours + " in " + zone + " at " + moment);
        Instant next = hours.nextBegin(moment, zone);
        assertTrue(next.isAfter(moment));
        assertEquals(
            from,
            zone.getRules().getValidOffsets(next.atZone(zone).toLocalDate().atTime(from)).isEmpty()
                ? from
                : next.atZone(zone).toLocalTime());
      }
    }
  }

  private static List<DayOfWeek> days(Random random) {
    List<DayOfWeek> days = new ArrayList<>();
    for (DayOfWeek day : DayOfWeek.values()) {
      if (random.nextBoolean()) {
        days.add(day);
      }
    }
    return days;
  }

  /** Each opening of a week, by the seconds that clocks on the wall show. */
  private static List<Instant[]> spans(
      List<DayOfWeek> days, LocalTime from, LocalTime to, LocalDate first, ZoneId zone) {
    List<Instant[]> spans = new ArrayList<>();
    for (int i = -2; i < 9; i++) {
      LocalDate day = first.plusDays(i);
      if (days.isEmpty() || days.contains(day.getDayOfWeek())) {
        LocalDate last = to.isAfter(from) ? day : day.plusDays(1);
        spans.add(new Instant[] {wall(day, from, zone), wall(last, to, zone)});
      }
    }
    return spans;
  }

  private static Instant wall(LocalDate day, LocalTime time, ZoneId zone) {
    var local = day.atTime(time);
    var offsets = zone.getRules().getValidOffsets(local);
    // In a gap the clock still has the offset from before it.
    return offsets.isEmpty()
        ? local.toInstant(zone.getRules().getTransition(local).getOffsetBefore())
        : local.toInstant(offsets.get(0));
  }

  @Test
  void whatIsNoTimeIsNamed() {
    var wrong =
        assertThrows(IllegalArgumentException.class, () -> new OpenHours(null, "7 pm", "06:00"));
    assertTrue(String.valueOf(wrong.getMessage()).contains("from"), wrong.getMessage());
  }
}
