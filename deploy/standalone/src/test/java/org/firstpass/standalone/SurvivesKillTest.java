package org.firstpass.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.firstpass.arrival.SeriesHistory;
import org.firstpass.arrival.SeriesState;
import org.firstpass.dicom.InstanceHeader;
import org.firstpass.dicom.SendReport;
import org.firstpass.dicom.StorageScu;
import org.firstpass.study.Sha256;
import org.firstpass.testing.Deadline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promise 1: an acknowledged instance is never lost. */
class SurvivesKillTest {
  private static final int SLICES = 300;
  private static final int KILL_AFTER = 120;
  private static final int ASSOCIATIONS = 4;
  private static final int TERMINATED = 143;

  @TempDir Path folder;

  @Test
  void afterAKillInTheMiddleOfASeriesEveryAcknowledgedInstanceIsThereAndHasOneProposal()
      throws IOException, InterruptedException {
    PhantomSeries series = PhantomSeries.write(folder, 77, SLICES);
    Path state = folder.resolve("state");
    Set<Path> acknowledged;
    try (var standalone = StandaloneProcess.start(state)) {
      acknowledged = sendAndKill(standalone, series.files());
    }
    assertTrue(acknowledged.size() >= KILL_AFTER, acknowledged.size() + " acknowledged");
    assertTrue(acknowledged.size() < SLICES, "the kill came too late to test anything");

    try (var standalone = StandaloneProcess.start(state)) {
      requireStored(standalone.infrastructure(), acknowledged);
      var watch = new SeriesWatch(standalone.infrastructure());
      // What came before the kill is a revision of its own, and ends by name too.
      SeriesState first = watch.awaitEnd(series.uid()).state();
      assertTrue(first.kind() != SeriesState.Kind.FAILED, () -> first + standalone.log());

      SendReport again =
          StorageScu.send(standalone.peer(), series.files(), ASSOCIATIONS, done -> {});
      assertTrue(again.isComplete(), () -> again.failures() + standalone.log());
      requireOneProposalOfTheWhole(watch, series, standalone);
      requireOneTask(standalone, series);
      assertEquals(TERMINATED, standalone.end(), standalone::log);
    }
  }

  private static Set<Path> sendAndKill(StandaloneProcess standalone, List<Path> files)
      throws InterruptedException {
    var enough = new CountDownLatch(KILL_AFTER);
    var sending =
        CompletableFuture.supplyAsync(
            () ->
                StorageScu.send(
                    standalone.peer(), files, ASSOCIATIONS, done -> enough.countDown()));
    enough.await();
    standalone.kill();
    Set<Path> acknowledged = new HashSet<>(files);
    sending.join().failures().forEach(failure -> acknowledged.remove(failure.file()));
    return acknowledged;
  }

  /** Each acknowledged file has its row, and the object behind it has the same bytes. */
  private static void requireStored(Infrastructure infrastructure, Set<Path> acknowledged) {
    Map<String, String> contents =
        infrastructure
            .database()
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery("select instance_uid, content from arrival.instance")
                        .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                        .list())
            .stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    for (Path file : acknowledged) {
      String uid = InstanceHeader.read(() -> Files.newInputStream(file)).instance().value();
      assertTrue(contents.containsKey(uid), "acknowledged but not indexed: " + file);
      byte[] object = infrastructure.objects().read(new Sha256(contents.get(uid)));
      InstanceHeader stored = InstanceHeader.read(() -> new java.io.ByteArrayInputStream(object));
      assertEquals(uid, stored.instance().value());
      assertEquals(contents.get(uid), Sha256.of(object).hex());
    }
  }

  private static void requireOneProposalOfTheWhole(
      SeriesWatch watch, PhantomSeries series, StandaloneProcess standalone) {
    SeriesHistory history = watch.awaitEnd(series.uid());
    var proposed = assertInstanceOf(SeriesState.Proposed.class, history.state(), standalone::log);
    assertEquals(SLICES, history.instances());
    SeriesHistory.Revision last = history.revisions().get(history.revisions().size() - 1);
    assertEquals(SLICES, last.instances());
    assertEquals(last.number(), proposed.revision());
    assertEquals(
        1,
        watch.proposals(series.uid()).stream()
            .filter(made -> made.input().revision() == last.number())
            .map(made -> made.id())
            .distinct()
            .count());
  }

  private static void requireOneTask(StandaloneProcess standalone, PhantomSeries series) {
    ReviewClient client = standalone.login("admin", standalone.administratorPassword());
    Deadline.await(
        "one task waits for the series", () -> Tasks.waiting(client, series.uid()).size() == 1);
  }
}
