package org.firstpass.dicom;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Commands;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.PDVInputStream;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.service.AbstractDicomService;
import org.dcm4che3.net.service.DicomServiceException;
import org.firstpass.dicom.Announcement.Progress;
import org.firstpass.dicom.Announcement.Series;
import org.firstpass.dicom.Announcement.Source;
import org.firstpass.dicom.AnnouncementReceiver.Answer;
import org.firstpass.failure.FirstpassFailure;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.study.DicomUid;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SopInstanceUid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Modality Performed Procedure Step (N-CREATE, N-SET) and Instance Availability Notification
 * (N-CREATE). Safe for use by many threads.
 *
 * @see "PS3.4 F.7.2 and R.3"
 */
final class AnnouncementService extends AbstractDicomService {
  /** Performed Procedure Step Object may no longer be updated. */
  private static final int NO_LONGER_UPDATED = 0xA710;

  private static final int PROCESSING_FAILURE = 0x0110;

  private static final Logger LOG = LoggerFactory.getLogger(AnnouncementService.class);

  private final AnnouncementReceiver receiver;

  AnnouncementService(AnnouncementReceiver receiver) {
    super(UID.ModalityPerformedProcedureStep, UID.InstanceAvailabilityNotification);
    this.receiver = receiver;
  }

  @Override
  public void onDimseRQ(
      Association association,
      PresentationContext context,
      Dimse dimse,
      Attributes command,
      PDVInputStream data)
      throws IOException {
    boolean create = dimse == Dimse.N_CREATE_RQ;
    if (!create && dimse != Dimse.N_SET_RQ) {
      throw new DicomServiceException(EchoService.UNRECOGNIZED_OPERATION);
    }
    if (create && !command.contains(Tag.AffectedSOPInstanceUID)) {
      // Whoever creates may leave the naming to us; the response says the name.
      command.setString(Tag.AffectedSOPInstanceUID, VR.UI, DicomUid.of(UUID.randomUUID()));
    }
    Attributes response =
        create ? Commands.mkNCreateRSP(command, 0) : Commands.mkNSetRSP(command, 0);
    try {
      Attributes message = BoundedDataset.read(data, context);
      response.setInt(Tag.Status, VR.US, take(association, dimse, command, message, response));
    } catch (FirstpassFailure e) {
      boolean later = e.code().kind() == ReasonCode.Kind.TRY_AGAIN;
      OperationRefusal.answer(LOG, association, dimse, e, later ? 0x0213 : 0x0106, response);
    } catch (RuntimeException e) {
      LOG.error("{} of {} failed", dimse, association.getCallingAET(), e);
      response.setInt(Tag.Status, VR.US, PROCESSING_FAILURE);
    }
    association.writeDimseRSP(context, response);
  }

  @Override
  protected void onDimseRQ(
      Association association,
      PresentationContext context,
      Dimse dimse,
      Attributes command,
      Attributes data) {
    throw new IllegalStateException("data sets are read with a bound");
  }

  private int take(
      Association association,
      Dimse dimse,
      Attributes command,
      Attributes message,
      Attributes response) {
    boolean create = dimse == Dimse.N_CREATE_RQ;
    int classTag = create ? Tag.AffectedSOPClassUID : Tag.RequestedSOPClassUID;
    boolean step = UID.ModalityPerformedProcedureStep.equals(command.getString(classTag));
    if (!create && !step) {
      return EchoService.UNRECOGNIZED_OPERATION;
    }
    String id =
        command.getString(create ? Tag.AffectedSOPInstanceUID : Tag.RequestedSOPInstanceUID, "");
    DicomUids.requireShape("SOPInstanceUID", id);
    var announcement =
        new Announcement(
            step ? Source.MPPS : Source.IAN,
            step ? progress(message) : Progress.COMPLETED,
            association.getCallingAET(),
            new SopInstanceUid(id),
            step ? performed(message) : available(message));
    Answer answer = create ? receiver.created(announcement) : receiver.updated(announcement);
    if (answer == Answer.FINAL) {
      response.setInt(Tag.ErrorID, VR.US, NO_LONGER_UPDATED);
    }
    return answer.status();
  }

  /** An N-SET that does not speak of the state leaves the step in progress. */
  private static Progress progress(Attributes message) {
    String status = message.getString(Tag.PerformedProcedureStepStatus, "IN PROGRESS");
    return switch (status) {
      case "IN PROGRESS" -> Progress.IN_PROGRESS;
      case "COMPLETED" -> Progress.COMPLETED;
      case "DISCONTINUED" -> Progress.DISCONTINUED;
      default ->
          throw new StudyRefused(
              ReasonCode.MALFORMED_INSTANCE,
              "expected PerformedProcedureStepStatus to be one of the three of the standard");
    };
  }

  private static List<Series> performed(Attributes message) {
    List<Series> found = new ArrayList<>();
    for (Attributes item : CommitmentMessage.items(message, Tag.PerformedSeriesSequence)) {
      List<ReferencedInstance> instances = new ArrayList<>();
      instances.addAll(instances(item, Tag.ReferencedImageSequence));
      instances.addAll(instances(item, Tag.ReferencedNonImageCompositeSOPInstanceSequence));
      found.add(new Series(seriesOf(item), instances));
    }
    return found;
  }

  private static List<Series> available(Attributes message) {
    List<Series> found = new ArrayList<>();
    for (Attributes item : CommitmentMessage.items(message, Tag.ReferencedSeriesSequence)) {
      found.add(new Series(seriesOf(item), instances(item, Tag.ReferencedSOPSequence)));
    }
    return found;
  }

  private static List<ReferencedInstance> instances(Attributes series, int sequence) {
    return CommitmentMessage.items(series, sequence).stream()
        .filter(item -> !"UNAVAILABLE".equals(item.getString(Tag.InstanceAvailability)))
        .map(CommitmentMessage::instanceOf)
        .toList();
  }

  private static SeriesInstanceUid seriesOf(Attributes item) {
    String uid = item.getString(Tag.SeriesInstanceUID, "");
    DicomUids.requireShape("SeriesInstanceUID", uid);
    return new SeriesInstanceUid(uid);
  }
}
