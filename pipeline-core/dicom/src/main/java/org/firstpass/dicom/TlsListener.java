package org.firstpass.dicom;

import org.firstpass.dicom.tls.TlsMaterial;

/**
 * The second port, on which associations go over TLS.
 *
 * @param port 1 to 65535, or 0 for any free one
 */
public record TlsListener(int port, TlsMaterial material, ClientCertificate clients) {
  public TlsListener {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("the TLS port is 0 to 65535, but is " + port);
    }
  }
}
