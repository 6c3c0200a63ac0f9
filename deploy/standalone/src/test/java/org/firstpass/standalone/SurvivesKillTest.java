package org.firstpass.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.firstpass.arrival.SeriesHistory;
import org.firstpass.arrival.SeriesLedger;
import org.firstpass.arrival.SeriesState;
import org.firstpass.dicom.CtSeriesDescription;
import org.firstpass.dicom.CtSeriesWriter;
import org.firstpass.dicom.DicomPeer;
import org.firstpass.dicom.SendReport;
import org.firstpass.dicom.StorageScu;
import org.firstpass.event.FirstpassEvent;
import org.firstpass.event.ProposalMade;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Orientation;
import org.firstpass.geometry.Spacing;
import org.firstpass.phantom.Phantom;
import org.firstpass.phantom.PhantomSpec;
import org.firstpass.store.ObjectStore;
import org.firstpass.stream.EventReplay;
import org.firstpass.stream.Topics;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.StudyInstanceUid;
import org.firstpass.study.StudyReference;
import org.firstpass.testing.Deadline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promise 1: an acknowledged instance is never lost. */
class SurvivesKillTest {
  private static final int SLICES = 300;
  private static final int KILL_AFTER = 120;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final SeriesInstanceUid SERIES = new SeriesInstanceUid("1.2.826.0.1.77.2");

  @TempDir Path folder;

  @Test
  void afterAKillInTheMiddleOfASeriesEveryAcknowledgedInstanceIsThereAndHasOneProposal()
      throws IOException, InterruptedException {
    List<Path> files = writeSeries();
    Path state = folder.resolve("state");
    Set<Path> acknowledged;
    try (var standalone = StandaloneProcess.start(state, "--quiet-time", "3s")) {
      acknowledged = sendAndKill(standalone, files);
    }
    assertTrue(acknowledged.size() >= KILL_AFTER, acknowledged.size() + " acknowledged");
    assertTrue(acknowledged.size() < SLICES, "the kill came too late to test anything");

    try (var standalone = StandaloneProcess.start(state, "--quiet-time", "3s")) {
      assertTrue(
          storedInstances(state) >= acknowledged.size(),
          () -> "acknowledged " + acknowledged.size() + ", stored " + storedInstances(state));
      assertTrue(send(standalone, files).isComplete(), standalone::log);
      awaitProposal(state, standalone);
      assertEquals(1, proposalsOfWholeSeries(state));
      assertEquals(0, standalone.end() == 143 ? 0 : 1, standalone::log);
    }
  }

  private Set<Path> sendAndKill(StandaloneProcess standalone, List<Path> files)
      throws InterruptedException {
    var enough = new CountDownLatch(1);
    var result = new AtomicReference<SendReport>();
    var sender =
        new Thread(
            () ->
                result.set(
                    StorageScu.send(
                        peer(standalone),
                        files,
                        4,
                        done -> {
                          if (done >= KILL_AFTER) {
                            enough.countDown();
                          }
                        })));
    sender.start();
    enough.await();
    standalone.kill();
    sender.join();
    Set<Path> acknowledged = new HashSet<>(files);
    result.get().failures().forEach(failure -> acknowledged.remove(failure.file()));
    return acknowledged;
  }

  private static SendReport send(StandaloneProcess standalone, List<Path> files) {
    return StorageScu.send(peer(standalone), files, 4, done -> {});
  }

  private static DicomPeer peer(StandaloneProcess standalone) {
    return new DicomPeer("127.0.0.1", standalone.running().dicomPort(), "FIRSTPASS", "TEST_SCU");
  }

  private static void awaitProposal(Path state, StandaloneProcess standalone) {
    Deadline.await(
        "the whole series has a proposal" + standalone.log(),
        PATIENCE,
        () -> {
          SeriesHistory history = history(state);
          return history.instances() == SLICES
              && history.state() instanceof SeriesState.Proposed
              && history.revisions().get(history.revisions().size() - 1).instances() == SLICES;
        });
  }

  private static int storedInstances(Path state) {
    try (var infrastructure = join(state)) {
      ObjectStore objects = infrastructure.objects();
      List<String> contents =
          infrastructure
              .database()
              .jdbi()
              .withHandle(
                  handle ->
                      handle
                          .createQuery("select content from arrival.instance")
                          .mapTo(String.class)
                          .list());
      contents.forEach(content -> objects.read(new org.firstpass.study.Sha256(content)));
      return contents.size();
    }
  }

  private static SeriesHistory history(Path state) {
    try (var infrastructure = join(state)) {
      return new SeriesLedger(infrastructure.database()).find(SERIES).orElseThrow();
    }
  }

  private static long proposalsOfWholeSeries(Path state) {
    int last = history(state).state() instanceof SeriesState.Proposed p ? p.revision() : -1;
    List<FirstpassEvent> events = new ArrayList<>();
    try (var infrastructure = join(state)) {
      EventReplay.forEach(infrastructure.stream(), Topics.PROPOSALS, events::add);
    }
    return events.stream()
        .filter(event -> event instanceof ProposalMade made && made.input().revision() == last)
        .map(FirstpassEvent::id)
        .distinct()
        .count();
  }

  private static Infrastructure join(Path state) {
    return Infrastructure.join(Configuration.of(StateFolder.at(state)));
  }

  private List<Path> writeSeries() throws IOException {
    var spec =
        new PhantomSpec(
            77,
            new GridSize(64, 64, SLICES),
            new Spacing(6, 6, 1.1),
            new Orientation("SPL"),
            0,
            0.1);
    var description =
        new CtSeriesDescription(
            new StudyReference(new StudyInstanceUid("1.2.826.0.1.77.1"), SERIES),
            "PHANTOM-77",
            "Phantom^Kill",
            "ABDOMEN",
            "Kill test",
            Instant.parse("2026-01-05T08:00:00Z"));
    Path series = Files.createDirectory(folder.resolve("series"));
    List<Path> files = new ArrayList<>();
    for (byte[] instance : CtSeriesWriter.write(description, Phantom.of(spec).volume())) {
      files.add(Files.write(series.resolve(files.size() + ".dcm"), instance));
    }
    return files;
  }
}
