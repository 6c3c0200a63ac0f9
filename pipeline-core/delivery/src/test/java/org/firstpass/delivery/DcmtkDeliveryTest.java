package org.firstpass.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.firstpass.failure.ReasonCode;
import org.firstpass.peer.DimseAddress;
import org.firstpass.testing.Deadline;
import org.firstpass.testing.FreePort;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against DCMTK: an archive that answers queries, and a receiver that does not. */
class DcmtkDeliveryTest {
  @TempDir private Path folder;

  @Test
  void anArchiveIsAskedWhetherItKeepsWhatItTook() throws Exception {
    Path storage = Files.createDirectory(folder.resolve("storage"));
    int port = FreePort.find();
    Path configuration =
        Files.writeString(
            folder.resolve("dcmqrscp.cfg"),
            """
            NetworkTCPPort = %d
            MaxPDUSize = 16384
            MaxAssociations = 8
            HostTable BEGIN
            HostTable END
            VendorTable BEGIN
            VendorTable END
            AETable BEGIN
            ARCHIVE %s RW (100, 1024mb) ANY
            AETable END
            """
                .formatted(port, storage));
    Process archive = start("dcmqrscp", "-c", configuration);
    try (var fixture = new DeliveryFixture(folder, destination("archive", "ARCHIVE", port))) {
      awaitListening(port);
      SampleResult result = fixture.propose();
      fixture.lanes.take(result.correction());
      fixture.awaitState("archive", DeliveryState.DELIVERED, 2);
    } finally {
      end(archive);
    }
  }

  @Test
  void aReceiverThatAnswersNoQueryNeverCountsAsDelivered() throws Exception {
    Path target = Files.createDirectory(folder.resolve("target"));
    int port = FreePort.find();
    Process receiver = start("storescp", "-aet", "RECEIVER", "-od", target, port);
    try (var fixture = new DeliveryFixture(folder, destination("receiver", "RECEIVER", port))) {
      awaitListening(port);
      fixture.propose();
      fixture.useUpBudget("receiver");
      fixture.awaitState("receiver", DeliveryState.FAILED, 1);
      assertEquals(ReasonCode.PEER_UNAVAILABLE, fixture.to("receiver").get(0).reason());
      try (var files = Files.list(target)) {
        assertEquals(1, files.count());
      }
    } finally {
      end(receiver);
    }
  }

  private static Destination destination(String name, String aeTitle, int port) {
    return new Destination(
        name,
        new DimseAddress("127.0.0.1", port, aeTitle, "FIRSTPASS", null),
        null,
        List.of(ObjectKind.SEG),
        List.of(ObjectKind.SEG),
        null,
        ConfirmationKind.READ_BACK,
        DeliveryFixture.BUDGET,
        "20s",
        null,
        null);
  }

  static Process start(String program, Object... arguments) throws IOException {
    boolean present =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    if (!present && "true".equals(System.getenv("FIRSTPASS_REQUIRE_TOOLS"))) {
      fail("the program " + program + " is required and missing");
    }
    Assumptions.assumeTrue(present, "the program " + program + " is not installed");
    List<String> command = new ArrayList<>(List.of(program));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  static void end(Process process) throws InterruptedException {
    process.destroy();
    assertTrue(process.waitFor(20, TimeUnit.SECONDS));
  }

  static void awaitListening(int port) {
    Deadline.await(
        "port " + port + " listens",
        () -> {
          try (var probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return probe.isConnected();
          } catch (IOException e) {
            return false;
          }
        });
  }
}
