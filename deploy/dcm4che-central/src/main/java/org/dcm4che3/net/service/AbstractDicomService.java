package org.dcm4che3.net.service;

import java.io.IOException;
import org.aoju.bus.image.Dimse;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.metric.Association;
import org.aoju.bus.image.metric.PDVInputStream;
import org.aoju.bus.image.metric.internal.pdu.Presentation;
import org.aoju.bus.image.metric.service.AbstractService;

/** A DIMSE service; the fork calls {@code onDimseRQ} by the name {@code onDimse}. */
public abstract class AbstractDicomService extends AbstractService {
  protected AbstractDicomService(String... sopClasses) {
    super(sopClasses);
  }

  @Override
  public final void onDimse(
      Association as, Presentation pc, Dimse dimse, Attributes cmd, PDVInputStream data)
      throws IOException {
    onDimseRQ(as, pc, dimse, cmd, data);
  }

  @Override
  protected final void onDimse(
      Association as, Presentation pc, Dimse dimse, Attributes cmd, Attributes data)
      throws IOException {
    onDimseRQ(as, pc, dimse, cmd, data);
  }

  public void onDimseRQ(
      Association as, Presentation pc, Dimse dimse, Attributes cmd, PDVInputStream data)
      throws IOException {
    super.onDimse(as, pc, dimse, cmd, data);
  }

  protected abstract void onDimseRQ(
      Association as, Presentation pc, Dimse dimse, Attributes cmd, Attributes data)
      throws IOException;
}
