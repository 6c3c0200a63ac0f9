package org.firstpass.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.firstpass.dicom.DicomPeer;
import org.firstpass.dicom.tls.TlsFiles;
import org.firstpass.dicom.tls.TlsMaterial;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command reaches another system over TLS. */
final class TlsOptions {
  @Option(
      names = "--tls",
      description = "Over TLS; every other option of TLS says so too. Its port is often 2762.")
  boolean tls;

  @Option(
      names = "--tls-identity",
      paramLabel = "<file>",
      description = "Our certificate, PEM or PKCS #12. Default: we show none.")
  @Nullable Path identity;

  @Option(
      names = "--tls-key",
      paramLabel = "<file>",
      description = "Our private key, PEM (PKCS #8). Default: in the file of --tls-identity.")
  @Nullable Path key;

  @Option(
      names = "--tls-password",
      paramLabel = "<file>",
      description = "A file with the password of the PKCS #12 files. Default: none.")
  @Nullable Path password;

  @Option(
      names = "--tls-trusted",
      paramLabel = "<file>",
      description = {
        "Certificates that the receiver's must come from, PEM or PKCS #12.",
        "Default: those that Java trusts."
      })
  @Nullable Path trusted;

  /** The peer as it is reached. */
  DicomPeer reach(DicomPeer peer) {
    if (!tls && identity == null && key == null && password == null && trusted == null) {
      return peer;
    }
    try {
      String secret = password == null ? "" : Files.readString(password).strip();
      return peer.over(TlsMaterial.load(new TlsFiles(identity, key, secret, trusted)));
    } catch (IOException e) {
      throw new CommandFailed("the password in " + password + " cannot be read", e);
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(String.valueOf(e.getMessage()), e);
    }
  }
}
