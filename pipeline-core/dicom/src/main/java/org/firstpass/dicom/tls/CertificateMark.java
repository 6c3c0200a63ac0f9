package org.firstpass.dicom.tls;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;

/**
 * By what a client certificate is known: its subject, which survives a renewal, or its fingerprint.
 */
public sealed interface CertificateMark {
  /** Whether the certificate has this mark. */
  boolean marks(X509Certificate certificate);

  /**
   * Reads {@code sha256:} and 64 hexadecimal digits, with or without colons, or a distinguished
   * name as RFC 2253 writes it.
   */
  static CertificateMark parse(String text) {
    if (text.toLowerCase(Locale.ROOT).startsWith(Fingerprint.PREFIX)) {
      return new Fingerprint(
          text.substring(Fingerprint.PREFIX.length()).replace(":", "").toLowerCase(Locale.ROOT));
    }
    try {
      return new Subject(new X500Principal(text));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "expected sha256:<fingerprint> or a distinguished name, found '" + text + "'", e);
    }
  }

  /** The subject of the certificate. */
  record Subject(X500Principal name) implements CertificateMark {
    @Override
    public boolean marks(X509Certificate certificate) {
      return name.equals(certificate.getSubjectX500Principal());
    }
  }

  /** The SHA-256 of the certificate. */
  record Fingerprint(String hex) implements CertificateMark {
    private static final String PREFIX = "sha256:";
    private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{64}");

    public Fingerprint {
      if (!SHAPE.matcher(hex).matches()) {
        throw new IllegalArgumentException(
            "a SHA-256 fingerprint has 64 hexadecimal digits, but is '" + hex + "'");
      }
    }

    /** The fingerprint of a certificate. */
    public static Fingerprint of(X509Certificate certificate) {
      try {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        return new Fingerprint(HexFormat.of().formatHex(digest));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("a certificate has no SHA-256", e);
      }
    }

    @Override
    public boolean marks(X509Certificate certificate) {
      return equals(of(certificate));
    }
  }
}
