package org.firstpass.dicom;

import java.io.IOException;
import java.time.Duration;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.DimseRSP;
import org.dcm4che3.net.pdu.RoleSelection;
import org.firstpass.dicom.dataset.DataSet;

/**
 * An association on which a subscriber is told of workitems. Not thread-safe.
 *
 * @see "PS3.4 CC.2.4"
 */
public final class EventReporter implements AutoCloseable {
  private static final String EVENT = "1.2.840.10008.5.1.4.34.6.4";
  private static final int WARNINGS = 0xB000;

  private final RequestorNode node;
  private final Association association;

  private EventReporter(RequestorNode node, Association association) {
    this.node = node;
    this.association = association;
  }

  /**
   * Calls a subscriber.
   *
   * @param limit nothing that is waited for may take longer
   * @throws org.firstpass.failure.StudyRefused SERVICE_NOT_OFFERED if it takes no event reports
   * @throws org.firstpass.failure.TryAgainLater PEER_UNAVAILABLE
   */
  public static EventReporter call(DicomPeer subscriber, Duration limit) {
    var node = new RequestorNode(subscriber, limit);
    try {
      Association association = node.open(EVENT, true);
      // The toolkit looks for the role of the affected class, but that of UPS Event is negotiated.
      association
          .getAAssociateAC()
          .addRoleSelection(new RoleSelection(ProcedureStepMessages.PUSH, false, true));
      return new EventReporter(node, association);
    } catch (RuntimeException e) {
      node.close();
      throw e;
    }
  }

  /**
   * Sends an event report.
   *
   * @param instance of UPS Push that it is about, or the well-known one of all
   * @return whether the subscriber took it; false if it answered with a failure
   * @throws org.firstpass.failure.TryAgainLater PEER_UNAVAILABLE if it did not answer
   */
  public boolean send(String instance, int eventType, DataSet report) {
    try {
      DimseRSP response =
          RequestorNode.invoke(
              () ->
                  association.neventReport(
                      EVENT,
                      ProcedureStepMessages.PUSH,
                      instance,
                      eventType,
                      MessageDataSet.of(report),
                      null));
      int status = RequestorNode.onlyStatus(association, response);
      return status == 0 || (status & 0xF000) == WARNINGS;
    } catch (IOException e) {
      throw node.unavailable("did not answer an event report", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw node.unavailable("was not waited for", e);
    }
  }

  @Override
  public void close() {
    node.release(association);
    node.close();
  }
}
