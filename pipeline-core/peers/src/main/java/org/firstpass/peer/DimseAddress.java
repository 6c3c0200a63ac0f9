package org.firstpass.peer;

import org.firstpass.dicom.DicomPeer;
import org.jspecify.annotations.Nullable;

/**
 * A system that is reached by DIMSE.
 *
 * @param called its AE title
 * @param calling ours
 * @param tls null: without TLS
 */
public record DimseAddress(
    @Nullable String host,
    int port,
    @Nullable String called,
    @Nullable String calling,
    @Nullable TlsAddress tls) {
  public DimseAddress {
    peer(host, port, called, calling);
    if (tls != null) {
      tls.material();
    }
  }

  /** How it is called. */
  public DicomPeer peer() {
    DicomPeer plain = peer(host, port, called, calling);
    return tls == null ? plain : plain.over(tls.material());
  }

  private static DicomPeer peer(
      @Nullable String host, int port, @Nullable String called, @Nullable String calling) {
    return new DicomPeer(
        Requirement.text("host", host),
        port,
        Requirement.text("called", called),
        Requirement.text("calling", calling));
  }
}
