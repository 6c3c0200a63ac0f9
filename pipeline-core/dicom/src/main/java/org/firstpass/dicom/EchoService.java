package org.firstpass.dicom;

import java.io.IOException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Commands;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.PDVInputStream;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.service.AbstractDicomService;
import org.dcm4che3.net.service.DicomServiceException;
import org.jspecify.annotations.Nullable;

/**
 * C-ECHO. A data set, which it should not have, is not read into memory. Safe for many threads.
 *
 * @see "PS3.4 A.4"
 */
final class EchoService extends AbstractDicomService {
  static final int UNRECOGNIZED_OPERATION = 0x0211;

  EchoService() {
    super(UID.Verification);
  }

  @Override
  public void onDimseRQ(
      Association association,
      PresentationContext context,
      Dimse dimse,
      Attributes command,
      @Nullable PDVInputStream data)
      throws IOException {
    if (dimse != Dimse.C_ECHO_RQ) {
      throw new DicomServiceException(UNRECOGNIZED_OPERATION);
    }
    if (data != null) {
      data.skipAll();
    }
    association.writeDimseRSP(context, Commands.mkEchoRSP(command, 0));
  }

  @Override
  protected void onDimseRQ(
      Association association,
      PresentationContext context,
      Dimse dimse,
      Attributes command,
      Attributes data) {
    throw new IllegalStateException("data sets are not read");
  }
}
