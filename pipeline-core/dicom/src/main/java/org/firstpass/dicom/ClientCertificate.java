package org.firstpass.dicom;

/** Whether a TLS client shows a certificate. */
public enum ClientCertificate {
  /** It is not asked for one. */
  NONE,
  /** It is asked for one; if it shows one, that must be trusted. */
  OPTIONAL,
  /** Without a trusted one the handshake fails. */
  REQUIRED
}
