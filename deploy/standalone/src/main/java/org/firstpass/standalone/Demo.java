package org.firstpass.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.firstpass.dataset.DatasetExport;
import org.firstpass.dataset.DatasetFormat;
import org.firstpass.dataset.DatasetManifest;
import org.firstpass.dicom.DicomPeer;
import org.firstpass.dicom.SendReport;
import org.firstpass.dicom.StorageScu;
import org.firstpass.failure.ReasonCode;
import org.firstpass.stream.EventReplay;
import org.firstpass.stream.Topics;

/**
 * The whole loop before one's eyes: send, propose, read, correct, export.
 *
 * <p>Everything goes the way that a PACS, a radiologist and an ML engineer would take.
 */
final class Demo {
  private static final String READER = "reader";
  private static final int ASSOCIATIONS = 2;
  private static final Duration PROPOSAL_LIMIT = Duration.ofMinutes(10);
  private static final Duration RELAY_LIMIT = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Standalone standalone;
  private final PrintStream out;
  private final ReviewClient administrator;
  private final Map<String, Double> proposalSeconds = new HashMap<>();

  Demo(Standalone standalone, PrintStream out) {
    this.standalone = standalone;
    this.out = out;
    var first =
        standalone
            .firstAdministrator()
            .orElseThrow(
                () -> new CommandFailed("the demo wants a fresh state folder; leave --state out"));
    administrator = ReviewClient.login(standalone.address(), first.user(), first.password());
  }

  /**
   * Runs the loop to its end.
   *
   * @param unread how many tasks to leave for a person to look at
   */
  void run(List<DemoStudy> studies, int unread) throws IOException {
    send(studies);
    Map<String, String> outcomes = awaitOutcomes(studies);
    DemoTable table = read(studies, outcomes, unread);
    if (table.read() > 0) {
      awaitCorrections(table.read());
      export();
    }
    out.println();
    table.inOrderOf(studies);
    table.print(out);
    out.println();
    if (table.read() == 0) {
      throw new CommandFailed("no series got a proposal; the table's 'outcome' says why");
    }
  }

  private void send(List<DemoStudy> studies) {
    var peer = new DicomPeer("127.0.0.1", standalone.dicomPort(), standalone.aeTitle(), "DEMO_SCU");
    List<Path> files = studies.stream().flatMap(study -> study.files().stream()).toList();
    SendReport report;
    try (var progress = new Progress("Sending over DICOM", files.size(), out)) {
      report = StorageScu.send(peer, files, ASSOCIATIONS, progress::to);
    }
    if (!report.isComplete()) {
      SendReport.Failure first = report.failures().get(0);
      out.println(
          "  %d instances were not taken, the first with %s: %s"
              .formatted(report.failures().size(), first.code().code(), first.reason()));
    }
  }

  /** For each series what became of it: {@code proposed}, or why not. */
  private Map<String, String> awaitOutcomes(List<DemoStudy> studies) {
    Map<String, String> outcomes = new HashMap<>();
    long start = System.nanoTime();
    try (var progress = new Progress("Waiting for proposals", studies.size(), out)) {
      while (outcomes.size() < studies.size()) {
        if (System.nanoTime() - start > PROPOSAL_LIMIT.toNanos()) {
          throw new CommandFailed(
              "after %s only %d of %d series have an outcome; see the log above"
                  .formatted(PROPOSAL_LIMIT, outcomes.size(), studies.size()));
        }
        for (DemoStudy study : studies) {
          String series = study.series().value();
          if (!outcomes.containsKey(series)) {
            outcome(series)
                .ifPresent(
                    outcome -> {
                      outcomes.put(series, outcome);
                      proposalSeconds.put(series, seconds(System.nanoTime() - start));
                    });
          }
        }
        progress.to(outcomes.size());
        pause();
      }
    }
    return outcomes;
  }

