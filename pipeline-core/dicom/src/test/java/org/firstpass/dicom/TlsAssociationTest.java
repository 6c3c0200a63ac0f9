package org.firstpass.dicom;

import static org.firstpass.dicom.TestNetwork.peer;
import static org.firstpass.dicom.TestNetwork.tlsPeer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.firstpass.dicom.TestCertificates.Identity;
import org.firstpass.dicom.tls.CertificateMark;
import org.firstpass.dicom.tls.TlsFiles;
import org.firstpass.dicom.tls.TlsMaterial;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.TryAgainLater;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Associations over TLS, with ourselves and with DCMTK. */
class TlsAssociationTest {
  @TempDir static Path keys;
  @TempDir Path folder;
  private static Identity server;
  private static Identity client;
  private static Identity stranger;
  private static Identity elsewhere;
  private final Collected collected = new Collected();
  private final TestNetwork.Watch watch = new TestNetwork.Watch();

  @BeforeAll
  static void makeKeys() {
    var certificates = new TestCertificates(keys);
    server = certificates.make("server", "ip:127.0.0.1,dns:localhost");
    client = certificates.make("client", "dns:modality");
    stranger = certificates.make("stranger", "dns:stranger");
    elsewhere = certificates.make("elsewhere", "dns:pacs.example");
  }

  @Test
  void aSeriesIsSentOverTlsWithKeysInPemAndInPkcs12() {
    List<Path> files = TestCt.files(folder, TestCt.oblique(33, 21, 8));
    try (StorageScp scp = started(server, ClientCertificate.REQUIRED, AccessList.OPEN)) {
      DicomPeer peer = tlsPeer(scp, "CT1");
      var pem = peer.over(client.trusting(server));
      assertEquals(8, StorageScu.send(pem, files, 2, done -> {}).stored());
      StorageScu.echo(peer.over(client.ofPkcs12Trusting(server)));
    }
    assertEquals(8, collected.files.size());
  }

  @Test
  void thePortWithoutTlsStaysBesideIt() {
    try (StorageScp scp = started(server, ClientCertificate.REQUIRED, AccessList.OPEN)) {
      StorageScu.echo(peer(scp, "CT1"));
      assertNotEquals(scp.port(), scp.tlsPort().orElseThrow());
    }
  }

  @Test
  void aServerThatIsNotTrustedIsNotSpokenTo() {
    try (StorageScp scp = started(server, ClientCertificate.NONE, AccessList.OPEN)) {
      DicomPeer peer = tlsPeer(scp, "CT1").over(client.trusting(stranger));
      assertUnavailable(peer);
    }
  }

  @Test
  void aServerUnderAnotherHostNameIsNotSpokenToAlthoughItsCertificateIsTrusted() {
    try (StorageScp scp = started(elsewhere, ClientCertificate.NONE, AccessList.OPEN)) {
      assertUnavailable(tlsPeer(scp, "CT1").over(client.trusting(elsewhere)));
    }
  }

  @Test
  void aClientNeedsATrustedCertificateWhereOneIsRequired() {
    try (StorageScp scp = started(server, ClientCertificate.REQUIRED, AccessList.OPEN)) {
      assertUnavailable(tlsPeer(scp, "CT1").over(TestCertificates.onlyTrusting(server)));
      assertUnavailable(tlsPeer(scp, "CT1").over(stranger.trusting(server)));
      StorageScu.echo(tlsPeer(scp, "CT1").over(client.trusting(server)));
    }
  }

  @Test
  void aClientMayShowNoCertificateWhereOneIsOptional() {
    try (StorageScp scp = started(server, ClientCertificate.OPTIONAL, AccessList.OPEN)) {
      StorageScu.echo(tlsPeer(scp, "CT1").over(TestCertificates.onlyTrusting(server)));
      StorageScu.echo(tlsPeer(scp, "CT1").over(client.trusting(server)));
    }
  }

  @Test
  void aCallerIsKnownByTheFingerprintOrTheSubjectOfItsCertificate() {
    for (CertificateMark mark :
        List.of(
            CertificateMark.Fingerprint.of(client.x509()),
            CertificateMark.parse("CN=client, O=Firstpass tests"))) {
      var rule = new AccessRule("CT1", List.of(), List.of(mark), Set.of(), 0);
      var access = new AccessList(List.of(rule));
      try (StorageScp scp = started(server, ClientCertificate.OPTIONAL, access)) {
        StorageScu.echo(tlsPeer(scp, "CT1").over(client.trusting(server)));
        assertRejected(tlsPeer(scp, "CT1").over(TestCertificates.onlyTrusting(server)));
        assertRejected(peer(scp, "CT1"));
        assertRejected(tlsPeer(scp, "CT2").over(client.trusting(server)));
      }
    }
    assertEquals(
        List.of(
            AssociationRejection.CERTIFICATE,
            AssociationRejection.CERTIFICATE,
            AssociationRejection.CALLING_AE_TITLE),
        watch.rejections.subList(0, 3));
  }

