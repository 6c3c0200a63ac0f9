package org.firstpass.dicom;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.DimseRSP;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.study.StudyInstanceUid;

/**
 * Tells others that instances of a study can be retrieved.
 *
 * @param id SOP Instance UID of the notification
 * @param retrieveAeTitle from where they can be retrieved
 * @see "PS3.4 table R.3.2-1"
 */
public record AvailabilityNotice(
    SopInstanceUid id,
    StudyInstanceUid study,
    List<Announcement.Series> series,
    String retrieveAeTitle) {
  public AvailabilityNotice {
    AeTitles.require("retrieveAeTitle", retrieveAeTitle);
    series = List.copyOf(series);
    if (series.isEmpty()) {
      throw new IllegalArgumentException("a notice speaks of a series at least");
    }
  }

  /**
   * Sends it. A duplicate is success: it was sent before.
   *
   * @param limit nothing that is waited for may take longer
   * @throws org.firstpass.failure.StudyRefused SERVICE_NOT_OFFERED if the peer takes no notices
   * @throws org.firstpass.failure.TryAgainLater PEER_UNAVAILABLE if it does not take this one
   */
  public void send(DicomPeer peer, Duration limit) {
    try (var node = new RequestorNode(peer, limit)) {
      Association association = node.open(UID.InstanceAvailabilityNotification, false);
      try {
        DimseRSP response =
            RequestorNode.invoke(
                () ->
                    association.ncreate(
                        UID.InstanceAvailabilityNotification, id.value(), toDataset(), null));
        int status = RequestorNode.onlyStatus(association, response);
        if (status != 0 && status != AnnouncementReceiver.Answer.DUPLICATE.status()) {
          throw node.unavailable("answered the notice with status %04XH".formatted(status), null);
        }
      } catch (IOException e) {
        throw node.unavailable("did not answer the notice", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw node.unavailable("was not waited for", e);
      } finally {
        node.release(association);
      }
    }
  }

  private Attributes toDataset() {
    var message = new Attributes();
    message.newSequence(Tag.ReferencedPerformedProcedureStepSequence, 0);
    message.setString(Tag.StudyInstanceUID, VR.UI, study.value());
    Sequence items = message.newSequence(Tag.ReferencedSeriesSequence, series.size());
    for (Announcement.Series one : series) {
      var item = new Attributes();
      item.setString(Tag.SeriesInstanceUID, VR.UI, one.series().value());
      Sequence instances = item.newSequence(Tag.ReferencedSOPSequence, one.instances().size());
      for (ReferencedInstance instance : one.instances()) {
        Attributes reference = CommitmentMessage.item(instance);
        reference.setString(Tag.InstanceAvailability, VR.CS, "ONLINE");
        reference.setString(Tag.RetrieveAETitle, VR.AE, retrieveAeTitle);
        instances.add(reference);
      }
      items.add(item);
    }
    return message;
  }
}
