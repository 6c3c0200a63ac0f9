package org.firstpass.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Somebody's key and certificate, which is signed by itself, as PEM files.
 *
 * @param certificate also what others trust
 * @param key PKCS #8
 * @param pkcs12 both of them
 */
public record TestKeys(Path certificate, Path key, Path pkcs12) {
  private static final String PASSWORD = "changeit";

  /**
   * Makes them in a folder.
   *
   * @param name the common name
   * @param hosts what the certificate is for, for instance ip:127.0.0.1
   */
  public static TestKeys make(Path folder, String name, String hosts) {
    Path store = folder.resolve(name + ".p12");
    try {
      keytool(store, name, hosts);
      KeyStore keys = open(store);
      byte[] certificate = keys.getCertificate(name).getEncoded();
      byte[] key = keys.getKey(name, PASSWORD.toCharArray()).getEncoded();
      return new TestKeys(
          pem(folder.resolve(name + ".crt"), "CERTIFICATE", certificate),
          pem(folder.resolve(name + ".key"), "PRIVATE KEY", key),
          store);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** For a server with this key that trusts one client. */
  public SSLContext serving(TestKeys client) {
    try {
      var keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(open(pkcs12), PASSWORD.toCharArray());
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      try (InputStream in = Files.newInputStream(client.certificate())) {
        var certificates = CertificateFactory.getInstance("X.509");
        trusted.setCertificateEntry("client", certificates.generateCertificate(in));
      }
      var trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyStore open(Path store) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  private static Path pem(Path file, String label, byte[] content) throws IOException {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    String text = "-----BEGIN %s-----\n%s\n-----END %s-----\n";
    return Files.writeString(file, text.formatted(label, base64, label));
  }

  private static void keytool(Path store, String name, String hosts) throws IOException {
    String program = Path.of(System.getProperty("java.home"), "bin/keytool").toString();
    String arguments =
        "-genkeypair -alias %s -keyalg RSA -keysize 2048 -dname CN=%s -validity 2 -ext san=%s"
                .formatted(name, name, hosts)
            + " -storetype PKCS12 -storepass "
            + PASSWORD
            + " -keystore";
    ProcessBuilder command = new ProcessBuilder(program).redirectErrorStream(true);
    command.command().addAll(List.of(arguments.split(" ")));
    command.command().add(store.toString());
    try {
      Process process = command.start();
      byte[] said = process.getInputStream().readAllBytes();
      if (process.waitFor() != 0) {
        throw new IllegalStateException(new String(said, StandardCharsets.UTF_8));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
