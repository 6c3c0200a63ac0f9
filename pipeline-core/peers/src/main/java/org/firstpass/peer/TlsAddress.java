package org.firstpass.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.firstpass.dicom.tls.TlsFiles;
import org.firstpass.dicom.tls.TlsMaterial;
import org.jspecify.annotations.Nullable;

/**
 * How a system is reached over TLS.
 *
 * @param identity our certificate, PEM or PKCS #12; null: we show none
 * @param key our private key, PEM; null: it is in {@code identity}
 * @param password a file with the password of PKCS #12 files; null for none
 * @param trusted certificates of authorities that are trusted; null: those of Java
 */
public record TlsAddress(
    @Nullable String identity,
    @Nullable String key,
    @Nullable String password,
    @Nullable String trusted) {
  /** Reads the files; what is wrong with them is named. */
  public TlsMaterial material() {
    return TlsMaterial.load(new TlsFiles(path(identity), path(key), secret(), path(trusted)));
  }

  private static @Nullable Path path(@Nullable String file) {
    return file == null ? null : Path.of(file);
  }

  private String secret() {
    if (password == null) {
      return "";
    }
    try {
      return Files.readString(Path.of(password)).strip();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "tls.password must be a file that can be read, but is '" + password + "'", e);
    }
  }
}
