package org.dcm4che3.net.service;

import org.aoju.bus.image.metric.service.ImageService;
import org.aoju.bus.image.metric.service.ServiceHandler;

/** The services of an application entity by SOP class. */
public class DicomServiceRegistry extends ServiceHandler {
  public void addDicomService(ImageService service) {
    addService(service);
  }

  public void removeDicomService(ImageService service) {
    removeService(service);
  }
}
