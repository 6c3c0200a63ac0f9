package org.firstpass.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.firstpass.dicom.AccessList;
import org.firstpass.dicom.AccessRule;
import org.firstpass.dicom.ClientCertificate;
import org.firstpass.dicom.CommitmentInbox;
import org.firstpass.dicom.CommitmentReport;
import org.firstpass.dicom.CommitmentRequest;
import org.firstpass.dicom.IncomingInstance;
import org.firstpass.dicom.ScpConfig;
import org.firstpass.dicom.ScpLimits;
import org.firstpass.dicom.ScpServices;
import org.firstpass.dicom.ScpWatch;
import org.firstpass.dicom.StorageScp;
import org.firstpass.dicom.TlsListener;
import org.firstpass.dicom.tls.CertificateMark;
import org.firstpass.dicom.tls.TlsFiles;
import org.firstpass.dicom.tls.TlsMaterial;
import org.firstpass.failure.ReasonCode;
import org.firstpass.peer.DimseAddress;
import org.firstpass.peer.TlsAddress;
import org.firstpass.peer.WebAddress;
import org.firstpass.study.ProjectName;
import org.firstpass.testing.FreePort;
import org.firstpass.testing.TestKeys;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deliveries over TLS, to those who want to see a certificate of ours. */
class TlsDeliveryTest {
  @TempDir private static Path keys;
  private static TestKeys archive;
  private static TestKeys us;
  private static TestKeys stranger;

  @TempDir private Path folder;

  @BeforeAll
  static void makeKeys() {
    archive = TestKeys.make(keys, "archive", "ip:127.0.0.1");
    us = TestKeys.make(keys, "firstpass", "dns:firstpass");
    stranger = TestKeys.make(keys, "stranger", "ip:127.0.0.1");
  }

  private static TlsAddress tls(@Nullable TestKeys identity, TestKeys trusted) {
    return new TlsAddress(
        identity == null ? null : identity.certificate().toString(),
        identity == null ? null : identity.key().toString(),
        null,
        trusted.certificate().toString());
  }

  private static Destination dimse(
      String name, int port, ConfirmationKind confirmation, TlsAddress tls) {
    return new Destination(
        name,
        new DimseAddress("127.0.0.1", port, "ARCHIVE", "FIRSTPASS", tls),
        null,
        List.of(ObjectKind.SEG),
        null,
        null,
        confirmation,
        DeliveryFixture.BUDGET,
        "30s",
        null,
        null);
  }

  /** An archive that speaks TLS only with us, and commits to what it keeps. */
  private static final class CommittingArchive implements AutoCloseable {
    final Set<String> kept = ConcurrentHashMap.newKeySet();
    private final ExecutorService answering = Executors.newSingleThreadExecutor();
    final StorageScp scp;

    CommittingArchive() {
      var material =
          TlsMaterial.load(
              new TlsFiles(archive.certificate(), archive.key(), "", us.certificate()));
      var rule =
          new AccessRule(
              "FIRSTPASS", List.of(), List.of(CertificateMark.parse("CN=firstpass")), Set.of(), 0);
      scp =
          new StorageScp(
              new ScpConfig(
                  Map.of("ARCHIVE", ProjectName.DEFAULT),
                  "127.0.0.1",
                  0,
                  new TlsListener(0, material, ClientCertificate.REQUIRED),
                  new AccessList(List.of(rule)),
                  ScpLimits.DEFAULT),
              new ScpServices(this::keep, this::commit, new CommitmentInbox(), null),
              ScpWatch.NONE);
      scp.start();
    }

    private void keep(IncomingInstance instance) {
      try {
        instance.part10().readAllBytes();
        kept.add(instance.instance().value());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void commit(CommitmentRequest request) {
      boolean all =
          request.instances().stream().allMatch(each -> kept.contains(each.instance().value()));
      if (all) {
        var report = new CommitmentReport(request.transaction(), request.instances(), List.of());
        answering.execute(() -> scp.report(request.callingAeTitle(), report));
      }
    }

    @Override
    public void close() {
      scp.close();
      answering.shutdownNow();
    }
  }

  @Test
  void whatIsStoredAndCommittedOverTlsWithOurCertificateIsDelivered() {
    try (var peer = new CommittingArchive();
        var fixture =
            new DeliveryFixture(
                folder,
                commitment("ours", peer, tls(us, archive)),
                commitment("nobody", peer, tls(null, archive)),
                commitment("other", peer, tls(stranger, archive)),
                commitment("untrusting", peer, tls(us, stranger)))) {
      fixture.propose();
      fixture.awaitState("ours", DeliveryState.DELIVERED, 1);
      assertEquals(1, peer.kept.size());
      for (String name : List.of("nobody", "other", "untrusting")) {
        fixture.awaitAttempts(name, 1);
        assertEquals(DeliveryState.PENDING, fixture.to(name).get(0).state(), name);
        assertEquals(ReasonCode.PEER_UNAVAILABLE, fixture.to(name).get(0).reason(), name);
      }
    }
  }

  private static Destination commitment(String name, CommittingArchive peer, TlsAddress tls) {
    return dimse(name, peer.scp.tlsPort().orElseThrow(), ConfirmationKind.COMMITMENT, tls);
  }

  @Test
  void dcmtkTakesAnObjectOverTlsWithOurCertificate() throws Exception {
    Path target = Files.createDirectory(folder.resolve("target"));
    int port = FreePort.find();
    Process receiver =
        DcmtkDeliveryTest.start(
            "storescp",
            "+tls",
            archive.key(),
            archive.certificate(),
            "+cf",
            us.certificate(),
            "-aet",
            "ARCHIVE",
            "-od",
            target,
            port);
    Destination ours = dimse("ours", port, ConfirmationKind.COMMITMENT, tls(us, archive));
    Destination other = dimse("other", port, ConfirmationKind.COMMITMENT, tls(stranger, archive));
    try (var fixture = new DeliveryFixture(folder, ours, other)) {
      DcmtkDeliveryTest.awaitListening(port);
      fixture.propose();
      fixture.awaitState("ours", DeliveryState.AWAITING_CONFIRMATION, 1);
      fixture.awaitAttempts("other", 1);
      assertEquals(DeliveryState.PENDING, fixture.to("other").get(0).state());
      try (var files = Files.list(target)) {
        assertEquals(1, files.count());
      }
    } finally {
      DcmtkDeliveryTest.end(receiver);
    }
  }

  @Test
  void aWebArchiveThatWantsOurCertificateGetsItAndIsTrustedByItsOwn() {
    try (var peer = new WebArchive(WebArchive.Manner.HONEST, archive.serving(us));
        var fixture =
            new DeliveryFixture(
                folder,
                stow("ours", peer, tls(us, archive)),
                stow("nobody", peer, tls(null, archive)),
                stow("untrusting", peer, tls(us, stranger)),
                stow("java", peer, null))) {
      assertTrue(peer.url().startsWith("https://"), peer.url());
      fixture.propose();
      fixture.awaitState("ours", DeliveryState.DELIVERED, 1);
      for (String name : List.of("nobody", "untrusting", "java")) {
        fixture.awaitAttempts(name, 1);
        assertEquals(ReasonCode.DESTINATION_UNAVAILABLE, fixture.to(name).get(0).reason(), name);
      }
      assertEquals(1, peer.stores());
    }
  }

  private static Destination stow(String name, WebArchive peer, @Nullable TlsAddress tls) {
    return DeliveryFixture.stow(name, new WebAddress(peer.url(), null, tls));
  }
}
