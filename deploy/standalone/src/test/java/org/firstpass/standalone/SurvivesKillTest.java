package org.firstpass.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.firstpass.arrival.SeriesHistory;
import org.firstpass.arrival.SeriesState;
import org.firstpass.dicom.CommitmentInbox;
import org.firstpass.dicom.CommitmentReport;
import org.firstpass.dicom.CommitmentReport.Failure;
import org.firstpass.dicom.InstanceHeader;
import org.firstpass.dicom.ScpConfig;
import org.firstpass.dicom.ScpServices;
import org.firstpass.dicom.ScpWatch;
import org.firstpass.dicom.SendReport;
import org.firstpass.dicom.StorageCommitment;
import org.firstpass.dicom.StorageScp;
import org.firstpass.dicom.StorageScu;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.study.InstanceReference;
import org.firstpass.study.Sha256;
import org.firstpass.testing.Deadline;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Promise 1: an acknowledged instance is never lost, nor is a request that was acknowledged. One
 * kill, and what must be there after it.
 */
class SurvivesKillTest {
  private static final int SLICES = 300;
  private static final int KILL_AFTER = 120;
  private static final int ASKED_SLICES = 40;
  private static final int ASSOCIATIONS = 4;
  private static final int TERMINATED = 143;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final CommitmentInbox INBOX = new CommitmentInbox();

  @TempDir private static Path folder;

  private static PhantomSeries series;
  private static Set<Path> acknowledged;
  private static StorageScp requester;
  private static CompletableFuture<CommitmentReport> answer;
  private static StandaloneProcess restarted;

  @BeforeAll
  static void killInTheMiddle() throws IOException, InterruptedException {
    series = PhantomSeries.write(folder, 77, SLICES);
    PhantomSeries asked = PhantomSeries.write(folder, 78, ASKED_SLICES);
    Path state = folder.resolve("state");
    requester = requester();
    configure(state, requester.port());
    try (var standalone = StandaloneProcess.start(state)) {
      // One is missing, so the answer waits for it for a while.
      List<Path> sent = asked.files().subList(0, ASKED_SLICES - 1);
      assertTrue(StorageScu.send(standalone.peer(), sent, 2, done -> {}).isComplete());
      List<InstanceReference> references = references(asked.files());
      answer =
          CompletableFuture.supplyAsync(
              () ->
                  StorageCommitment.request(
                      standalone.peer(), UUID.randomUUID(), references, INBOX, PATIENCE));
      Deadline.await("the request is kept", () -> waiting(standalone) == 1);
      Deadline.await("the request is acknowledged", () -> postponed(standalone) == 1);
      acknowledged = sendAndKill(standalone, series.files());
    }
    restarted = StandaloneProcess.start(state);
  }

  @AfterAll
  static void end() throws InterruptedException {
    assertEquals(TERMINATED, restarted.end(), restarted::log);
    requester.close();
  }

  @Test
  void afterAKillInTheMiddleOfASeriesEveryAcknowledgedInstanceIsThereAndHasOneProposal()
      throws IOException {
    assertTrue(acknowledged.size() >= KILL_AFTER, acknowledged.size() + " acknowledged");
    assertTrue(acknowledged.size() < SLICES, "the kill came too late to test anything");
    requireStored(restarted.infrastructure(), acknowledged);
    var watch = new SeriesWatch(restarted.infrastructure());
    // What came before the kill is a revision of its own, and ends by name too.
    SeriesState first = watch.awaitEnd(series.uid()).state();
    assertTrue(first.kind() != SeriesState.Kind.FAILED, () -> first + restarted.log());

    SendReport again = StorageScu.send(restarted.peer(), series.files(), ASSOCIATIONS, done -> {});
    assertTrue(again.isComplete(), () -> again.failures() + restarted.log());
    requireOneProposalOfTheWhole(watch);
    requireOneTask();
  }

  @Test
  void aCommitmentThatWaitedWhenWeWereKilledIsAnsweredAfterTheRestart() {
    CommitmentReport report = answer.join();
    assertEquals(ASKED_SLICES - 1, report.committed().size(), restarted::log);
    assertEquals(
        List.of(Failure.NO_SUCH_INSTANCE), report.failed().stream().map(Failure::reason).toList());
    Deadline.await("nothing waits any more", () -> waiting(restarted) == 0);
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

  private static void requireOneProposalOfTheWhole(SeriesWatch watch) {
    SeriesHistory history = watch.awaitEnd(series.uid());
    var proposed = assertInstanceOf(SeriesState.Proposed.class, history.state(), restarted::log);
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

  private static void requireOneTask() {
    ReviewClient client = restarted.login("admin", restarted.administratorPassword());
    Deadline.await(
        "one task waits for the series", () -> Tasks.waiting(client, series.uid()).size() == 1);
  }

  private static StorageScp requester() {
    var scp =
        new StorageScp(
            new ScpConfig("TEST_SCU", "127.0.0.1", 0, Set.of()),
            new ScpServices(
                instance -> {
                  throw new StudyRefused(ReasonCode.NOT_AN_IMAGE, "nothing is stored here");
                },
                null,
                INBOX,
                null),
            ScpWatch.NONE);
    scp.start();
    return scp;
  }

  private static void configure(Path state, int port) throws IOException {
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
