package org.firstpass.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.firstpass.event.FirstpassEvent;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.PackageReference;
import org.firstpass.event.ProposalFailed;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.ProposalNotes;
import org.firstpass.event.ProposalRefused;
import org.firstpass.event.ProposalStarted;
import org.firstpass.event.RouteTaken;
import org.firstpass.event.SeriesArrived;
import org.firstpass.event.ShadowProposalMade;
import org.firstpass.failure.ReasonCode;
import org.firstpass.intake.ComingProposal;
import org.firstpass.intake.SeriesProgress;
import org.firstpass.review.ProposalFixture;
import org.firstpass.review.ReviewQueue.TaskRow;
import org.firstpass.review.ReviewState;
import org.firstpass.review.ReviewTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What events of workers leave behind in the database. */
final class IntakeTest {
  private static final QueueFixture fixture = new QueueFixture();
  private static final Instant TIME = ProposalFixture.TIME;
  private static final PackageReference LIVER = ProposalFixture.model("liver", "1.0");
  private static final PackageReference LIVER_NEWER = ProposalFixture.model("liver", "1.1");
  private static final PackageReference LUNG = ProposalFixture.model("lung", "1.0");

  @BeforeEach
  void clear() {
    fixture.clear();
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  private static ProposalMade made(int revision, PackageReference by, int minutes) {
    return ProposalFixture.by(
        ProposalFixture.proposal(1, revision, 0.2), by, TIME.plus(Duration.ofMinutes(minutes)));
  }

  private static ProposalStarted started(int revision, PackageReference by, int minutes) {
    return new ProposalStarted(
        UUID.randomUUID(),
        TIME.plus(Duration.ofMinutes(minutes)),
        ProposalFixture.input(1, revision),
        by,
        "CPU",
        90_000L);
  }

  private static ProposalRefused refused(int revision, ReasonCode reason, int minutes) {
    return new ProposalRefused(
        UUID.randomUUID(),
        TIME.plus(Duration.ofMinutes(minutes)),
        ProposalFixture.input(1, revision),
        reason,
        "no other series");
  }

  private static ProposalFailed failed(int revision, int minutes) {
    return new ProposalFailed(
        UUID.randomUUID(),
        TIME.plus(Duration.ofMinutes(minutes)),
        ProposalFixture.input(1, revision),
        ReasonCode.OUT_OF_MEMORY,
        "the network ran out of memory");
  }

  private static void tell(FirstpassEvent... events) {
    List.of(events).forEach(fixture.intake);
  }

  private static List<String> in(ReviewState state) {
    return fixture.queue.list(state, 10).stream()
        .map(TaskRow::task)
        .map(ReviewTask::subject)
        .map(subject -> subject.proposal().modelPackage())
        .map(model -> model.name() + " " + model.version())
        .sorted()
        .toList();
  }

  private static List<ComingProposal> coming() {
    return fixture.series.coming(TIME.plus(Duration.ofMinutes(30)));
  }

  @Test
  void proposalsOfTwoPackagesForOneSeriesAreTwoTasks() {
    tell(made(1, LIVER, 1), made(1, LUNG, 2));
    assertEquals(List.of("liver 1.0", "lung 1.0"), in(ReviewState.WAITING));
    tell(made(2, LUNG, 3));
    assertEquals(List.of("liver 1.0", "lung 1.0"), in(ReviewState.WAITING));
    assertEquals(List.of("lung 1.0"), in(ReviewState.DISCONTINUED));
  }

  @Test
  void aNewerVersionOfThePackageReplacesTheWaitingTaskOfTheSameRevision() {
    tell(made(1, LIVER, 1), made(1, LUNG, 1), made(1, LIVER_NEWER, 2));
    assertEquals(List.of("liver 1.1", "lung 1.0"), in(ReviewState.WAITING));
    assertEquals(List.of("liver 1.0"), in(ReviewState.DISCONTINUED));
  }

  @Test
  void anEarlierProposalThatIsToldLateIsDiscontinuedAtOnce() {
    tell(made(1, LIVER_NEWER, 2), made(1, LIVER, 1));
    assertEquals(List.of("liver 1.1"), in(ReviewState.WAITING));
    assertEquals(List.of("liver 1.0"), in(ReviewState.DISCONTINUED));
  }

  @Test
  void aTaskThatAReaderHoldsIsLeftWhenANewerVersionComes() {
    tell(made(1, LIVER, 1));
    assertTrue(fixture.queue.claimNext("anna").isPresent());
    tell(made(1, LIVER_NEWER, 2));
    assertEquals(List.of("liver 1.0"), in(ReviewState.CLAIMED));
    assertEquals(List.of("liver 1.1"), in(ReviewState.WAITING));
  }

  @Test
  void whatAWorkerBeganIsComingUntilItsOutcomeIsTold() {
    tell(new SeriesArrived(new UUID(9, 9), TIME, ProposalFixture.input(1, 1), "CT", 3));
    ProposalStarted liver = started(1, LIVER, 0);
    tell(liver, liver, started(1, LUNG, 5));
    assertEquals(
        new ComingProposal(
            liver.series(),
            1,
            "liver",
            "1.0",
            "CPU",
            TIME,
            Optional.of(TIME.plusSeconds(90)),
            Optional.of("CT")),
        coming().get(0));
    assertEquals("lung", coming().get(1).packageName());
    tell(made(1, LIVER, 6));
    assertEquals(List.of("lung"), coming().stream().map(ComingProposal::packageName).toList());
    tell(failed(1, 7));
    assertEquals(List.of(), coming());
  }

  @Test
  void inWhicheverOrderBeginningAndEndAreToldNothingStaysComing() {
    var random = new Random(20261102);
    for (int round = 0; round < 40; round++) {
      fixture.clear();
      // Every beginning has its end; one worker was lost and its series was taken again.
      List<FirstpassEvent> events =
          new ArrayList<>(
              List.of(
                  started(1, LIVER, 0),
                  started(1, LIVER, 2),
                  made(1, LIVER, 3),
                  started(1, LUNG, 4),
                  refused(1, ReasonCode.CHANNEL_MISSING, 5),
                  started(1, LUNG, 6),
                  failed(1, 7),
                  started(1, LIVER_NEWER, 8),
                  made(2, LIVER_NEWER, 9)));
      Collections.shuffle(events, random);
      events.forEach(fixture.intake);
      events.forEach(fixture.intake);
      assertEquals(List.of(), coming(), () -> "after " + events);
    }
  }

  @Test
  void aRefusalBeforeItBeganAndAnOlderVersionDoNotEndWhatBeganLater() {
    tell(refused(1, ReasonCode.CHANNEL_MISSING, 1), made(1, LIVER, 2));
    tell(started(1, LIVER_NEWER, 3), started(1, LUNG, 3));
    assertEquals(2, coming().size());
    tell(made(1, LIVER, 2), refused(1, ReasonCode.CHANNEL_MISSING, 1));
    assertEquals(2, coming().size());
  }

  @Test
  void aWorkerThatEndedWithoutAWordIsForgottenAfterADay() {
    tell(started(1, LIVER, 0));
    assertEquals(1, fixture.series.coming(TIME.plus(Duration.ofHours(23))).size());
    assertEquals(0, fixture.series.coming(TIME.plus(Duration.ofHours(25))).size());
  }

  @Test
  void aSeriesThatWasRefusedForWantOfAnotherOneMayBeProposedLater() {
    tell(refused(1, ReasonCode.CHANNEL_MISSING, 1));
    tell(started(1, LIVER, 2), made(1, LIVER, 3));
    SeriesProgress progress = fixture.series.progress(made(1, LIVER, 3).series());
    assertEquals(
        List.of(SeriesProgress.Kind.REFUSED, SeriesProgress.Kind.PROPOSED),
        progress.outcomes().stream().map(SeriesProgress.Outcome::kind).toList());
    assertEquals(ReviewState.WAITING, progress.tasks().get(0).state());
  }

  @Test
  void anArrivalThatEveryWorkerLostHasFailedUnlessAWorkerToldHowItEnded() {
    tell(started(1, LIVER, 0));
    fixture.intakeRows.lost(failed(1, 1));
    assertEquals(1, fixture.count("select count(*) from review.series_outcome"));
    assertEquals(List.of(), coming());
    fixture.clear();
    tell(made(1, LIVER, 1));
    fixture.intakeRows.lost(failed(1, 2));
    assertEquals(
        List.of(SeriesProgress.Kind.PROPOSED),
        fixture.series.progress(made(1, LIVER, 1).series()).outcomes().stream()
            .map(SeriesProgress.Outcome::kind)
            .toList());
  }

  @Test
  void whatRanInShadowMakesNoTask() {
    ProposalMade shown = made(1, LIVER, 1);
    tell(
        new ShadowProposalMade(
            UUID.randomUUID(),
            TIME,
            shown.input(),
            LIVER_NEWER,
            LIVER,
            shown.labels(),
            List.of(),
            5));
    for (ReviewState state : ReviewState.values()) {
      assertEquals(List.of(), in(state));
    }
    assertEquals(0, fixture.count("select count(*) from review.series_outcome"));
  }

  @Test
  void theStoryOfTheRoutingIsThatOfTheLastWordOnTheSeries() {
    ObjectReference first = ProposalFixture.object("first", "application/json");
    ObjectReference second = ProposalFixture.object("second", "application/json");
    ProposalMade proposal = made(1, LIVER, 3);
    assertTrue(fixture.series.route(proposal.series()).isEmpty());
    tell(
        new ProposalRefused(
            new UUID(6, 6), TIME, proposal.input(), ReasonCode.NO_PACKAGE, "none", first));
    assertEquals(Optional.of(first), fixture.series.route(proposal.series()));
    var notes =
        new ProposalNotes(
            List.of(), null, List.of(), new RouteTaken("stroke", "stroke", 5, second), "CPU");
    tell(ProposalFixture.with(proposal, proposal.scores(), notes));
    tell(failed(1, 4));
    assertEquals(Optional.of(second), fixture.series.route(proposal.series()));
  }
}
