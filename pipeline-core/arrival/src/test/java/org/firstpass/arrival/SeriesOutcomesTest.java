package org.firstpass.arrival;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.firstpass.event.FirstpassEvent;
import org.firstpass.event.ForeignSeriesFiled;
import org.firstpass.event.ForeignSeriesFiled.Filing;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.PackageReference;
import org.firstpass.event.ProposalFailed;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.ProposalRefused;
import org.firstpass.event.ProposalStarted;
import org.firstpass.event.SeriesArrived;
import org.firstpass.event.ShadowProposalMade;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.segment.CodedConcept;
import org.firstpass.segment.LabelSchema;
import org.firstpass.segment.Segment;
import org.firstpass.stream.EventPublisher;
import org.firstpass.stream.Topics;
import org.firstpass.stream.WorkLoop;
import org.firstpass.stream.WorkLoopConfig;
import org.firstpass.study.Sha256;
import org.firstpass.testing.Deadline;
import org.firstpass.testing.TestBroker;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeriesOutcomesTest {
  private static final Instant TIME = Instant.parse("2026-11-02T04:00:00Z");

  @TempDir static Path folder;
  private static TestBroker broker;
  private static GatewayFixture fixture;
  private static EventPublisher publisher;

  @BeforeAll
  static void open() {
    // Of its own: a new group of workers begins with everything that ever arrived.
    broker = TestBroker.isolated();
    fixture = new GatewayFixture(folder, 0, broker.config());
    publisher = new EventPublisher(fixture.stream, "/firstpass/test");
  }

  @AfterAll
  static void close() {
    publisher.close();
    fixture.close();
    broker.close();
  }

  private static SeriesArrived arrived(SampleSeries series) {
    fixture.receive(series);
    return fixture.awaitRevision(series.uid(), 1);
  }

  private static final PackageReference PACKAGE =
      new PackageReference("sample", "1", Sha256.of(new byte[] {1}));

  private static ProposalMade made(SeriesArrived event) {
    var concept = new CodedConcept("10200004", "SCT", "Liver");
    var segment = new Segment(1, "liver", concept, concept, null, "#ff0000");
    var digest = Sha256.of(new byte[] {1});
    var object = new ObjectReference(digest, 1, "application/dicom");
    return new ProposalMade(
        UUID.randomUUID(),
        TIME,
        event.input(),
        PACKAGE,
        new LabelSchema("sample", 1, List.of(segment)),
        object,
        object,
        List.of(),
        5);
  }

  private static ProposalRefused refused(SeriesArrived event) {
    return refused(event, ReasonCode.GANTRY_TILT, TIME);
  }

  private static ProposalRefused refused(SeriesArrived event, ReasonCode reason, Instant time) {
    return new ProposalRefused(
        UUID.randomUUID(), time, event.input(), reason, "sheared by 5 degrees");
  }

  private static ProposalStarted started(SeriesArrived event, @Nullable Long expectedMillis) {
    return new ProposalStarted(
        UUID.randomUUID(), TIME, event.input(), PACKAGE, "CPU", expectedMillis);
  }

  private static ProposalFailed failed(SeriesArrived event) {
    return new ProposalFailed(
        UUID.randomUUID(), TIME, event.input(), ReasonCode.INFERENCE_FAILED, "the network failed");
  }

  private static void awaitState(SampleSeries series, SeriesState state) {
    Deadline.await(
        series.uid() + " is " + state, () -> fixture.history(series).state().equals(state));
  }

  private static void tell(FirstpassEvent event) {
    publisher.publish(Topics.PROPOSALS, event);
  }

  @Test
  void everyOutcomeBecomesTheStateOfItsSeries() {
    SampleSeries one = SampleSeries.small(1);
    SampleSeries two = SampleSeries.small(1);
    SampleSeries three = SampleSeries.small(1);
    tell(made(arrived(one)));
    tell(refused(arrived(two)));
    tell(failed(arrived(three)));
    awaitState(one, new SeriesState.Proposed(1));
    awaitState(two, new SeriesState.Refused(1, ReasonCode.GANTRY_TILT));
    awaitState(three, new SeriesState.Failed(1, ReasonCode.INFERENCE_FAILED));
    SeriesHistory.Revision revision = fixture.history(two).revisions().get(0);
    assertEquals("sheared by 5 degrees", revision.explanation());
    assertEquals(TIME, revision.ended());
    assertNotNull(revision.published());
    assertTrue(fixture.ledger.counts().get(SeriesState.Kind.PROPOSED) >= 1);
  }

  private static ForeignSeriesFiled filed(
      SeriesArrived event, Filing filing, @Nullable ReasonCode reason) {
    return new ForeignSeriesFiled(
        UUID.randomUUID(),
        TIME,
        event.input(),
        filing,
        reason,
        reason == null ? null : "drawn elsewhere",
        reason == null ? UUID.randomUUID() : null);
  }

  @Test
  void aForeignSeriesIsKeptForOneReasonAndThenAnotherUntilItIsTaken() {
    SampleSeries series = SampleSeries.small(1);
    SeriesArrived event = arrived(series);
    for (ReasonCode reason :
        List.of(ReasonCode.FOREIGN_UNKNOWN_SERIES, ReasonCode.FOREIGN_TO_BE_CONFIRMED)) {
      tell(filed(event, Filing.KEPT, reason));
      awaitState(series, new SeriesState.Kept(1, reason));
    }
    assertTrue(fixture.history(series).state().kind().isEnd());
    tell(filed(event, Filing.TAKEN, null));
    awaitState(series, new SeriesState.Taken(1));
    tell(filed(event, Filing.KEPT, ReasonCode.FOREIGN_TASK_CLOSED));
    SampleSeries after = SampleSeries.small(1);
    tell(filed(arrived(after), Filing.REFUSED, ReasonCode.FOREIGN_DISCARDED));
    awaitState(after, new SeriesState.Refused(1, ReasonCode.FOREIGN_DISCARDED));
    assertEquals(new SeriesState.Taken(1), fixture.history(series).state());
    assertEquals(null, fixture.history(series).revisions().get(0).explanation());
  }

  @Test
  void aProposalThatCameAfterAllBeatsAFailureAndStays() {
    SampleSeries series = SampleSeries.small(1);
    SeriesArrived event = arrived(series);
    tell(failed(event));
    awaitState(series, new SeriesState.Failed(1, ReasonCode.INFERENCE_FAILED));
    tell(made(event));
    awaitState(series, new SeriesState.Proposed(1));
    tell(failed(event));
    SampleSeries after = SampleSeries.small(1);
    tell(refused(arrived(after)));
    awaitState(after, new SeriesState.Refused(1, ReasonCode.GANTRY_TILT));
    assertEquals(new SeriesState.Proposed(1), fixture.history(series).state());
  }

  @Test
  void aSeriesThatWaitedForAnotherOneTakesWhateverBecomesOfItLater() {
    SampleSeries proposed = SampleSeries.small(1);
    SampleSeries failed = SampleSeries.small(1);
    SampleSeries channel = SampleSeries.small(1);
    List<SampleSeries> all = List.of(proposed, failed, channel);
    List<SeriesArrived> events = all.stream().map(SeriesOutcomesTest::arrived).toList();
    events.forEach(event -> tell(refused(event, ReasonCode.CHANNEL_MISSING, TIME)));
    all.forEach(one -> awaitState(one, new SeriesState.Refused(1, ReasonCode.CHANNEL_MISSING)));
    tell(made(events.get(0)));
    tell(failed(events.get(1)));
    tell(refused(events.get(2), ReasonCode.USED_AS_CHANNEL, TIME));
    awaitState(proposed, new SeriesState.Proposed(1));
    awaitState(failed, new SeriesState.Failed(1, ReasonCode.INFERENCE_FAILED));
    awaitState(channel, new SeriesState.Refused(1, ReasonCode.USED_AS_CHANNEL));
    tell(refused(events.get(0), ReasonCode.CHANNEL_MISSING, TIME));
    tell(refused(events.get(2), ReasonCode.CHANNEL_MISSING, TIME));
    tell(made(events.get(2)));
    awaitState(channel, new SeriesState.Proposed(1));
    assertEquals(new SeriesState.Proposed(1), fixture.history(proposed).state());
  }

  @Test
  void whatIsBeingSegmentedIsKnownUntilItEnds() {
    SampleSeries series = SampleSeries.small(1);
    SeriesArrived event = arrived(series);
    tell(started(event, 90_000L));
    Deadline.await("work", () -> !fixture.history(series).work().isEmpty());
    assertEquals(new SeriesState.Complete(1), fixture.history(series).state());
    assertEquals(
        List.of(
            "being segmented by sample 1 on CPU since 2026-11-02T04:00:00Z,"
                + " expected ready at 2026-11-02T04:01:30Z"),
        fixture.history(series).work().stream().map(WorkInProgress::inWords).toList());
    tell(made(event));
    awaitState(series, new SeriesState.Proposed(1));
    assertEquals(List.of(), fixture.history(series).work());
  }

  @Test
  void aRefusalEndsWhatBeganBeforeItAndNotWhatBeganAfterIt() {
    SampleSeries series = SampleSeries.small(1);
    SeriesArrived event = arrived(series);
    tell(started(event, null));
    tell(refused(event, ReasonCode.CHANNEL_MISSING, TIME.minusSeconds(1)));
    awaitState(series, new SeriesState.Refused(1, ReasonCode.CHANNEL_MISSING));
    assertEquals(
        "being segmented by sample 1 on CPU since 2026-11-02T04:00:00Z",
        fixture.history(series).work().get(0).inWords());
    tell(failed(event));
    awaitState(series, new SeriesState.Failed(1, ReasonCode.INFERENCE_FAILED));
    assertEquals(List.of(), fixture.history(series).work());
  }

  @Test
  void whatRanInShadowChangesNothing() {
    SampleSeries series = SampleSeries.small(1);
    SeriesArrived event = arrived(series);
    var shadow = new PackageReference("sample", "2", Sha256.of(new byte[] {2}));
    ObjectReference labels = new ObjectReference(shadow.digest(), 1, "application/dicom");
    tell(
        new ShadowProposalMade(
            UUID.randomUUID(), TIME, event.input(), shadow, PACKAGE, labels, List.of(), 5));
    tell(started(event, null));
    Deadline.await("what came after it", () -> !fixture.history(series).work().isEmpty());
    assertEquals(new SeriesState.Complete(1), fixture.history(series).state());
    assertTrue(fixture.gateway.healthy());
  }

  @Test
  void theOutcomeOfAnOlderRevisionDoesNotEndANewerOne() {
    SampleSeries series = SampleSeries.small(2);
    fixture.receive(series.instance(0));
    SeriesArrived first = fixture.awaitRevision(series.uid(), 1);
    fixture.receive(series.instance(1));
    SeriesArrived second = fixture.awaitRevision(series.uid(), 2);
    tell(made(first));
    Deadline.await(
        "revision 1 ended", () -> fixture.history(series).revisions().get(0).end().isPresent());
    assertEquals(new SeriesState.Complete(2), fixture.history(series).state());
    tell(refused(second));
    awaitState(series, new SeriesState.Refused(2, ReasonCode.GANTRY_TILT));
  }

  @Test
  void anArrivalThatNoWorkerCanHandleFails() {
    SampleSeries series = SampleSeries.small(1);
    SeriesArrived bad = arrived(series);
    var config =
        new WorkLoopConfig<>(
            fixture.stream, Topics.ARRIVALS, "work-" + UUID.randomUUID(), 1, Duration.ofSeconds(5));
    try (var loop =
        new WorkLoop(
            config,
            (event, attempt) -> {
              if (event.equals(bad)) {
                throw new Defect(ReasonCode.INFERENCE_FAILED, "the test says so");
              }
            },
            new SimpleMeterRegistry())) {
      loop.start();
      awaitState(series, new SeriesState.Failed(1, ReasonCode.UNEXPECTED));
    }
  }

  @Test
  void theOldestUnfinishedSeriesIsKnownUntilAllHaveEnded() {
    SampleSeries series = SampleSeries.small(1);
    SeriesArrived event = arrived(series);
    Instant oldest = fixture.ledger.oldestUnfinished().orElseThrow();
    assertTrue(!oldest.isAfter(fixture.history(series).firstReceived()));
    tell(made(event));
    awaitState(series, new SeriesState.Proposed(1));
    assertTrue(fixture.ledger.latest(5).contains(series.uid()));
  }
}
