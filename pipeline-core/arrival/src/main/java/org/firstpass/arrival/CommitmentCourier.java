package org.firstpass.arrival;

import java.util.Map;
import java.util.function.BiPredicate;
import org.firstpass.dicom.CommitmentReport;
import org.firstpass.dicom.DicomPeer;
import org.firstpass.dicom.StorageCommitment;
import org.firstpass.failure.FirstpassFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers on the association that asked, or on a new one to the requester's address. */
record CommitmentCourier(
    BiPredicate<String, CommitmentReport> sameAssociation, Map<String, DicomPeer> requesters)
    implements CommitmentDesk.Courier {
  private static final Logger LOG = LoggerFactory.getLogger(CommitmentCourier.class);

  @Override
  public boolean deliver(String requester, String called, CommitmentReport report) {
    if (sameAssociation.test(requester, report)) {
      return true;
    }
    DicomPeer peer = requesters.get(requester);
    if (peer == null) {
      LOG.warn(
          "commitment {} waits: {} closed its association and has no address in dicom.network",
          report.transaction(),
          requester);
      return false;
    }
    try {
      StorageCommitment.report(peer.callingAs(called), report);
      return true;
    } catch (FirstpassFailure e) {
      LOG.warn("commitment {} waits: {}", report.transaction(), e.getMessage());
      return false;
    }
  }
}
