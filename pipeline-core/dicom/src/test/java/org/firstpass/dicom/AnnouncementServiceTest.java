package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.DimseRSP;
import org.firstpass.dicom.Announcement.Progress;
import org.firstpass.dicom.Announcement.Source;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.TryAgainLater;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SopClassUid;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.study.StudyInstanceUid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnnouncementServiceTest {
  private final List<Announcement> created = new CopyOnWriteArrayList<>();
  private final List<Announcement> updated = new CopyOnWriteArrayList<>();
  private volatile AnnouncementReceiver.Answer answer = AnnouncementReceiver.Answer.TAKEN;
  private final StorageScp scp = scp();
  private final RequestorNode node = new RequestorNode(TestNetwork.peer(scp, "CT1"));

  @AfterEach
  void end() {
    node.close();
    scp.close();
  }

  private StorageScp scp() {
    var receiver =
        new AnnouncementReceiver() {
          @Override
          public Answer created(Announcement announcement) {
            created.add(announcement);
            return answer;
          }

          @Override
          public Answer updated(Announcement announcement) {
            updated.add(announcement);
            return answer;
          }
        };
    return TestNetwork.started(
        TestNetwork.config(AccessList.OPEN, null),
        new ScpServices(new Collected(), null, new CommitmentInbox(), receiver),
        ScpWatch.NONE);
  }

  @Test
  void aStepIsCreatedAndCompletedWithImagesAndOtherObjectsOfItsSeries() throws Exception {
    assertEquals(0, create(step("IN PROGRESS")).getInt(Tag.Status, -1));
    Attributes done = step("COMPLETED");
    Attributes series = new Attributes();
    series.setString(Tag.SeriesInstanceUID, VR.UI, "2.25.10");
    series.newSequence(Tag.ReferencedImageSequence, 2).add(reference("2.25.11"));
    series.getSequence(Tag.ReferencedImageSequence).add(reference("2.25.12"));
    series
        .newSequence(Tag.ReferencedNonImageCompositeSOPInstanceSequence, 1)
        .add(reference("2.25.13"));
    done.newSequence(Tag.PerformedSeriesSequence, 1).add(series);
    assertEquals(0, set(done).getInt(Tag.Status, -1));
    assertEquals(
        new Announcement(
            Source.MPPS, Progress.IN_PROGRESS, "CT1", new SopInstanceUid("2.25.1"), List.of()),
        created.get(0));
    Announcement completed = updated.get(0);
    assertEquals(Progress.COMPLETED, completed.progress());
    assertEquals(new SeriesInstanceUid("2.25.10"), completed.series().get(0).series());
    assertEquals(
        List.of("2.25.11", "2.25.12", "2.25.13"),
        completed.series().get(0).instances().stream()
            .map(instance -> instance.instance().value())
            .toList());
  }

  @Test
  void everyAnswerHasItsStatus() throws Exception {
    answer = AnnouncementReceiver.Answer.DUPLICATE;
    assertEquals(0x0111, create(step("IN PROGRESS")).getInt(Tag.Status, -1));
    answer = AnnouncementReceiver.Answer.UNKNOWN;
    assertEquals(0x0112, set(step("COMPLETED")).getInt(Tag.Status, -1));
    answer = AnnouncementReceiver.Answer.FINAL;
    Attributes response = set(step("COMPLETED"));
    assertEquals(0x0110, response.getInt(Tag.Status, -1));
    assertEquals(0xA710, response.getInt(Tag.ErrorID, -1));
  }

  @Test
  void aStateThatTheStandardDoesNotKnowIsRefused() throws Exception {
    assertEquals(0x0106, create(step("DONE")).getInt(Tag.Status, -1));
    assertTrue(created.isEmpty());
  }

  @Test
  void aStepWithoutANameGetsOne() throws Exception {
    Association association = node.open(UID.ModalityPerformedProcedureStep, false);
    DimseRSP response =
        association.ncreate(UID.ModalityPerformedProcedureStep, null, step("IN PROGRESS"), null);
    response.next();
    assertEquals(
        created.get(0).id().value(), response.getCommand().getString(Tag.AffectedSOPInstanceUID));
    node.release(association);
  }

  @Test
  void aNoticeTellsWhichInstancesOfWhichSeriesAreThere() {
    var instance =
        new ReferencedInstance(new SopClassUid(SopClasses.CT_IMAGE), new SopInstanceUid("2.25.21"));
    var series = new Announcement.Series(new SeriesInstanceUid("2.25.20"), List.of(instance));
    var notice =
        new AvailabilityNotice(
            new SopInstanceUid("2.25.2"),
            new StudyInstanceUid("2.25.3"),
            List.of(series),
            "ARCHIVE");
    notice.send(TestNetwork.peer(scp, "ARCHIVE"), Duration.ofMinutes(1));
    assertEquals(
        new Announcement(
            Source.IAN,
            Progress.COMPLETED,
            "ARCHIVE",
            new SopInstanceUid("2.25.2"),
            List.of(series)),
        created.get(0));
  }

  @Test
  void aNoticeThatCannotBeKeptIsSentAgainLater() {
    answer = AnnouncementReceiver.Answer.FINAL;
    var notice =
        new AvailabilityNotice(
            new SopInstanceUid("2.25.2"),
            new StudyInstanceUid("2.25.3"),
            List.of(new Announcement.Series(new SeriesInstanceUid("2.25.20"), List.of())),
            "ARCHIVE");
    var failure =
        assertThrows(
            TryAgainLater.class,
            () -> notice.send(TestNetwork.peer(scp, "ARCHIVE"), Duration.ofMinutes(1)));
    assertEquals(ReasonCode.PEER_UNAVAILABLE, failure.code());
  }

  private Attributes create(Attributes step) throws Exception {
    Association association = node.open(UID.ModalityPerformedProcedureStep, false);
    DimseRSP response =
        association.ncreate(UID.ModalityPerformedProcedureStep, "2.25.1", step, null);
    response.next();
    node.release(association);
    return response.getCommand();
  }

  private Attributes set(Attributes step) throws Exception {
    Association association = node.open(UID.ModalityPerformedProcedureStep, false);
    DimseRSP response = association.nset(UID.ModalityPerformedProcedureStep, "2.25.1", step, null);
    response.next();
    node.release(association);
    return response.getCommand();
  }

  private static Attributes step(String status) {
    var step = new Attributes();
    step.setString(Tag.PerformedProcedureStepStatus, VR.CS, status);
    return step;
  }

  private static Attributes reference(String instance) {
    var item = new Attributes();
    item.setString(Tag.ReferencedSOPClassUID, VR.UI, SopClasses.CT_IMAGE);
    item.setString(Tag.ReferencedSOPInstanceUID, VR.UI, instance);
    return item;
  }
}
