package org.firstpass.arrival;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.firstpass.dicom.IncomingInstance;
import org.firstpass.event.SeriesArrived;
import org.firstpass.event.SeriesRevisionCodec;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.failure.TryAgainLater;
import org.firstpass.study.InstanceReference;
import org.firstpass.study.NameBasedUuid;
import org.firstpass.study.Sender;
import org.firstpass.study.SeriesRevision;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.testing.Deadline;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayTest {
  @TempDir static Path folder;
  private static GatewayFixture fixture;

  @BeforeAll
  static void open() {
    fixture = new GatewayFixture(folder);
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @Test
  void aQuietSeriesIsAnnouncedWithAllItsInstances() {
    SampleSeries series = SampleSeries.small(3);
    fixture.receive(series);
    assertEquals(new SeriesState.Receiving(), fixture.history(series).state());
    SeriesArrived event = fixture.awaitRevision(series.uid(), 1);
    assertEquals(3, event.instances());
    assertEquals("CT", event.modality());
    SeriesRevision revision =
        SeriesRevisionCodec.decode(fixture.files.read(event.input().manifest().digest()));
    assertEquals(revision.hash(), event.input().revisionHash());
    assertEquals(NameBasedUuid.of("series-arrived", revision.hash().hex()), event.id());
    for (InstanceReference instance : revision.instances()) {
      assertEquals(instance.size(), fixture.files.read(instance.content()).length);
    }
    assertEquals(new SeriesState.Complete(1), fixture.history(series).state());
    assertTrue(fixture.gateway.healthy());
  }

  @Test
  void aSeriesThatIsNotQuietYetIsNotComplete() {
    SampleSeries series = SampleSeries.small(3);
    fixture.receive(series.instance(0));
    fixture.clock.advance(GatewayFixture.QUIET.minusSeconds(1));
    fixture.receive(series.instance(1));
    fixture.clock.advance(GatewayFixture.QUIET.minusSeconds(1));
    fixture.receive(series.instance(2));
    assertEquals(3, fixture.awaitRevision(series.uid(), 1).instances());
    assertEquals(1, fixture.arrivals(series.uid()).size());
  }

  @Test
  void fourSendersAtOnceLoseNothing() throws Exception {
    List<SampleSeries> all = new ArrayList<>();
    List<Callable<Void>> senders = new ArrayList<>();
    SampleSeries shared = SampleSeries.small(40);
    for (int sender = 0; sender < 4; sender++) {
      SampleSeries own = SampleSeries.small(20);
      all.add(own);
      int from = sender;
      senders.add(
          () -> {
            fixture.receive(own);
            for (int i = from; i < shared.size(); i += 2) {
              fixture.receive(shared.instance(i));
            }
            return null;
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (Future<Void> done : threads.invokeAll(senders)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertEquals(40, fixture.awaitRevision(shared.uid(), 1).instances());
    for (SampleSeries own : all) {
      assertEquals(20, fixture.awaitRevision(own.uid(), 1).instances());
    }
    assertEquals(40, fixture.history(shared).contents());
  }

  @Test
  void theSameInstanceAgainIsASuccessAndNothingNew() {
    SampleSeries series = SampleSeries.small(2);
    double before = fixture.count("duplicate");
    fixture.receive(series);
    fixture.receive(series);
    assertEquals(2, fixture.awaitRevision(series.uid(), 1).instances());
    fixture.receive(series);
    assertEquals(2, fixture.history(series).contents());
    assertEquals(new SeriesState.Complete(1), fixture.history(series).state());
    assertEquals(4, fixture.count("duplicate") - before);
  }

  @Test
  void aLateInstanceMakesTheNextRevision() {
    SampleSeries series = SampleSeries.small(3);
    fixture.receive(series.instance(0));
    fixture.receive(series.instance(1));
    SeriesArrived first = fixture.awaitRevision(series.uid(), 1);
    fixture.receive(series.instance(2));
    assertEquals(new SeriesState.Receiving(), fixture.history(series).state());
    SeriesArrived second = fixture.awaitRevision(series.uid(), 2);
    assertEquals(3, second.instances());
    assertNotEquals(first.id(), second.id());
    assertEquals(2, fixture.history(series).revisions().size());
  }

  @Test
  void otherContentUnderTheSameUidCountsAndTheOlderIsKept() {
    SampleSeries series = SampleSeries.small(2);
    double before = fixture.count("newer_content");
    fixture.receive(series);
    SeriesArrived first = fixture.awaitRevision(series.uid(), 1);
    fixture.receive(series.withValue(99).instance(1));
    SeriesArrived second = fixture.awaitRevision(series.uid(), 2);
    assertEquals(2, second.instances());
    assertNotEquals(first.input().revisionHash(), second.input().revisionHash());
    assertEquals(2, fixture.history(series).instances());
    assertEquals(3, fixture.history(series).contents());
    SeriesRevision old =
        SeriesRevisionCodec.decode(fixture.files.read(first.input().manifest().digest()));
    old.instances().forEach(i -> assertTrue(fixture.files.contains(i.content())));
    assertEquals(1, fixture.count("newer_content") - before);
  }

  @Test
  void aSeriesOfTwoPatientsIsRefusedAndNotAnnounced() {
    SampleSeries series = SampleSeries.small(2);
    fixture.receive(series.instance(0));
    fixture.receive(series.ofPatient("ANOTHER").instance(1));
    fixture.clock.advance(GatewayFixture.QUIET);
    Deadline.await("the series ended", () -> fixture.history(series).state().kind().isEnd());
    assertEquals(
        new SeriesState.Refused(1, ReasonCode.MALFORMED_INSTANCE), fixture.history(series).state());
    assertEquals(List.of(), fixture.arrivals(series.uid()));
    fixture.receive(series.ofPatient("ANOTHER").instance(0));
    assertEquals(2, fixture.awaitRevisionAfterRefusal(series.uid()).input().revision());
  }

  @Test
  void aRestartCompletesWhatCameBefore() {
    SampleSeries series = SampleSeries.small(2);
    fixture.receive(series);
    fixture.restart();
    assertEquals(2, fixture.awaitRevision(series.uid(), 1).instances());
    fixture.restart();
    fixture.clock.advance(GatewayFixture.QUIET);
    SampleSeries other = SampleSeries.small(1);
    fixture.receive(other);
    fixture.awaitRevision(other.uid(), 1);
    assertEquals(1, fixture.arrivals(series.uid()).size());
  }

  @Test
  void announcedUidsMustBeThoseOfTheDataset() {
    SampleSeries series = SampleSeries.small(1);
    IncomingInstance real = series.instance(0);
    var other =
        new IncomingInstance(
            Sender.ofAeTitle("A"),
            "B",
            real.sopClass(),
            new SopInstanceUid("1.2.3"),
            real.transferSyntax(),
            real.part10());
    assertEquals(
        ReasonCode.MALFORMED_INSTANCE,
        assertThrows(StudyRefused.class, () -> fixture.receive(other)).code());
    assertTrue(fixture.ledger.find(series.uid()).isEmpty());
  }

  @Test
  void belowTheWatermarkNothingIsTakenAndItMayBeSentAgain() {
    try (var full = new GatewayFixture(folder.resolve("full"), Long.MAX_VALUE)) {
      SampleSeries series = SampleSeries.small(1);
      TryAgainLater refusal =
          assertThrows(TryAgainLater.class, () -> full.receive(series.instance(0)));
      assertEquals(ReasonCode.STORE_FULL, refusal.code());
      assertTrue(full.ledger.find(series.uid()).isEmpty());
    }
  }

  @Test
  void withoutTheDatabaseNothingIsAcknowledgedAndTheRetryWorks() {
    SampleSeries series = SampleSeries.small(1);
    fixture
        .database
        .jdbi()
        .useHandle(h -> h.execute("alter table arrival.instance rename to gone"));
    assertThrows(RuntimeException.class, () -> fixture.receive(series.instance(0)));
    fixture
        .database
        .jdbi()
        .useHandle(h -> h.execute("alter table arrival.gone rename to instance"));
    assertTrue(fixture.ledger.find(series.uid()).isEmpty());
    fixture.receive(series.instance(0));
    assertEquals(1, fixture.awaitRevision(series.uid(), 1).instances());
  }

  @Test
  void noPatientIsInTheDatabaseOrInAnEvent() {
    SampleSeries series = SampleSeries.small(1);
    fixture.receive(series);
    SeriesArrived event = fixture.awaitRevision(series.uid(), 1);
    for (String table : List.of("series", "instance", "series_revision", "outbox")) {
      String all =
          fixture
              .database
              .jdbi()
              .withHandle(
                  h ->
                      h.createQuery(
                              "select coalesce(string_agg(t::text, ' '), '') from arrival."
                                  + table
                                  + " t")
                          .mapTo(String.class)
                          .one());
      assertFalse(all.isEmpty());
      assertFalse(all.contains(SampleSeries.PATIENT_ID) || all.contains("Doe"), table);
    }
    assertFalse(event.toString().contains(SampleSeries.PATIENT_ID));
  }

  @Test
  void whatIsStoredIsByteForByteWhatWasSent() {
    SampleSeries series = SampleSeries.small(1);
    fixture.receive(series);
    SeriesArrived event = fixture.awaitRevision(series.uid(), 1);
    SeriesRevision revision =
        SeriesRevisionCodec.decode(fixture.files.read(event.input().manifest().digest()));
    assertArrayEquals(series.file(0), fixture.files.read(revision.instances().get(0).content()));
  }
}
