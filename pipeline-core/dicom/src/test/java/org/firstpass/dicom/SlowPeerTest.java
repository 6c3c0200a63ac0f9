package org.firstpass.dicom;

import static org.firstpass.dicom.RawPeer.COMMAND;
import static org.firstpass.dicom.RawPeer.LAST;
import static org.firstpass.dicom.RawPeer.VERIFICATION;
import static org.firstpass.dicom.RawPeer.command;
import static org.firstpass.dicom.RawPeer.element;
import static org.firstpass.dicom.RawPeer.even;
import static org.firstpass.dicom.RawPeer.fragment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.firstpass.dicom.wire.Bounds;
import org.firstpass.study.ProjectName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Peers that say too little, too slowly, or do not listen: each is cut off, and others are served.
 */
class SlowPeerTest {
  private static final Duration SHORT = Duration.ofMillis(400);
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Duration DRIP = Duration.ofMillis(20);

  @TempDir private Path folder;
  private final Collected collected = new Collected();
  private final ExecutorService others = Executors.newCachedThreadPool();

  @AfterEach
  void end() {
    others.shutdownNow();
  }

  @Test
  void whoNeverAsksForAnAssociationIsCutOff() throws IOException {
    try (StorageScp scp = started(new Bounds(SHORT, LONG, LONG), 8, null);
        RawPeer silent = RawPeer.connect(scp.port())) {
      assertTrue(silent.isTurnedAway());
    }
  }

  @Test
  void whoAsksForAnAssociationByteByByteIsCutOff() throws IOException {
    try (StorageScp scp = started(new Bounds(SHORT, LONG, LONG), 8, null);
        RawPeer slow = RawPeer.connect(scp.port())) {
      byte[] context = RawPeer.context(1, VERIFICATION, RawPeer.IMPLICIT);
      drip(slow, RawPeer.associateRequest("RAW", context, 0));
      assertTrue(slow.isTurnedAway());
    }
  }

  @Test
  void whoSaysNothingOnAnAssociationIsCutOff() throws IOException {
    try (StorageScp scp = started(new Bounds(LONG, SHORT, LONG), 8, null);
        RawPeer silent = RawPeer.associated(scp.port(), VERIFICATION)) {
      assertTrue(silent.isTurnedAway());
    }
  }

  @Test
  void whoSendsACommandByteByByteIsCutOff() throws IOException {
    try (StorageScp scp = started(new Bounds(LONG, LONG, SHORT), 8, null);
        RawPeer slow = RawPeer.associated(scp.port(), VERIFICATION)) {
      drip(slow, fragment(COMMAND | LAST, command(VERIFICATION, 0x0030, false)));
      assertTrue(slow.isTurnedAway());
    }
  }

  @Test
  void whoSendsAnInstanceByteByByteIsCutOffAndHoldsNoPlace() throws IOException {
    try (StorageScp scp = started(new Bounds(LONG, LONG, SHORT), 8, null);
        RawPeer slow = RawPeer.associated(scp.port(), SopClasses.CT_IMAGE)) {
      store(slow);
      drip(slow, fragment(0, new byte[10_000]));
      assertTrue(slow.isTurnedAway());
      awaitNone(scp);
      assertEquals(0, scp.instancesUnderWay());
    }
    assertTrue(collected.files.isEmpty());
  }

  @Test
  void whoSendsEmptyFragmentsForEverIsCutOff() throws IOException {
    try (StorageScp scp = started(new Bounds(LONG, LONG, SHORT), 8, null);
        RawPeer empty = RawPeer.associated(scp.port(), SopClasses.CT_IMAGE)) {
      store(empty);
      assertTrue(repeatsUntilTurnedAway(empty, fragment(0, new byte[0])));
    }
  }

  @Test
  void whoDoesNotReadItsAnswersIsCutOffAndClosingDoesNotWaitForIt() throws Exception {
    byte[] echo = fragment(COMMAND | LAST, command(VERIFICATION, 0x0030, false));
    try (StorageScp scp = started(new Bounds(LONG, LONG, SHORT), 8, null);
        RawPeer deaf = RawPeer.associated(scp.port(), VERIFICATION)) {
      var sending =
          others.submit(
              () -> {
                while (true) {
                  deaf.send(echo);
                }
              });
      awaitNone(scp);
      StorageScu.echo(TestNetwork.peer(scp, "GOOD"));
      sending.cancel(true);
    }
    StorageScp closing = started(new Bounds(LONG, LONG, LONG), 8, null);
    try (RawPeer deaf = RawPeer.associated(closing.port(), VERIFICATION)) {
      var sending =
          others.submit(
              () -> {
                while (true) {
                  deaf.send(echo);
                }
              });
      StorageScu.echo(TestNetwork.peer(closing, "GOOD"));
      closing.close();
      assertEquals(0, closing.openConnections());
      sending.cancel(true);
    }
  }