  /** What a worker said of a series, if any has. */
  private Optional<String> outcome(String series) {
    JsonNode outcomes =
        administrator
            .find("/api/series/" + series)
            .map(answer -> answer.path("outcomes"))
            .orElse(JSON.createArrayNode());
    for (JsonNode outcome : outcomes) {
      String kind = outcome.path("kind").asText();
      if (!kind.equals("ARRIVED")) {
        String word = kind.toLowerCase(Locale.ROOT);
        return Optional.of(
            kind.equals("PROPOSED")
                ? word
                : word + " " + SeriesText.of(ReasonCode.ofCode(outcome.path("reason").asText())));
      }
    }
    return Optional.empty();
  }

  private DemoTable read(List<DemoStudy> studies, Map<String, String> outcomes, int unread) {
    ReviewClient client = reader();
    var scripted = new ScriptedReader(client);
    Map<String, DemoStudy> bySeries = new HashMap<>();
    studies.forEach(study -> bySeries.put(study.series().value(), study));
    long proposed = outcomes.values().stream().filter("proposed"::equals).count();
    long toRead = Math.max(proposed - unread, Math.min(proposed, 1));
    var table = new DemoTable();
    try (var progress = new Progress("Reading and correcting", toRead, out)) {
      for (int done = 0; done < toRead; done++) {
        JsonNode claim =
            client
                .claimNext()
                .orElseThrow(() -> new CommandFailed("a task that was proposed is not there"));
        JsonNode task = claim.path("task");
        DemoStudy study = bySeries.remove(task.path("series").asText());
        if (study == null) {
          throw new CommandFailed("a task for a series that the demo did not send");
        }
        long start = System.nanoTime();
        ScriptedReader.Reading reading = scripted.read(claim, study);
        table.add(study, reading, times(task, study, seconds(System.nanoTime() - start)));
        progress.to(done + 1);
      }
    }
    for (DemoStudy study : bySeries.values()) {
      String outcome = outcomes.get(study.series().value());
      table.addUnread(
          study,
          "proposed".equals(outcome) ? "waiting for you" : String.valueOf(outcome),
          times(JSON.nullNode(), study, Double.NaN));
    }
    return table;
  }

  private DemoTable.Times times(JsonNode task, DemoStudy study, double read) {
    JsonNode millis = task.path("proposal").path("inferenceMillis");
    return new DemoTable.Times(
        proposalSeconds.getOrDefault(study.series().value(), Double.NaN),
        millis.isNumber() ? millis.asLong() / 1000.0 : Double.NaN,
        read);
  }

  /** A reader of its own: what it decides is known as the script's, not the administrator's. */
  private ReviewClient reader() {
    String password = standalone.configuration().state().secret("demo-reader");
    var user =
        JSON.createObjectNode()
            .put("name", READER)
            .put("displayName", "Scripted reader")
            .put("password", password);
    user.putArray("roles").add("RADIOLOGIST");
    administrator.post("/api/users", user);
    return ReviewClient.login(standalone.address(), READER, password);
  }

  /** The outbox is relayed behind the decisions: what was decided is in Kafka a moment later. */
  private void awaitCorrections(int decided) {
    long start = System.nanoTime();
    while (corrections() < decided) {
      if (System.nanoTime() - start > RELAY_LIMIT.toNanos()) {
        throw new CommandFailed("the corrections do not reach Kafka; see the log above");
      }
      pause();
    }
  }

  private int corrections() {
    var count = new AtomicInteger();
    EventReplay.forEach(
        standalone.infrastructure().stream(),
        Topics.CORRECTIONS,
        correction -> count.incrementAndGet());
    return count.get();
  }

  private void export() {
    Path target = standalone.stateRoot().resolve("dataset");
    DatasetManifest manifest;
    try (var progress = new Progress("Exporting the data set", 1, out)) {
      DatasetExport export =
          Datasets.export(standalone.infrastructure(), standalone.configuration());
      manifest = export.run(DatasetFormat.NNUNET, target, progress::to);
    }
    out.println("Data set: " + target + "  (manifest " + manifest.hash() + ")");
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }

  private static void pause() {
    try {
      Thread.sleep(POLL.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailed("interrupted", e);
    }
  }
}
