package org.firstpass.dicom.tls;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where keys and certificates lie: PEM, or PKCS #12 if the name ends in .p12 or .pfx.
 *
 * @param identity our certificate and those above it; of a PKCS #12 file also the key; null: none,
 *     as a client without a certificate
 * @param key our private key in PEM (PKCS #8, not encrypted); null: it is in {@code identity}
 * @param password of PKCS #12 files; PEM has none
 * @param trusted certificates of authorities, or of peers themselves, that are trusted; null: those
 *     of the Java runtime
 */
public record TlsFiles(
    @Nullable Path identity, @Nullable Path key, String password, @Nullable Path trusted) {
  @Override
  public String toString() {
    return "TlsFiles[" + identity + ", " + key + ", trusted=" + trusted + "]";
  }
}
