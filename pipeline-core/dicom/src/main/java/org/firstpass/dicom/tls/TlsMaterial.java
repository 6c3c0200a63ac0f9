package org.firstpass.dicom.tls;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * What a TLS connection needs: who we are, whom we trust, and the protocols and cipher suites of
 * the BCP 195 profile. Immutable.
 *
 * @see "PS3.15 B.12, RFC 9325 section 4.2"
 */
public final class TlsMaterial {
  private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

  /** All with forward secrecy and authenticated encryption. */
  private static final List<String> SUITES =
      List.of(
          "TLS_AES_256_GCM_SHA384",
          "TLS_AES_128_GCM_SHA256",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");

  private static final String ENTRY = "firstpass";

  private final SSLContext asServer;
  private final SSLContext asClient;
  private final X509ExtendedTrustManager trust;

  private TlsMaterial(KeyManager keys, X509ExtendedTrustManager trust) {
    this.trust = trust;
    this.asServer = context(keys, trust);
    this.asClient = context(keys, trustInServers());
  }

  /**
   * Reads the files.
   *
   * @throws IllegalArgumentException naming the file, if one cannot be read or holds something else
   */
  public static TlsMaterial load(TlsFiles files) {
    return new TlsMaterial(keys(files), trust(files));
  }

  /** The protocol versions that are spoken. */
  public static String[] protocols() {
    return PROTOCOLS.toArray(String[]::new);
  }

  /** The cipher suites that are offered, best first. */
  public static String[] suites() {
    return SUITES.toArray(String[]::new);
  }

  /**
   * A TLS socket on the connection of a client; hands are not shaken yet.
   *
   * @param asks whether the client is asked for a certificate
   * @param requires whether it must show one
   */
  public SSLSocket serving(Socket tcp, boolean asks, boolean requires) throws IOException {
    SSLSocket socket =
        profiled(asServer, tcp, tcp.getInetAddress().getHostAddress(), tcp.getPort());
    socket.setUseClientMode(false);
    if (requires) {
      socket.setNeedClientAuth(true);
    } else {
      socket.setWantClientAuth(asks);
    }
    return socket;
  }

  /** A TLS socket on a connection to a server of that name; hands are not shaken yet. */
  public SSLSocket calling(Socket tcp, String host, int port) throws IOException {
    return profiled(asClient, tcp, host, port);
  }

  /** For a client that makes its own sockets, such as one of HTTP; it sets the profile itself. */
  public SSLContext calling() {
    return asClient;
  }

  private static SSLSocket profiled(SSLContext context, Socket tcp, String host, int port)
      throws IOException {
    var socket = (SSLSocket) context.getSocketFactory().createSocket(tcp, host, port, true);
    socket.setEnabledProtocols(protocols());
    socket.setEnabledCipherSuites(suites());
    return socket;
  }

  private static SSLContext context(KeyManager keys, TrustManager trust) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {keys}, new TrustManager[] {trust}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("TLS cannot be used with this key and certificate", e);
    }
  }

  /**
   * Trust in servers that we connect to: their certificate must name the host that was asked for.
   */
  public TrustManager trustInServers() {
    return new HostCheckingTrust(trust);
  }

  private static KeyManager keys(TlsFiles files) {
    Path identity = files.identity();
    char[] password = files.password().toCharArray();
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      if (identity != null && isPkcs12(identity)) {
        store = pkcs12(identity, password);
      } else if (identity != null) {
        addPem(store, identity, files.key(), password);
      }
      KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
      factory.init(store, password);
      return factory.getKeyManagers()[0];
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "the key and certificate in " + identity + " cannot be used: " + e.getMessage(), e);
    }
  }

  private static void addPem(KeyStore store, Path identity, @Nullable Path key, char[] password)
      throws IOException, GeneralSecurityException {
    store.setKeyEntry(
        ENTRY,
        PemFile.read(key == null ? identity : key).privateKey(),
        password,
        PemFile.read(identity).certificates().toArray(X509Certificate[]::new));
  }

  private static X509ExtendedTrustManager trust(TlsFiles files) {
    Path trusted = files.trusted();
    try {
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      if (trusted == null) {
        factory.init((KeyStore) null);
      } else {
        factory.init(trustStore(trusted, files.password().toCharArray()));
      }
      return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "the trusted certificates in " + trusted + " cannot be used: " + e.getMessage(), e);
    }
  }

  private static KeyStore trustStore(Path trusted, char[] password)
      throws IOException, GeneralSecurityException {
    if (isPkcs12(trusted)) {
      return pkcs12(trusted, password);
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    int number = 0;
    for (X509Certificate certificate : PemFile.read(trusted).certificates()) {
      store.setCertificateEntry("trusted-" + number++, certificate);
    }
    return store;
  }

  private static KeyStore pkcs12(Path file, char[] password)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, password);
    }
    return store;
  }

  private static boolean isPkcs12(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return name.endsWith(".p12") || name.endsWith(".pfx");
  }
}
