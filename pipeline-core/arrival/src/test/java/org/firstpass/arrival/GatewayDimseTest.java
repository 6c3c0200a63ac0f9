package org.firstpass.arrival;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.firstpass.dicom.DicomPeer;
import org.firstpass.dicom.SendReport;
import org.firstpass.dicom.StorageScu;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayDimseTest {
  /** How a program ended and what it said. */
  private record Ended(int status, String output) {}

  @TempDir static Path stateFolder;
  @TempDir Path folder;
  private static GatewayFixture fixture;

  @BeforeAll
  static void open() {
    fixture = new GatewayFixture(stateFolder);
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  private static DicomPeer peer() {
    return new DicomPeer("127.0.0.1", fixture.gateway.port(), "FIRSTPASS", "MODALITY");
  }

  @Test
  void fourAssociationsOfOurOwnSenderLoseNothing() {
    SampleSeries series = SampleSeries.small(60);
    SendReport report = StorageScu.send(peer(), series.writeTo(folder), 4, done -> {});
    assertTrue(report.isComplete(), report::toString);
    assertEquals(60, fixture.awaitRevision(series.uid(), 1).instances());
    assertEquals("MODALITY", fixture.history(series).sender());
  }

  @Test
  void dcmtkSendsAndIsTrueToEveryStatus() throws Exception {
    SampleSeries series = SampleSeries.small(8);
    series.writeTo(folder);
    Ended sent = storescu("FIRSTPASS");
    assertEquals(0, sent.status(), sent.output());
    assertEquals(8, fixture.awaitRevision(series.uid(), 1).instances());
  }

  @Test
  void dcmtkIsRejectedUnderAnotherAeTitle() throws Exception {
    SampleSeries series = SampleSeries.small(1);
    series.writeTo(folder);
    Ended sent = storescu("SOMEONE");
    assertNotEquals(0, sent.status());
    assertTrue(sent.output().contains("Called AE Title Not Recognized"), sent.output());
    assertTrue(fixture.ledger.find(series.uid()).isEmpty());
  }

  @Test
  void dcmtkIsToldThatTheDiskIsFull() throws Exception {
    SampleSeries.small(1).writeTo(folder);
    try (var full = new GatewayFixture(stateFolder.resolve("full"), Long.MAX_VALUE)) {
      Ended sent = storescu("FIRSTPASS", full.gateway.port());
      assertTrue(sent.output().contains("OutOfResources"), sent.output());
    }
  }

  @Test
  void everyInstanceThatWasAcknowledgedIsIndexed() throws Exception {
    SampleSeries series = SampleSeries.small(30);
    List<Path> files = series.writeTo(folder);
    var acknowledged = new AtomicInteger();
    SendReport report = StorageScu.send(peer(), files, 4, acknowledged::set);
    assertEquals(report.stored(), fixture.history(series).instances());
    assertFalse(fixture.history(series).revisions().iterator().hasNext());
  }

  private Ended storescu(String calledAeTitle) throws Exception {
    return storescu(calledAeTitle, fixture.gateway.port());
  }

  private Ended storescu(String calledAeTitle, int port) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of("storescu", "-v", "-aec", calledAeTitle, "127.0.0.1", Integer.toString(port)));
    try (var files = Files.list(folder)) {
      files.map(Path::toString).sorted().forEach(command::add);
    }
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      if (Boolean.parseBoolean(System.getenv("FIRSTPASS_REQUIRE_TOOLS"))) {
        fail("DCMTK's storescu is not installed", e);
      }
      Assumptions.abort("DCMTK's storescu is not installed");
      throw e;
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }
}
