package org.firstpass.arrival;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.firstpass.failure.ReasonCode;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.testing.Deadline;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that keeps what comes late. */
class LateInstancesTest {
  @TempDir static Path folder;
  private static GatewayFixture fixture;

  @BeforeAll
  static void open() {
    fixture =
        new GatewayFixture(
            folder,
            standard ->
                new GatewayConfig(
                    standard.scp(),
                    new CompletenessRule(
                        GatewayFixture.QUIET, true, standard.series().patience(), false),
                    0,
                    standard.patients(),
                    standard.requesters()));
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @Test
  void lateInstancesMakeARevisionThatIsNotAnnounced() {
    SampleSeries series = SampleSeries.small(2);
    fixture.receive(series.instance(0));
    fixture.awaitRevision(series.uid(), 1);
    fixture.receive(series.instance(1));
    awaitRevisions(series, 2);
    assertEquals(
        new SeriesState.Refused(2, ReasonCode.LATE_INSTANCES_KEPT),
        fixture.history(series).state());
    assertEquals(2, fixture.history(series).revisions().get(1).instances());
    assertEquals(1, fixture.arrivals(series.uid()).size());
  }

  @Test
  void whatMendsASeriesThatWasRefusedIsAnnounced() {
    SampleSeries series = SampleSeries.small(2);
    fixture.receive(series.instance(0));
    fixture.awaitRevision(series.uid(), 1);
    var refused =
        new SeriesOutcome(SeriesState.Kind.REFUSED, ReasonCode.TOO_FEW_SLICES, "one slice");
    fixture.database.useTransaction(
        handle ->
            SeriesOutcomes.record(
                handle,
                new SeriesInstanceUid(series.uid().value()),
                1,
                refused,
                fixture.clock.instant()));
    fixture.receive(series.instance(1));
    assertEquals(2, fixture.awaitRevision(series.uid(), 2).instances());
  }

  private static void awaitRevisions(SampleSeries series, int count) {
    fixture.clock.advance(GatewayFixture.QUIET);
    Deadline.await("revision " + count, () -> fixture.history(series).revisions().size() == count);
  }
}
