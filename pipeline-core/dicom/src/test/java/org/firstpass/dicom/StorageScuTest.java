package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.TryAgainLater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageScuTest {
  @TempDir private Path folder;
  private final Collected collected = new Collected();

  @Test
  void saysThatAPeerIsAway() throws Exception {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    var peer = new DicomPeer("127.0.0.1", port, "PEER", "FIRSTPASS");
    List<Path> files = TestCt.files(folder, TestCt.oblique(5, 3, 2));
    var echo = assertThrows(TryAgainLater.class, () -> StorageScu.echo(peer));
    var send = assertThrows(TryAgainLater.class, () -> StorageScu.send(peer, files, 2, done -> {}));
    assertEquals(ReasonCode.PEER_UNAVAILABLE, echo.code());
    assertEquals(ReasonCode.PEER_UNAVAILABLE, send.code());
  }

  @Test
  void saysThatAPeerRejectsItsAeTitle() {
    try (StorageScp scp = started(collected)) {
      var peer = new DicomPeer("127.0.0.1", scp.port(), "WRONG", "FIRSTPASS");
      var refused = assertThrows(TryAgainLater.class, () -> StorageScu.echo(peer));
      assertTrue(
          String.valueOf(refused.getMessage()).contains("called-AE-title-not-recognized"),
          refused.getMessage());
    }
  }

  @Test
  void countsProgressOneByOneAndReportsWhatIsNoInstance() throws Exception {
    List<Path> files = new ArrayList<>(TestCt.files(folder, TestCt.oblique(5, 3, 4)));
    Path text = Files.writeString(folder.resolve("readme.txt"), "not an instance".repeat(30));
    files.add(1, text);
    List<Integer> progress = new CopyOnWriteArrayList<>();
    try (StorageScp scp = started(collected)) {
      var peer = new DicomPeer("127.0.0.1", scp.port(), "FIRSTPASS", "SENDER");
      SendReport report = StorageScu.send(peer, files, 3, progress::add);
      assertEquals(4, report.stored());
      assertEquals(List.of(text), report.failures().stream().map(f -> f.file()).toList());
      assertEquals(ReasonCode.MALFORMED_INSTANCE, report.failures().get(0).code());
    }
    assertEquals(List.of(1, 2, 3, 4, 5), progress);
  }

  @Test
  void sendsAgainWhatWasUnderWayWhenAnAssociationBroke() throws Exception {
    List<Path> files = TestCt.files(folder, TestCt.oblique(60, 60, 10));
    try (StorageScp scp = started(collected);
        var proxy = new BreakingProxy(scp.port(), 30_000)) {
      var peer = new DicomPeer("127.0.0.1", proxy.port(), "FIRSTPASS", "SENDER");
      SendReport report = StorageScu.send(peer, files, 1, done -> {});
      assertEquals(List.of(), report.failures());
      assertEquals(10, report.stored());
      assertTrue(proxy.connections.get() > 1, "the first association broke");
    }
    assertEquals(10, collected.files.size());
  }

  private static StorageScp started(InstanceReceiver receiver) {
    var scp = new StorageScp(new ScpConfig("FIRSTPASS", "127.0.0.1", 0, Set.of()), receiver);
    scp.start();
    return scp;
  }

  /** Passes bytes on, but cuts the first connection after some. */
  private static final class BreakingProxy implements AutoCloseable {
    final AtomicInteger connections = new AtomicInteger();
    private final ServerSocket server;
    private final int target;
    private final int limit;

    BreakingProxy(int target, int limit) throws IOException {
      this.server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
      this.target = target;
      this.limit = limit;
      daemon(this::serve);
    }

    int port() {
      return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
      server.close();
    }

    private void serve() {
      try {
        while (!server.isClosed()) {
          Socket client = server.accept();
          Socket upstream = new Socket(InetAddress.getLoopbackAddress(), target);
          int most = connections.incrementAndGet() == 1 ? limit : Integer.MAX_VALUE;
          daemon(() -> pump(client, upstream, most));
          daemon(() -> pump(upstream, client, Integer.MAX_VALUE));
        }
      } catch (IOException e) {
        assertTrue(server.isClosed());
      }
    }

    private static void pump(Socket from, Socket to, int most) {
      try (from;
          to) {
        byte[] buffer = new byte[4096];
        int left = most;
        int read = from.getInputStream().read(buffer);
        while (read >= 0 && left > 0) {
          to.getOutputStream().write(buffer, 0, Math.min(read, left));
          left -= read;
          read = from.getInputStream().read(buffer);
        }
      } catch (IOException e) {
        // The other direction closed both.
        return;
      }
    }

    private static void daemon(Runnable task) {
      var thread = new Thread(task, "breaking-proxy");
      thread.setDaemon(true);
      thread.start();
    }
  }
}
