package org.firstpass.dicom;

import java.io.IOException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.PDVInputStream;
import org.dcm4che3.net.pdu.PresentationContext;
import org.jspecify.annotations.Nullable;

/**
 * C-STORE as a sub-operation of a C-GET of ours: like any other, on a connection that is metered.
 */
final class RetrievedStore extends IncomingStore {
  private final ReceiveMeter meter;

  RetrievedStore(InstanceReceiver receiver, ReceiveMeter meter) {
    super(receiver, ScpLimits.DEFAULT, ScpWatch.NONE);
    this.meter = meter;
  }

  @Override
  protected void store(
      Association association,
      PresentationContext context,
      Attributes request,
      @Nullable PDVInputStream data,
      Attributes response)
      throws IOException {
    meter.instance();
    try {
      super.store(association, context, request, data, response);
    } finally {
      meter.message();
    }
  }
}
