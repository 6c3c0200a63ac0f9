package org.firstpass.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.firstpass.dicom.CommitmentInbox;
import org.firstpass.dicom.CommitmentReport;
import org.firstpass.dicom.CommitmentReport.Failure;
import org.firstpass.dicom.InstanceHeader;
import org.firstpass.dicom.ScpConfig;
import org.firstpass.dicom.ScpServices;
import org.firstpass.dicom.ScpWatch;
import org.firstpass.dicom.StorageCommitment;
import org.firstpass.dicom.StorageScp;
import org.firstpass.dicom.StorageScu;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.study.InstanceReference;
import org.firstpass.study.Sha256;
import org.firstpass.testing.Deadline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A storage commitment request that was acknowledged is answered, whatever happens to us. */
class CommitmentSurvivesKillTest {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int SLICES = 40;
  private final CommitmentInbox inbox = new CommitmentInbox();

  @TempDir Path folder;

  @Test
  void aRequestThatWaitsWhenWeAreKilledIsAnsweredAfterTheRestart()
      throws IOException, InterruptedException {
    PhantomSeries series = PhantomSeries.write(folder, 78, SLICES);
    List<InstanceReference> asked = references(series.files());
    Path state = folder.resolve("state");
    CompletableFuture<CommitmentReport> answer;
    try (StorageScp requester = requester()) {
      configure(state, requester.port());
      try (var standalone = StandaloneProcess.start(state)) {
        // One is missing, so the answer waits for it for a while.
        List<Path> sent = series.files().subList(0, SLICES - 1);
        assertTrue(StorageScu.send(standalone.peer(), sent, 2, done -> {}).isComplete());
        answer =
            CompletableFuture.supplyAsync(
                () ->
                    StorageCommitment.request(
                        standalone.peer(), UUID.randomUUID(), asked, inbox, PATIENCE));
        Deadline.await("the request is kept", () -> waiting(standalone) == 1);
        Deadline.await("the request is acknowledged", () -> postponed(standalone) == 1);
        standalone.kill();
      }
      try (var standalone = StandaloneProcess.start(state)) {
        CommitmentReport report = answer.join();
        assertEquals(SLICES - 1, report.committed().size(), standalone::log);
        assertEquals(
            List.of(Failure.NO_SUCH_INSTANCE),
            report.failed().stream().map(Failure::reason).toList());
        Deadline.await("nothing waits any more", () -> waiting(standalone) == 0);
      }
    }
  }

  private StorageScp requester() {
    var scp =
        new StorageScp(
            new ScpConfig("TEST_SCU", "127.0.0.1", 0, Set.of()),
            new ScpServices(
                instance -> {
                  throw new StudyRefused(ReasonCode.NOT_AN_IMAGE, "nothing is stored here");
                },
                null,
                inbox,
                null),
            ScpWatch.NONE);
    scp.start();
    return scp;
  }

  private void configure(Path state, int port) throws IOException {
    Path network =
        Files.writeString(
            folder.resolve("network.json"),
            """
            {"format": 1, "callers": [{"aeTitle": "TEST_SCU", "hosts": ["127.0.0.1"],
              "address": {"host": "127.0.0.1", "port": %d}}]}
            """
                .formatted(port));
    Files.createDirectories(state);
    Files.writeString(state.resolve("firstpass.properties"), "dicom.network=" + network + "\n");
  }

  private static int waiting(StandaloneProcess standalone) {
    return count(standalone, "state = 'PENDING'");
  }

  /** Looked at after the requester had its acknowledgement, and waiting for the missing one. */
  private static int postponed(StandaloneProcess standalone) {
    return count(
        standalone, "state = 'PENDING' and next_attempt >= requested + interval '4 seconds'");
  }

  private static int count(StandaloneProcess standalone, String where) {
    return standalone
        .infrastructure()
        .database()
        .inTransaction(
            handle ->
                handle
                    .createQuery("select count(*) from arrival.commitment where " + where)
                    .mapTo(Integer.class)
                    .one());
  }

  private static List<InstanceReference> references(List<Path> files) throws IOException {
    List<InstanceReference> references = new ArrayList<>();
    for (Path file : files) {
      InstanceHeader header = InstanceHeader.read(() -> Files.newInputStream(file));
      references.add(
          new InstanceReference(
              header.instance(), header.sopClass(), new Sha256("0".repeat(64)), Files.size(file)));
    }
    return references;
  }
}