  @Test
  void suitesWithoutForwardSecrecyAreRefused() throws Exception {
    try (StorageScp scp = started(server, ClientCertificate.NONE, AccessList.OPEN)) {
      var context = SSLContext.getInstance("TLS");
      TrustManager trust = TestCertificates.onlyTrusting(server).trustInServers();
      context.init(null, new TrustManager[] {trust}, null);
      try (var socket =
          (SSLSocket)
              context.getSocketFactory().createSocket("127.0.0.1", scp.tlsPort().orElseThrow())) {
        socket.setEnabledProtocols(new String[] {"TLSv1.2"});
        socket.setEnabledCipherSuites(new String[] {"TLS_RSA_WITH_AES_128_GCM_SHA256"});
        assertThrows(SSLHandshakeException.class, socket::startHandshake);
      }
    }
  }

  @Test
  void whatIsNoKeyIsRefusedByTheNameOfItsFile() throws Exception {
    Path text = Files.writeString(folder.resolve("no.key"), "no key");
    var failure =
        assertThrows(
            IllegalArgumentException.class,
            () -> TlsMaterial.load(new TlsFiles(client.certificate(), text, "", null)));
    assertTrue(String.valueOf(failure.getMessage()).contains("no.key"), failure.getMessage());
    var absent = folder.resolve("absent.p12");
    failure =
        assertThrows(
            IllegalArgumentException.class,
            () -> TlsMaterial.load(new TlsFiles(absent, null, "", null)));
    assertTrue(String.valueOf(failure.getMessage()).contains("absent.p12"), failure.getMessage());
  }

  @Test
  void dcmtkSendsToUsOverTlsAndIsKnownByItsCertificate() throws Exception {
    DebianTool storescu = DebianTool.require("storescu");
    List<Path> files = TestCt.files(folder, TestCt.oblique(33, 21, 5));
    var rule =
        new AccessRule(
            "CT1",
            List.of(HostRange.parse("127.0.0.0/8")),
            List.of(CertificateMark.Fingerprint.of(client.x509())),
            Set.of("FIRSTPASS"),
            0);
    try (StorageScp scp =
        started(server, ClientCertificate.REQUIRED, new AccessList(List.of(rule)))) {
      var result =
          storescu.run(
              "+tls",
              client.key(),
              client.certificate(),
              "+cf",
              server.certificate(),
              "-aet",
              "CT1",
              "-aec",
              "FIRSTPASS",
              "+sd",
              "+sp",
              "*.dcm",
              "127.0.0.1",
              scp.tlsPort().orElseThrow(),
              folder);
      assertEquals(0, result.status(), result.output());
      var refused =
          storescu.run(
              "+tls",
              stranger.key(),
              stranger.certificate(),
              "+cf",
              server.certificate(),
              "-aet",
              "CT1",
              "-aec",
              "FIRSTPASS",
              "+sd",
              "+sp",
              "*.dcm",
              "127.0.0.1",
              scp.tlsPort().orElseThrow(),
              folder);
      assertNotEquals(0, refused.status(), refused.output());
    }
    assertEquals(files.size(), collected.files.size());
  }

  @Test
  void dcmtkReceivesFromUsOverTls() throws Exception {
    DebianTool storescp = DebianTool.require("storescp");
    Path target = Files.createDirectory(folder.resolve("target"));
    Path source = Files.createDirectory(folder.resolve("source"));
    List<Path> files = TestCt.files(source, TestCt.oblique(9, 7, 6));
    int port = TestNetwork.freePort();
    Process process =
        storescp.start(
            "+tls",
            server.key(),
            server.certificate(),
            "+cf",
            client.certificate(),
            "-rc",
            "-aet",
            "PEER",
            "-od",
            target,
            port);
    try {
      TestNetwork.awaitListening(port, process);
      var peer = new DicomPeer("127.0.0.1", port, "PEER", "FIRSTPASS");
      DicomPeer known = peer.over(client.trusting(server));
      assertEquals(6, StorageScu.send(known, files, 2, done -> {}).stored());
      assertUnavailable(peer.over(stranger.trusting(server)));
      try (Stream<Path> received = Files.list(target)) {
        assertEquals(6, received.count());
      }
    } finally {
      process.destroy();
      assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    }
  }

  private StorageScp started(Identity identity, ClientCertificate clients, AccessList access) {
    var tls = new TlsListener(0, identity.trusting(client), clients);
    return TestNetwork.started(
        TestNetwork.config(access, tls), ScpServices.storing(collected), watch);
  }

  private static void assertUnavailable(DicomPeer peer) {
    var failure = assertThrows(TryAgainLater.class, () -> StorageScu.echo(peer));
    assertEquals(ReasonCode.PEER_UNAVAILABLE, failure.code());
  }

  private static void assertRejected(DicomPeer peer) {
    var failure = assertThrows(TryAgainLater.class, () -> StorageScu.echo(peer));
    assertTrue(
        String.valueOf(failure.getMessage()).contains("calling-AE-title-not-recognized"),
        failure.getMessage());
  }
}
