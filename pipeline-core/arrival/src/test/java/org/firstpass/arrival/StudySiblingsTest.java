package org.firstpass.arrival;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.firstpass.dicom.IncomingInstance;
import org.firstpass.event.SeriesArrived;
import org.firstpass.event.SiblingSeries;
import org.firstpass.study.StudyInstanceUid;
import org.firstpass.testing.Deadline;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an arrival says of its sender and of the other series of its study. */
class StudySiblingsTest {
  @TempDir static Path folder;
  private static GatewayFixture fixture;

  private final StudyInstanceUid study = SampleSeries.newStudy();

  @BeforeAll
  static void open() {
    fixture = new GatewayFixture(folder);
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  private SampleSeries series(int slices) {
    return SampleSeries.small(slices).inStudy(study);
  }

  private static SeriesArrived arrive(SampleSeries series) {
    fixture.receive(series);
    return fixture.awaitRevision(series.uid(), 1);
  }

  private static SiblingSeries as(SeriesArrived arrived) {
    return new SiblingSeries(arrived.input(), arrived.modality(), arrived.instances());
  }

  @Test
  void anArrivalNamesTheOtherCompleteSeriesOfItsStudyTheNewestFirst() {
    SeriesArrived first = arrive(series(1));
    assertEquals(List.of(), first.siblings());
    SeriesArrived second = arrive(series(2));
    assertEquals(List.of(as(first)), second.siblings());
    SeriesArrived third = arrive(series(3));
    assertEquals(List.of(as(second), as(first)), third.siblings());
    assertEquals(
        List.of(), arrive(SampleSeries.small(1).inStudy(SampleSeries.newStudy())).siblings());
  }

  @Test
  void aSiblingIsToldAsOfItsLatestRevisionAndNotWhileItIsBeingReceived() {
    SampleSeries growing = series(2);
    fixture.receive(growing.instance(0));
    SeriesArrived first = fixture.awaitRevision(growing.uid(), 1);
    assertEquals(List.of(as(first)), arrive(series(1)).siblings());
    SampleSeries meanwhile = series(1);
    fixture.receive(meanwhile);
    fixture.clock.advance(GatewayFixture.QUIET.minusMillis(1));
    fixture.receive(growing.instance(1));
    fixture.clock.advance(Duration.ofMillis(1));
    Deadline.await("an event", () -> !fixture.arrivals(meanwhile.uid()).isEmpty());
    SeriesArrived told = fixture.arrivals(meanwhile.uid()).get(0);
    assertTrue(told.siblings().stream().noneMatch(one -> isOf(one, growing)));
    SeriesArrived second = fixture.awaitRevision(growing.uid(), 2);
    SeriesArrived last = arrive(series(1));
    assertTrue(last.siblings().contains(as(second)));
    assertTrue(!last.siblings().contains(as(first)));
  }

  private static boolean isOf(SiblingSeries sibling, SampleSeries series) {
    return sibling.input().reference().series().equals(series.uid());
  }

  @Test
  void noSeriesOfAnotherPatientAndNoneThatMixesPatientsIsASibling() {
    SampleSeries foreign = series(1).ofPatient("SOMEBODY ELSE");
    arrive(foreign);
    SampleSeries mixed = series(2);
    fixture.receive(mixed.instance(0));
    fixture.receive(mixed.ofPatient("SOMEBODY ELSE").instance(1));
    fixture.clock.advance(GatewayFixture.QUIET);
    Deadline.await("the mixed series ended", () -> fixture.history(mixed).state().kind().isEnd());
    assertEquals(List.of(), arrive(series(1)).siblings());
  }

  @Test
  void aLargeStudyNamesTheSixtyFourThatBecameCompleteLast() {
    List<SampleSeries> all = new ArrayList<>();
    for (int i = 0; i < StudySiblings.MOST + 6; i++) {
      SampleSeries one = series(1);
      all.add(one);
      fixture.receive(one);
      fixture.clock.advance(Duration.ofMillis(1));
    }
    fixture.clock.advance(GatewayFixture.QUIET);
    Deadline.await(
        "all are complete",
        () -> fixture.history(all.get(all.size() - 1)).state().kind() == SeriesState.Kind.COMPLETE);
    fixture.clock.advance(Duration.ofSeconds(1));
    assertEquals(StudySiblings.MOST, arrive(series(1)).siblings().size());
  }

  /** Without the lock each of two gateways could announce its series before it sees the other's. */
  @Test
  void aSeriesWaitsForANeighbourThatIsBeingAnnouncedAndThenSeesIt() {
    SeriesArrived first = arrive(series(1));
    SampleSeries second = series(1);
    fixture.receive(second);
    try (Handle other = fixture.database.jdbi().open()) {
      other.begin();
      StudySiblings.of(other, first.input());
      other.execute(
          "update arrival.series_revision set modality = 'MR' where series_uid = ?",
          first.series().value());
      fixture.clock.advance(GatewayFixture.QUIET);
      Deadline.holds(
          "the second waits",
          Duration.ofSeconds(1),
          () -> fixture.history(second).state().equals(new SeriesState.Receiving()));
      other.commit();
    }
    SeriesArrived told = fixture.awaitRevision(second.uid(), 1);
    assertEquals("MR", told.siblings().get(0).modality());
  }

  @Test
  void anArrivalNamesWhoSentLastAndNobodyAfterAnImport() {
    assertEquals("MODALITY", arrive(series(1)).callingAeTitle());
    SampleSeries imported = series(1);
    byte[] file = imported.file(0);
    fixture.receive(IncomingInstance.ofFile(() -> new ByteArrayInputStream(file)));
    assertNull(fixture.awaitRevision(imported.uid(), 1).callingAeTitle());
  }
}
