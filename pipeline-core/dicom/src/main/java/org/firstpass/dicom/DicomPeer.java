package org.firstpass.dicom;

/**
 * Another DICOM application, and the name under which we call it.
 *
 * @param host its address or host name
 * @param port 1 to 65535
 * @param calledAeTitle its AE title
 * @param callingAeTitle ours
 */
public record DicomPeer(String host, int port, String calledAeTitle, String callingAeTitle) {
  public DicomPeer {
    if (host.isBlank()) {
      throw new IllegalArgumentException("host must not be blank");
    }
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port is 1 to 65535, but is " + port);
    }
    AeTitles.require("calledAeTitle", calledAeTitle);
    AeTitles.require("callingAeTitle", callingAeTitle);
  }

  @Override
  public String toString() {
    return calledAeTitle + "@" + host + ":" + port;
  }
}
