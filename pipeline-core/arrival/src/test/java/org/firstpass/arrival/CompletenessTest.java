package org.firstpass.arrival;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.firstpass.dicom.AccessList;
import org.firstpass.dicom.AccessRule;
import org.firstpass.dicom.Announcement;
import org.firstpass.dicom.Announcement.Progress;
import org.firstpass.dicom.Announcement.Source;
import org.firstpass.dicom.AnnouncementReceiver.Answer;
import org.firstpass.dicom.AvailabilityNotice;
import org.firstpass.dicom.DicomPeer;
import org.firstpass.dicom.ReferencedInstance;
import org.firstpass.dicom.ScpConfig;
import org.firstpass.dicom.ScpLimits;
import org.firstpass.dicom.StorageScu;
import org.firstpass.event.SeriesArrived;
import org.firstpass.failure.TryAgainLater;
import org.firstpass.study.DicomUid;
import org.firstpass.study.ProjectName;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.study.StudyInstanceUid;
import org.firstpass.testing.Deadline;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a series is complete, and for which project. */
class CompletenessTest {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  @TempDir static Path folder;
  private static GatewayFixture fixture;
  private static Announcements announcements;

  @BeforeAll
  static void open() {
    var scp =
        new ScpConfig(
            Map.of("FIRSTPASS", ProjectName.DEFAULT, "FP_LIVER", new ProjectName("liver")),
            "127.0.0.1",
            0,
            null,
            new AccessList(
                List.of(
                    new AccessRule("MODALITY", List.of(), List.of(), Set.of(), 0),
                    AccessRule.of("ARCHIVE"))),
            ScpLimits.DEFAULT);
    fixture =
        new GatewayFixture(
            folder,
            standard ->
                new GatewayConfig(
                    scp,
                    new CompletenessRule(GatewayFixture.QUIET, true, PATIENCE, true),
                    0,
                    standard.patients(),
                    Map.of()));
    announcements = new Announcements(fixture.database, fixture.clock);
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @Test
  void aSeriesIsCompleteAsSoonAsAllIsThereThatTheModalityAnnounced() {
    SampleSeries series = SampleSeries.small(3);
    SopInstanceUid step = newUid();
    assertEquals(Answer.TAKEN, announcements.created(mpps(step, Progress.IN_PROGRESS)));
    fixture.receive(series.instance(0));
    assertEquals(
        Answer.TAKEN, announcements.updated(mpps(step, Progress.COMPLETED, listOf(series, 3))));
    fixture.receive(series.instance(1));
    fixture.receive(series.instance(2));
    SeriesArrived event = awaitWithoutTime(series);
    assertEquals(3, event.instances());
    assertEquals(0, fixture.history(series).revisions().get(0).missing());
  }

  @Test
  void anAvailabilityNotificationOverAnAssociationCounts() {
    SampleSeries series = SampleSeries.small(2);
    fixture.receive(series);
    var notice =
        new AvailabilityNotice(
            newUid(), new StudyInstanceUid("1.2.3.8"), List.of(listOf(series, 2)), "ARCHIVE");
    notice.send(peer("FIRSTPASS", "ARCHIVE"), Duration.ofMinutes(1));
    notice.send(peer("FIRSTPASS", "ARCHIVE"), Duration.ofMinutes(1));
    assertEquals(2, awaitWithoutTime(series).instances());
  }

  @Test
  void aQuietSeriesWaitsForWhatWasAnnouncedAndThenIsCompleteWithoutIt() {
    SampleSeries series = SampleSeries.small(4);
    announcements.created(ian(listOf(series, 4)));
    fixture.receive(series.instance(0));
    fixture.receive(series.instance(1));
    fixture.clock.advance(PATIENCE.minusSeconds(1));
    // Another series that came at the same time and of which nothing was announced is complete.
    SampleSeries other = SampleSeries.small(1);
    fixture.receive(other);
    fixture.awaitRevision(other.uid(), 1);
    fixture.clock.advance(Duration.ofSeconds(1));
    SeriesArrived event = fixture.awaitRevision(series.uid(), 1);
    assertEquals(2, event.instances());
    assertEquals(2, fixture.history(series).revisions().get(0).missing());
  }

  @Test
  void aStepThatIsUnderWayAnnouncesNothingYet() {
    SampleSeries series = SampleSeries.small(2);
    SopInstanceUid step = newUid();
    announcements.created(mpps(step, Progress.IN_PROGRESS, listOf(series, 2)));
    fixture.receive(series.instance(0));
    assertEquals(1, fixture.awaitRevision(series.uid(), 1).instances());
  }

  @Test
  void whatComesAfterAllThatWasAnnouncedWaitsForQuiet() {
    SampleSeries series = SampleSeries.small(4);
    announcements.created(ian(listOf(series, 2)));
    fixture.receive(series.instance(0));
    fixture.receive(series.instance(1));
    awaitWithoutTime(series);
    fixture.receive(series.instance(2));
    fixture.receive(series.instance(3));
    assertEquals(4, fixture.awaitRevision(series.uid(), 2).instances());
    assertEquals(2, fixture.arrivals(series.uid()).size());
  }

  @Test
  void aStepIsCreatedOnceAndUpdatedUntilItHasEnded() {
    SopInstanceUid step = newUid();
    assertEquals(Answer.UNKNOWN, announcements.updated(mpps(step, Progress.COMPLETED)));
    assertEquals(Answer.TAKEN, announcements.created(mpps(step, Progress.IN_PROGRESS)));
    assertEquals(Answer.DUPLICATE, announcements.created(mpps(step, Progress.IN_PROGRESS)));
    assertEquals(Answer.TAKEN, announcements.updated(mpps(step, Progress.IN_PROGRESS)));
    assertEquals(Answer.TAKEN, announcements.updated(mpps(step, Progress.DISCONTINUED)));
    assertEquals(Answer.FINAL, announcements.updated(mpps(step, Progress.COMPLETED)));
  }

  @Test
  void theAeTitleThatWasCalledTellsTheProject() {
    SampleSeries series = SampleSeries.small(2);
    StorageScu.send(
        peer("FP_LIVER", "MODALITY"), series.writeTo(folder.resolve("liver")), 1, done -> {});
    SeriesArrived event = fixture.awaitRevision(series.uid(), 1);
    assertEquals(new ProjectName("liver"), event.sentFor());
    assertEquals(new ProjectName("liver"), fixture.history(series).project());
    SampleSeries other = SampleSeries.small(1);
    fixture.receive(other);
    assertEquals(ProjectName.DEFAULT, fixture.awaitRevision(other.uid(), 1).sentFor());
  }

  @Test
  void whoIsTurnedAwayIsCounted() {
    double before = fixture.counted("arrival.rejected.associations", "reason", "calling_ae_title");
    Assertions.assertThrows(
        TryAgainLater.class, () -> StorageScu.echo(peer("FIRSTPASS", "STRANGER")));
    assertEquals(
        before + 1, fixture.counted("arrival.rejected.associations", "reason", "calling_ae_title"));
    assertTrue(fixture.meters.get("arrival.open.associations").gauge().value() >= 0);
  }

  private static SeriesArrived awaitWithoutTime(SampleSeries series) {
    Deadline.await("the event", () -> fixture.arrivals(series.uid()).size() == 1);
    return fixture.arrivals(series.uid()).get(0);
  }

  private static Announcement.Series listOf(SampleSeries series, int count) {
    return new Announcement.Series(
        series.uid(),
        series.references().stream().limit(count).map(ReferencedInstance::of).toList());
  }

  private static Announcement mpps(
      SopInstanceUid step, Progress progress, Announcement.Series... series) {
    return new Announcement(Source.MPPS, progress, "MODALITY", step, List.of(series));
  }

  private static Announcement ian(Announcement.Series series) {
    return new Announcement(Source.IAN, Progress.COMPLETED, "ARCHIVE", newUid(), List.of(series));
  }

  private static SopInstanceUid newUid() {
    return new SopInstanceUid(DicomUid.of(UUID.randomUUID()));
  }

  private static DicomPeer peer(String calledAeTitle, String callingAeTitle) {
    return new DicomPeer("127.0.0.1", fixture.gateway.port(), calledAeTitle, callingAeTitle);
  }
}
