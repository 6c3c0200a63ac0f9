package org.dcm4che3.net.service;

import org.aoju.bus.image.metric.ImageException;

/** A service's refusal, which becomes the status of the response. */
public class DicomServiceException extends ImageException {
  private static final long serialVersionUID = 1L;

  private final int status;

  public DicomServiceException(int status) {
    super(status);
    this.status = status;
  }

  public DicomServiceException(int status, String message) {
    super(status, message);
    this.status = status;
  }

  public DicomServiceException(int status, Throwable cause) {
    super(status, cause);
    this.status = status;
  }

  public int getStatus() {
    return status;
  }
}
