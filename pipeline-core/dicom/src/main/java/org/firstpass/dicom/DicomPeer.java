package org.firstpass.dicom;

import org.firstpass.dicom.tls.TlsMaterial;
import org.jspecify.annotations.Nullable;

/**
 * Another DICOM application, and the name under which we call it.
 *
 * @param host its address or host name; over TLS its certificate must name it
 * @param port 1 to 65535
 * @param calledAeTitle its AE title
 * @param callingAeTitle ours
 * @param tls null: without TLS
 * @param operations how many operations to propose to have under way at once on one association,
 *     from 1; the peer may allow less (PS3.7 D.3.3.3)
 */
public record DicomPeer(
    String host,
    int port,
    String calledAeTitle,
    String callingAeTitle,
    @Nullable TlsMaterial tls,
    int operations) {
  private static final int MAX_OPERATIONS = 64;

  public DicomPeer {
    if (host.isBlank()) {
      throw new IllegalArgumentException("host must not be blank");
    }
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port is 1 to 65535, but is " + port);
    }
    AeTitles.require("calledAeTitle", calledAeTitle);
    AeTitles.require("callingAeTitle", callingAeTitle);
    if (operations < 1 || operations > MAX_OPERATIONS) {
      throw new IllegalArgumentException(
          "operations is 1 to " + MAX_OPERATIONS + ", but is " + operations);
    }
  }

  /** Without TLS, one operation at a time. */
  public DicomPeer(String host, int port, String calledAeTitle, String callingAeTitle) {
    this(host, port, calledAeTitle, callingAeTitle, null, 1);
  }

  /** The same peer over TLS. */
  public DicomPeer over(TlsMaterial material) {
    return new DicomPeer(host, port, calledAeTitle, callingAeTitle, material, operations);
  }

  /** The same peer with so many operations under way at once, if it allows them. */
  public DicomPeer withOperations(int most) {
    return new DicomPeer(host, port, calledAeTitle, callingAeTitle, tls, most);
  }

  /** The same peer, called under another name of ours. */
  public DicomPeer callingAs(String title) {
    return new DicomPeer(host, port, calledAeTitle, title, tls, operations);
  }

  @Override
  public String toString() {
    return calledAeTitle + "@" + host + ":" + port + (tls == null ? "" : " over TLS");
  }
}
