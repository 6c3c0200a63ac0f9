package org.firstpass.dicom;

import java.io.IOException;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.AssociationHandler;
import org.dcm4che3.net.pdu.AAssociateAC;
import org.dcm4che3.net.pdu.AAssociateRQ;

/** Answers associations in our name instead of the toolkit's. */
final class OwnImplementation extends AssociationHandler {
  @Override
  protected AAssociateAC negotiate(Association association, AAssociateRQ request)
      throws IOException {
    AAssociateAC answer = super.negotiate(association, request);
    answer.setImplClassUID(OwnEquipment.IMPLEMENTATION_CLASS_UID);
    answer.setImplVersionName(OwnEquipment.IMPLEMENTATION_VERSION_NAME);
    return answer;
  }
}
