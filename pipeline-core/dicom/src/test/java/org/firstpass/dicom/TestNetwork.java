package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.firstpass.study.ProjectName;
import org.jspecify.annotations.Nullable;

/** SCPs that tests start, and what they turn away. */
final class TestNetwork {
  private TestNetwork() {}

  /** Keeps what is turned away. */
  static final class Watch implements ScpWatch {
    final List<AssociationRejection> rejections = new CopyOnWriteArrayList<>();
    final List<Boolean> busy = new CopyOnWriteArrayList<>();

    @Override
    public void rejected(AssociationRejection reason) {
      rejections.add(reason);
    }

    @Override
    public void busy() {
      busy.add(true);
    }
  }

  static ScpConfig config(AccessList access, @Nullable TlsListener tls) {
    return new ScpConfig(
        Map.of("FIRSTPASS", ProjectName.DEFAULT, "FP_LIVER", new ProjectName("liver")),
        "127.0.0.1",
        0,
        tls,
        access,
        ScpLimits.DEFAULT);
  }

  static StorageScp started(ScpConfig config, ScpServices services, ScpWatch watch) {
    var scp = new StorageScp(config, services, watch);
    scp.start();
    return scp;
  }

  static DicomPeer peer(StorageScp scp, String callingAeTitle) {
    return new DicomPeer("127.0.0.1", scp.port(), "FIRSTPASS", callingAeTitle);
  }

  static DicomPeer tlsPeer(StorageScp scp, String callingAeTitle) {
    return new DicomPeer("127.0.0.1", scp.tlsPort().orElseThrow(), "FIRSTPASS", callingAeTitle);
  }

  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  static void awaitListening(int port, Process process) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (System.nanoTime() < deadline && process.isAlive()) {
      try (var probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assertTrue(probe.isConnected());
        return;
      } catch (IOException e) {
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
    }
    throw new AssertionError("nothing listens on port " + port);
  }
}