  @Test
  void connectionsWithoutAnAssociationDoNotKeepOthersOut() throws IOException {
    List<RawPeer> idle = new ArrayList<>();
    try (StorageScp scp = started(new Bounds(LONG, LONG, LONG), 8, null)) {
      for (int i = 0; i < 100; i++) {
        idle.add(RawPeer.connect(scp.port()));
      }
      StorageScu.echo(TestNetwork.peer(scp, "GOOD"));
      assertTrue(idle.get(0).isTurnedAway());
      assertTrue(scp.openConnections() <= 18, scp.openConnections() + " connections are open");
    } finally {
      for (RawPeer peer : idle) {
        peer.close();
      }
    }
  }

  @Test
  void clientsThatDripTheirTlsHandshakeKeepNoOtherOut() throws IOException {
    var certificates = new TestCertificates(folder);
    var server = certificates.make("server", "ip:127.0.0.1");
    var client = certificates.make("client", "dns:client");
    var tls = new TlsListener(0, server.trusting(client), ClientCertificate.REQUIRED);
    try (StorageScp scp = started(new Bounds(LONG, LONG, LONG), 8, tls);
        RawPeer silent = RawPeer.connect(scp.tlsPort().orElseThrow());
        RawPeer slow = RawPeer.connect(scp.tlsPort().orElseThrow());
        RawPeer garbage = RawPeer.connect(scp.tlsPort().orElseThrow())) {
      beginHandshake(slow);
      garbage.send(RawPeer.ascii("GET / HTTP/1.1\r\n\r\n"));
      StorageScu.echo(TestNetwork.tlsPeer(scp, "GOOD").over(client.trusting(server)));
    }
    try (StorageScp scp = started(new Bounds(SHORT, LONG, LONG), 8, tls);
        RawPeer silent = RawPeer.connect(scp.tlsPort().orElseThrow());
        RawPeer slow = RawPeer.connect(scp.tlsPort().orElseThrow())) {
      beginHandshake(slow);
      drip(slow, new byte[500]);
      awaitNone(scp);
    }
  }

  /** The head of a handshake record of 512 bytes. */
  private static void beginHandshake(RawPeer peer) throws IOException {
    peer.send(new byte[] {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xFC});
  }

  private StorageScp started(Bounds bounds, int associations, @Nullable TlsListener tls) {
    var config =
        new ScpConfig(
            Map.of("FIRSTPASS", ProjectName.DEFAULT),
            "127.0.0.1",
            0,
            tls,
            AccessList.OPEN,
            new ScpLimits(associations, 4));
    var scp = new StorageScp(config, ScpServices.storing(collected), ScpWatch.NONE, bounds);
    scp.start();
    return scp;
  }

  private static void store(RawPeer peer) throws IOException {
    byte[] instance = element(0x1000, even("2.25.77"));
    peer.send(fragment(COMMAND | LAST, command(SopClasses.CT_IMAGE, 0x0001, true, instance)));
  }

  /** Sends byte by byte, as long as the other side lets it. */
  private static void drip(RawPeer peer, byte[] bytes) {
    try {
      for (byte one : bytes) {
        peer.send(new byte[] {one});
        LockSupport.parkNanos(DRIP.toNanos());
      }
    } catch (IOException e) {
      // That is what is waited for.
    }
  }

  private static boolean repeatsUntilTurnedAway(RawPeer peer, byte[] bytes) throws IOException {
    try {
      while (true) {
        peer.send(bytes);
      }
    } catch (IOException e) {
      return peer.isTurnedAway();
    }
  }

  private static void awaitNone(StorageScp scp) {
    awaitUntil(() -> scp.openConnections() == 0);
  }

  private static void awaitUntil(java.util.function.BooleanSupplier done) {
    while (!done.getAsBoolean()) {
      LockSupport.parkNanos(DRIP.toNanos());
    }
  }
}
