package org.firstpass.pull;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.SeriesArrived;
import org.firstpass.event.SeriesInput;
import org.firstpass.event.SeriesRevisionCodec;
import org.firstpass.failure.ReasonCode;
import org.firstpass.study.PatientKey;
import org.firstpass.study.ProjectName;
import org.firstpass.study.Sha256;
import org.firstpass.study.StudyReference;
import org.firstpass.testing.Deadline;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a series arrives, earlier studies of its patient are fetched: once, and not in turn. */
class PriorsTest {
  private static final PullSource SOURCE = PullSourceFixture.made("made", 1, null);

  @TempDir private Path folder;
  private PullFixture fixture;
  private final MadeArchive archive = new MadeArchive(50);

  @BeforeEach
  void start() {
    fixture = new PullFixture(folder);
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private SourceLanes lanes(PriorRule... rules) {
    var sources = new PullSources(PullSources.FORMAT, List.of(SOURCE), List.of(rules));
    return fixture.lanes(sources, 1000, (of, doors) -> archive.at(doors));
  }

  private static PriorRule rule(int most, @Nullable String notOlderThan) {
    return new PriorRule(
        "rule",
        new PriorRule.Trigger(List.of("default"), List.of("CT")),
        "made",
        null,
        null,
        most,
        notOlderThan,
        null);
  }

  private SampleStudy inArchive(String patient, String date) {
    return archive.add(new SampleStudy(patient, date).with("CT", "", 1));
  }

  /** A study that came by the gateway's door, and is in the archive too. */
  private SampleStudy arrived(String patient, String date) {
    SampleStudy study = inArchive(patient, date);
    fixture.gateway.receiver().receive(study.sent(0, 0));
    return study;
  }

  private SeriesArrived event(SampleStudy study, String project, Instant time) {
    var input =
        new SeriesInput(
            new StudyReference(study.uid(), study.series(0)),
            1,
            new Sha256("1".repeat(64)),
            new ObjectReference(new Sha256("2".repeat(64)), 1, SeriesRevisionCodec.MEDIA_TYPE),
            new PatientKey("p" + "0".repeat(31)));
    return new SeriesArrived(
        UUID.randomUUID(), time, input, "CT", 1, null, List.of(), new ProjectName(project), null);
  }

  private SeriesArrived event(SampleStudy study) {
    return event(study, "default", fixture.clock.instant());
  }

  private List<Fetch> fetches() {
    return fixture.ledger.latest(new PullLedger.Selection("made", false), 100);
  }

  private void awaitDone(int count) {
    Deadline.await(
        count + " priors",
        () -> fetches().stream().filter(each -> each.state() == PullState.DONE).count() == count);
  }

  @Test
  void theLatestOnesThatAreNotTooOldComeForTheirProject() {
    SampleStudy first = inArchive("P", "20240101");
    SampleStudy second = inArchive("P", "20230101");
    inArchive("P", "20220101");
    inArchive("P", "20200101");
    inArchive("P", "20250601");
    inArchive("Q", "20240101");
    SampleStudy now = arrived("P", "20250101");
    try (var lanes = lanes(rule(2, "P4Y"))) {
      lanes.take(event(now));
      awaitDone(2);
    }
    assertEquals(
        List.of(first.uid(), second.uid()).stream()
            .sorted(java.util.Comparator.comparing(Object::toString))
            .toList(),
        fetches().stream()
            .map(Fetch::study)
            .sorted(java.util.Comparator.comparing(Object::toString))
            .toList());
    assertEquals(PriorRule.PRIORS, fixture.history(first.series(0)).project());
    assertEquals(now.series(0), fixture.ledger.of(first.series(0)).get(0).fetch().priorOf());
  }

  @Test
  void theSameEventAndAnotherSeriesOfTheStudyAskOnlyOnceAlsoAfterACrash() {
    inArchive("P", "20240101");
    SampleStudy now = arrived("P", "20250101");
    try (var lanes = lanes(rule(2, null))) {
      lanes.take(event(now));
      lanes.take(event(now));
      awaitDone(1);
    }
    int asked = archive.questions();
    try (var lanes = lanes(rule(2, null))) {
      lanes.take(event(now));
      Deadline.holds(
          "nothing is asked again",
          Duration.ofSeconds(1),
          () -> archive.questions() == asked && fetches().size() == 1);
    }
  }

  @Test
  void aPriorHasNoPriorsFetchedEvenIfItIsAnnounced() {
    SampleStudy prior = inArchive("P", "20240101");
    inArchive("P", "20230101");
    SampleStudy now = arrived("P", "20250101");
    try (var lanes = lanes(rule(1, null))) {
      lanes.take(event(now));
      awaitDone(1);
      int asked = archive.questions();
      lanes.take(event(prior));
      Deadline.holds("nothing is asked", Duration.ofSeconds(1), () -> archive.questions() == asked);
    }
  }

  @Test
  void otherProjectsAndTheTimeBeforeTheRuleDoNotCount() {
    inArchive("P", "20240101");
    SampleStudy now = arrived("P", "20250101");
    try (var lanes = lanes(rule(1, null))) {
      lanes.take(event(now, "research", fixture.clock.instant()));
      lanes.take(event(now, "default", fixture.clock.instant().minusSeconds(1)));
      Deadline.holds("nothing is asked", Duration.ofSeconds(1), () -> archive.questions() == 0);
    }
  }

  @Test
  void withoutAPatientNothingIsAskedAndItFailsWithItsCode() {
    SampleStudy now = arrived("", "20250101");
    try (var lanes = lanes(rule(1, null))) {
      lanes.take(event(now));
      Deadline.await("it failed", () -> reason() != null);
    }
    assertEquals(ReasonCode.PRIORS_WITHOUT_PATIENT.code(), reason());
    assertEquals(0, archive.questions());
  }

  private @Nullable String reason() {
    return fixture.database.inTransaction(
        handle ->
            handle
                .createQuery("select reason from pull.prior_search where state = 'FAILED'")
                .mapTo(String.class)
                .findOne()
                .orElse(null));
  }

  @Test
  void anArchiveThatIsAwayIsAskedAgain() {
    inArchive("P", "20240101");
    SampleStudy now = arrived("P", "20250101");
    archive.behave(MadeArchive.Manner.IS_AWAY);
    try (var lanes = lanes(rule(1, null))) {
      lanes.take(event(now));
      Deadline.await("it was tried", () -> waits());
      archive.behave(MadeArchive.Manner.HONEST);
      fixture.clock.advance(Duration.ofMinutes(1));
      awaitDone(1);
      assertTrue(lanes.healthy());
    }
  }

  private boolean waits() {
    return fixture.database.inTransaction(
            handle ->
                handle
                    .createQuery(
                        "select count(*) from pull.prior_search"
                            + " where state = 'WAITING' and attempts = 1")
                    .mapTo(Integer.class)
                    .one())
        == 1;
  }
}
