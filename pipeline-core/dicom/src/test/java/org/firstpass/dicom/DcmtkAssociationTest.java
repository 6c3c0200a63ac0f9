package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our SCP and SCU against DCMTK. */
class DcmtkAssociationTest {
  @TempDir private Path folder;
  private final Collected collected = new Collected();

  @Test
  void echoscuIsAnswered() throws Exception {
    DebianTool echoscu = DebianTool.require("echoscu");
    try (StorageScp scp = started(Set.of())) {
      var result = echoscu.run("-v", "-aec", "FIRSTPASS", "127.0.0.1", scp.port());
      assertEquals(0, result.status(), result.output());
    }
  }

  @Test
  void aWrongCalledAeTitleIsRejectedAsSuch() throws Exception {
    DebianTool echoscu = DebianTool.require("echoscu");
    try (StorageScp scp = started(Set.of())) {
      var result = echoscu.run("-aec", "OTHER", "127.0.0.1", scp.port());
      assertNotEquals(0, result.status());
      assertTrue(result.output().contains("Called AE Title Not Recognized"), result.output());
    }
  }

  @Test
  void aCallingAeTitleThatIsNotOnTheListIsRejectedAsSuch() throws Exception {
    DebianTool echoscu = DebianTool.require("echoscu");
    try (StorageScp scp = started(Set.of("PACS"))) {
      var refused = echoscu.run("-aet", "STRANGER", "-aec", "FIRSTPASS", "127.0.0.1", scp.port());
      assertNotEquals(0, refused.status());
      assertTrue(refused.output().contains("Calling AE Title Not Recognized"), refused.output());
      var accepted = echoscu.run("-aet", "PACS", "-aec", "FIRSTPASS", "127.0.0.1", scp.port());
      assertEquals(0, accepted.status(), accepted.output());
    }
  }

  @Test
  void storescuDeliversASeries() throws Exception {
    DebianTool storescu = DebianTool.require("storescu");
    List<Path> files = TestCt.files(folder, TestCt.oblique(33, 21, 12));
    try (StorageScp scp = started(Set.of())) {
      var result = storescu.run("-aec", "FIRSTPASS", "+sd", "127.0.0.1", scp.port(), folder);
      assertEquals(0, result.status(), result.output());
    }
    assertEquals(files.size(), collected.files.size());
  }

  @Test
  void dcmsendDeliversJpegLsAsItIs() throws Exception {
    DebianTool dcmsend = DebianTool.require("dcmsend");
    DebianTool dcmconv = DebianTool.require("dcmconv");
    for (Path file : SharedData.files("P02_mr_t1_studyforrest").subList(0, 5)) {
      // These files say UN for every VR, which DCMTK's senders do not look through.
      var converted = dcmconv.run("+uc", file, folder.resolve(file.getFileName()));
      assertEquals(0, converted.status(), converted.output());
    }
    try (StorageScp scp = started(Set.of())) {
      var result =
          dcmsend.run(
              "--decompress-never",
              "--scan-directories",
              "-aec",
              "FIRSTPASS",
              "127.0.0.1",
              scp.port(),
              folder);
      assertEquals(0, result.status(), result.output());
    }
    assertEquals(5, collected.files.size());
    assertTrue(
        collected.instances.stream()
            .allMatch(i -> i.transferSyntax().value().equals("1.2.840.10008.1.2.4.80")));
  }

  @Test
  void storescpReceivesWhatWeSendAndWhatItDoesNotTakeIsReported() throws Exception {
    DebianTool storescp = DebianTool.require("storescp");
    Path source = Files.createDirectory(folder.resolve("source"));
    Path target = Files.createDirectory(folder.resolve("target"));
    List<Path> files = new ArrayList<>(TestCt.files(source, TestCt.oblique(9, 7, 6)));
    Path compressed = SharedData.files("P02_mr_t1_studyforrest").get(0);
    files.add(compressed);
    int port = freePort();
    Process process = storescp.start("-aet", "PEER", "-od", target, port);
    try {
      awaitListening(port);
      var peer = new DicomPeer("127.0.0.1", port, "PEER", "FIRSTPASS");
      SendReport report = StorageScu.send(peer, files, 2, done -> {});
      assertEquals(6, report.stored());
      assertEquals(List.of(compressed), report.failures().stream().map(f -> f.file()).toList());
      try (Stream<Path> received = Files.list(target)) {
        assertEquals(6, received.count());
      }
    } finally {
      process.destroy();
      assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    }
  }

  private StorageScp started(Set<String> allowed) {
    var scp = new StorageScp(new ScpConfig("FIRSTPASS", "127.0.0.1", 0, allowed), collected);
    scp.start();
    return scp;
  }

  private static int freePort() throws Exception {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void awaitListening(int port) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (System.nanoTime() < deadline) {
      try (var probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assertTrue(probe.isConnected());
        return;
      } catch (IOException e) {
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
    }
    throw new AssertionError("storescp does not listen");
  }
}
