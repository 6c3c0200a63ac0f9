package org.firstpass.pull;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.firstpass.failure.ReasonCode;
import org.firstpass.study.ProjectName;
import org.firstpass.study.StudyInstanceUid;
import org.firstpass.testing.Deadline;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole years of an archive, over a real database and a real gateway. */
class BackfillTest {
  private static final LocalDate FIRST = LocalDate.of(2024, 1, 1);
  private static final Duration LEASE_OVER = Heartbeat.LEASE.plusSeconds(1);

  @TempDir private Path folder;
  private PullFixture fixture;
  private final MadeArchive archive = new MadeArchive(4);

  @BeforeEach
  void start() {
    fixture = new PullFixture(folder);
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private SourceLanes lanes(PullSource source) {
    return lanes(source, 1000);
  }

  private SourceLanes lanes(PullSource source, int mostUnfinished) {
    return fixture.lanes(
        PullFixture.only(source), mostUnfinished, (of, doors) -> archive.at(doors));
  }

  private static PullSource source(@Nullable BackfillLimits limits) {
    return PullSourceFixture.made("made", 2, limits);
  }

  private long begin(int days, @Nullable Integer most) {
    return fixture.backfills.start(
        new BackfillOrder(
            "made", FIRST, FIRST.plusDays(days - 1), "CT", null, ProjectName.DEFAULT, most),
        fixture.clock.instant());
  }

  private Backfill told(long number) {
    return fixture.ledger.backfills(fixture.clock.instant()).stream()
        .filter(each -> each.number() == number)
        .findFirst()
        .orElseThrow();
  }

  private void await(long number, BackfillState state) {
    Deadline.await("backfill is " + state, () -> told(number).state() == state);
  }

  private long done(long number) {
    return told(number).studies().get(PullState.DONE);
  }

  private void fill(int days, int perDay) {
    for (int day = 0; day < days; day++) {
      for (int i = 0; i < perDay; i++) {
        String date = FIRST.plusDays(day).toString().replace("-", "");
        archive.add(new SampleStudy("P", date, "%02d1500".formatted(i)).with("CT", "", 2));
      }
    }
  }

  @Test
  void everyStudyOfItsDaysComesOnceAlsoOfDaysWhoseAnswerIsCut() {
    fill(3, 9);
    archive.add(new SampleStudy("P", "20231231").with("CT", "", 1));
    long number = begin(3, null);
    try (var lanes = lanes(source(null))) {
      await(number, BackfillState.DONE);
    }
    assertEquals(27, done(number));
    assertEquals(27, archive.retrievals().size());
    assertTrue(archive.retrievals().values().stream().allMatch(times -> times == 1));
    assertEquals(54, told(number).arrived());
    assertTrue(told(number).windows().get(PullState.DONE) > 3);
  }

  @Test
  void aDayThatIsCutHoweverShortFailsWithItsCodeAndTheOthersDoNot() {
    fill(1, 2);
    archive.behave(MadeArchive.Manner.CUTS_EVERYTHING);
    long number = begin(1, null);
    try (var lanes = lanes(source(null))) {
      await(number, BackfillState.DONE);
    }
    assertEquals(2, done(number));
    assertTrue(told(number).windows().get(PullState.FAILED) > 0);
    // One day, parted down to a quarter of an hour: not asked without end.
    assertTrue(archive.questions() < 200, () -> archive.questions() + " questions");
  }

  @Test
  void aLimitEndsIt() {
    fill(5, 3);
    long number = begin(5, 4);
    try (var lanes = lanes(source(null))) {
      await(number, BackfillState.DONE);
    }
    assertEquals(4, done(number));
    assertEquals(4, archive.retrievals().size());
  }

  @Test
  void whatAKilledProcessHeldIsTakenByAnotherOneAndTheFirstIsNotBelieved() {
    fill(1, 2);
    long number = begin(1, null);
    var window = new BackfillRows(fixture.database, source(null));
    // A process claims the only window, and later a study, and is gone.
    QueryWindow held = window.claim(fixture.clock.instant(), Heartbeat.LEASE).orElseThrow();
    try (var lanes = lanes(source(null))) {
      Deadline.holds(
          "the window is held",
          Duration.ofMillis(1200),
          () -> told(number).windows().get(PullState.DONE) == 0);
      fixture.clock.advance(LEASE_OVER);
      await(number, BackfillState.DONE);
    }
    assertFalse(window.answered(held, answer(), fixture.clock.instant()));
    assertEquals(2, done(number));
  }

  @Test
  void aStudyThatAKilledProcessHalfFetchedIsCompletedByAnother() {
    SampleStudy study = archive.add(new SampleStudy("P", "20240101").with("CT", "", 5));
    long number = begin(1, null);
    var window = new BackfillRows(fixture.database, source(null));
    QueryWindow asked = window.claim(fixture.clock.instant(), Heartbeat.LEASE).orElseThrow();
    var fetches = new FetchRows(fixture.database, source(null));
    fetches.begin(fixture.clock.instant());
    window.answered(asked, answer(study.uid()), fixture.clock.instant());
    FetchClaim held = fetches.claim(fixture.clock.instant(), Heartbeat.LEASE, true).orElseThrow();
    fixture.gateway.receiver().receive(study.sent(0, 0));
    fixture.gateway.receiver().receive(study.sent(0, 1));
    fixture.clock.advance(LEASE_OVER);
    try (var lanes = lanes(source(null))) {
      await(number, BackfillState.DONE);
    }
    assertFalse(fetches.done(held.lease(), new Tally(), fixture.clock.instant()));
    assertEquals(5, fixture.held(study.series(0)));
    assertEquals(5, fixture.history(study.series(0)).contents());
    assertEquals(3, told(number).arrived());
  }

  @Test
  void twoProcessesShareItAndFetchEachStudyOnce() {
    fill(6, 4);
    long number = begin(6, null);
    try (var one = lanes(source(null));
        var other = lanes(source(null))) {
      await(number, BackfillState.DONE);
    }
    assertEquals(24, done(number));
    assertTrue(archive.retrievals().values().stream().allMatch(times -> times == 1));
  }

  @Test
  void itIsPausedResumedAndCalledOff() {
    fill(2, 3);
    long number = begin(2, null);
    assertTrue(fixture.backfills.pause(number, fixture.clock.instant()));
    assertFalse(fixture.backfills.pause(number, fixture.clock.instant()));
    try (var lanes = lanes(source(null))) {
      Deadline.holds("nothing is asked", Duration.ofSeconds(1), () -> archive.questions() == 0);
      assertTrue(fixture.backfills.resume(number, fixture.clock.instant()));
      await(number, BackfillState.DONE);
      long second = begin(2, null);
      assertTrue(fixture.backfills.cancel(second, fixture.clock.instant()));
      assertFalse(fixture.backfills.resume(second, fixture.clock.instant()));
      assertEquals(BackfillState.CANCELLED, told(second).state());
      assertEquals(0L, told(second).windows().get(PullState.WAITING));
    }
  }

  @Test
  void studiesPerMinuteAreKeptByAllProcessesTogether() {
    fill(1, 4);
    long number = begin(1, null);
    var limits = new BackfillLimits(2, null, null, null);
    try (var one = lanes(source(limits));
        var other = lanes(source(limits))) {
      for (int come = 1; come <= 4; come++) {
        int expected = come;
        Deadline.await(expected + " studies", () -> done(number) == expected);
        Deadline.holds(
            "no more than " + expected, Duration.ofMillis(700), () -> done(number) == expected);
        fixture.clock.advance(Duration.ofSeconds(30));
      }
      await(number, BackfillState.DONE);
    }
  }

  @Test
  void instancesPerMinuteAreKeptToo() {
    fill(1, 2);
    long number = begin(1, null);
    PullSource source = PullSourceFixture.made("made", 1, new BackfillLimits(null, 1, null, null));
    try (var lanes = lanes(source)) {
      Deadline.await("one study", () -> done(number) == 1);
      fixture.clock.advance(Duration.ofSeconds(119));
      Deadline.holds("no more", Duration.ofMillis(700), () -> done(number) == 1);
      fixture.clock.advance(Duration.ofSeconds(1));
      await(number, BackfillState.DONE);
    }
  }

  @Test
  void outsideItsHoursNothingIsAskedAndWhatSomebodyAsksForIsFetchedAllTheSame() {
    fill(1, 1);
    long number = begin(1, null);
    // It is 03:04 on a Monday.
    var limits =
        new BackfillLimits(null, null, List.of(new OpenHours(null, "22:00", "03:00")), "UTC");
    PullSource source = source(limits);
    SampleStudy urgent = archive.add(new SampleStudy("Q", "20200101").with("CT", "", 1));
    try (var lanes = lanes(source)) {
      long entry = fixture.ask(source, urgent);
      fixture.await(entry, PullState.DONE);
      Deadline.await("it says why", () -> told(number).held() != null);
      assertEquals(0, archive.questions());
      fixture.clock.set(Instant.parse("2026-11-02T22:00:00Z"));
      await(number, BackfillState.DONE);
    }
  }

  @Test
  void itWaitsWhileTooManySeriesWaitForWorkers() {
    fill(1, 3);
    long number = begin(1, null);
    try (var lanes = lanes(source(null), 1)) {
      Deadline.await("one study", () -> done(number) >= 1);
      Deadline.await("it says why", () -> told(number).held() != null);
      Deadline.holds("no more", Duration.ofMillis(700), () -> done(number) <= 2);
    }
  }

  @Test
  void anArchiveThatLiesUsesUpTheBudgetAndFailsWithACodeUntilItIsRetried() {
    fill(1, 1);
    archive.behave(MadeArchive.Manner.LIES);
    long number = begin(1, null);
    try (var lanes = lanes(source(null))) {
      for (int attempt = 1; attempt < PullFixture.BUDGET.attempts(); attempt++) {
        int made = attempt;
        Deadline.await(
            "attempt " + made,
            () ->
                latest()
                    .filter(f -> f.attempts() == made && f.state() == PullState.WAITING)
                    .isPresent());
        fixture.clock.advance(Duration.ofMinutes(1));
      }
      await(number, BackfillState.DONE);
      Fetch failed = latest().orElseThrow();
      assertEquals(PullState.FAILED, failed.state());
      assertEquals(ReasonCode.PULL_INCOMPLETE, failed.reason());
      Deadline.await("health tells", () -> !lanes.nothingFailed());
      archive.behave(MadeArchive.Manner.HONEST);
      assertEquals(1, fixture.desk.retry("made", fixture.clock.instant()));
      await(number, BackfillState.DONE);
      Deadline.await("health tells", lanes::nothingFailed);
    }
    assertEquals(1, done(number));
  }

  private static BackfillRows.Answer answer(StudyInstanceUid... studies) {
    return new BackfillRows.Answer(List.of(studies), List.of(), false);
  }

  private Optional<Fetch> latest() {
    return fixture.ledger.latest(new PullLedger.Selection("made", false), 1).stream().findFirst();
  }

  @Test
  void anArchiveThatIsAwayHoldsUpNoOtherOne() {
    fill(1, 1);
    archive.behave(MadeArchive.Manner.IS_AWAY);
    var honest = new MadeArchive(4);
    SampleStudy study = honest.add(new SampleStudy("Q", "20240101").with("CT", "", 1));
    PullSource other = PullSourceFixture.made("other", 1, null);
    var sources = new PullSources(PullSources.FORMAT, List.of(source(null), other), List.of());
    long number = begin(1, null);
    try (var lanes =
        fixture.lanes(
            sources,
            1000,
            (of, doors) -> (of.title().equals("made") ? archive : honest).at(doors))) {
      fixture.await(fixture.ask(other, study), PullState.DONE);
      assertEquals(BackfillState.RUNNING, told(number).state());
      assertTrue(lanes.healthy());
    }
  }

  @Test
  void theEstimateGoesByTheLastHour() {
    fill(4, 3);
    long number = begin(4, null);
    try (var lanes = lanes(source(new BackfillLimits(6, null, null, null)))) {
      Deadline.await(
          "every day is asked", () -> told(number).windows().get(PullState.WAITING) == 0);
      for (int come = 1; come <= 3; come++) {
        int expected = come;
        Deadline.await(expected + " studies", () -> done(number) == expected);
        fixture.clock.advance(Duration.ofSeconds(10));
      }
      Deadline.await("4 studies", () -> done(number) == 4);
      assertEquals(Optional.of(Duration.ofHours(2)), told(number).estimate());
    }
  }
}
