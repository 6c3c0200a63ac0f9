package org.firstpass.dicom;

import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Dimse;
import org.firstpass.failure.FirstpassFailure;
import org.slf4j.Logger;

/**
 * How the response to a normalized operation says that it failed, and why.
 *
 * @see "PS3.7 10.3, annex C"
 */
final class OperationRefusal {
  private OperationRefusal() {}

  static void answer(
      Logger log,
      Association association,
      Dimse dimse,
      FirstpassFailure failure,
      int status,
      Attributes response) {
    log.warn(
        "{} of {} refused: {} {}",
        dimse,
        association.getCallingAET(),
        failure.code().code(),
        failure.getMessage());
    response.setInt(Tag.Status, VR.US, status);
    response.setString(
        Tag.ErrorComment, VR.LO, StoreStatus.commentOf(failure.code(), failure.code().advice()));
  }
}
