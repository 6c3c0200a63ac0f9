package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.firstpass.dicom.tls.TlsFiles;
import org.firstpass.dicom.tls.TlsMaterial;

/** Keys and certificates that are made for a test, each signed by itself. */
final class TestCertificates {
  static final String PASSWORD = "changeit";
  private final Path folder;

  TestCertificates(Path folder) {
    this.folder = folder;
  }

  /** Somebody's key and certificate, as PKCS #12 and as PEM. */
  record Identity(Path pkcs12, Path certificate, Path key, X509Certificate x509) {

    /** Its own key, with trust in these others. */
    TlsMaterial trusting(Identity... others) {
      return TlsMaterial.load(new TlsFiles(certificate, key, PASSWORD, bundle(others)));
    }

    /** The same from the PKCS #12 file. */
    TlsMaterial ofPkcs12Trusting(Identity... others) {
      return TlsMaterial.load(new TlsFiles(pkcs12, null, PASSWORD, bundle(others)));
    }
  }

  /** A client without a key. */
  static TlsMaterial onlyTrusting(Identity... others) {
    return TlsMaterial.load(new TlsFiles(null, null, "", bundle(others)));
  }

  /**
   * @param name the common name
   * @param hosts what the certificate is for, for instance ip:127.0.0.1
   */
  Identity make(String name, String hosts) {
    Path store = folder.resolve(name + ".p12");
    keytool(
        "-genkeypair",
        "-alias",
        name,
        "-keyalg",
        "RSA",
        "-keysize",
        "2048",
        "-dname",
        "CN=" + name + ",O=Firstpass tests",
        "-validity",
        "2",
        "-ext",
        "san=" + hosts,
        "-storetype",
        "PKCS12",
        "-keystore",
        store.toString(),
        "-storepass",
        PASSWORD);
    try (InputStream in = Files.newInputStream(store)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD.toCharArray());
      X509Certificate certificate = (X509Certificate) keys.getCertificate(name);
      byte[] key = keys.getKey(name, PASSWORD.toCharArray()).getEncoded();
      return new Identity(
          store,
          pem(name + ".crt", "CERTIFICATE", certificate.getEncoded()),
          pem(name + ".key", "PRIVATE KEY", key),
          certificate);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path bundle(Identity... others) {
    try {
      Path bundle = Files.createTempFile(others[0].key().getParent(), "trusted", ".pem");
      for (Identity other : others) {
        Files.write(
            bundle,
            Files.readAllBytes(other.certificate()),
            java.nio.file.StandardOpenOption.APPEND);
      }
      return bundle;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path pem(String file, String label, byte[] content) throws IOException {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return Files.writeString(
        folder.resolve(file),
        "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, base64, label));
  }

  private static void keytool(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin/keytool").toString()));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
