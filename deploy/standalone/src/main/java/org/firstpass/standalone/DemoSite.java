package org.firstpass.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.firstpass.dicom.DicomPeer;
import org.firstpass.dicom.SendReport;
import org.firstpass.dicom.StorageScu;
import org.firstpass.failure.ReasonCode;
import org.firstpass.stream.EventReplay;
import org.firstpass.stream.Topics;

/**
 * What a demo does at a running standalone: it sends as a modality does, waits for what workers
 * say, and asks and decides over HTTP as a reader does.
 */
final class DemoSite {
  private static final int ASSOCIATIONS = 2;
  private static final Duration PROPOSAL_LIMIT = Duration.ofMinutes(10);
  private static final Duration RELAY_LIMIT = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Standalone standalone;
  private final PrintStream out;
  private final ReviewClient administrator;

  /**
   * @throws CommandFailed if the state folder was started before
   */
  DemoSite(Standalone standalone, PrintStream out) {
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
   * What became of a series.
   *
   * @param word {@code proposed}, or why not
   * @param seconds from the last acknowledgement until it was known
   */
  record Outcome(String word, double seconds) {
    static final String PROPOSED = "proposed";

    boolean proposed() {
      return word.equals(PROPOSED);
    }
  }

  /** Sends as a modality does. */
  void send(List<DemoStudy> studies) {
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

  /** For each series what became of it, once all are known. */
  Map<String, Outcome> awaitOutcomes(List<DemoStudy> studies) {
    Map<String, Outcome> outcomes = new HashMap<>();
    long start = System.nanoTime();
    try (var progress = new Progress("Waiting for proposals", studies.size(), out)) {
      await(
          PROPOSAL_LIMIT,
          () ->
              "after %s only %d of %d series have an outcome; see the log above"
                  .formatted(PROPOSAL_LIMIT, outcomes.size(), studies.size()),
          () -> {
            look(studies, outcomes, start);
            progress.to(outcomes.size());
            return outcomes.size() == studies.size();
          });
    }
    return outcomes;
  }

  private void look(List<DemoStudy> studies, Map<String, Outcome> outcomes, long start) {
    for (DemoStudy study : studies) {
      String series = study.series().value();
      if (!outcomes.containsKey(series)) {
        double seconds = (System.nanoTime() - start) / 1e9;
        outcome(series).ifPresent(word -> outcomes.put(series, new Outcome(word, seconds)));
      }
    }
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
            word.equals(Outcome.PROPOSED)
                ? word
                : word + " " + SeriesText.of(ReasonCode.ofCode(outcome.path("reason").asText())));
      }
    }
    return Optional.empty();
  }

  /** A user of its own: what it decides is known as the script's, not the administrator's. */
  ReviewClient login(String name, String displayName, String role) {
    String password = password(name);
    var user =
        JSON.createObjectNode()
            .put("name", name)
            .put("displayName", displayName)
            .put("password", password);
    user.putArray("roles").add(role);
    administrator.post("/api/users", user);
    return ReviewClient.login(standalone.address(), name, password);
  }

  /** What a user of the demo logs in with. */
  String password(String name) {
    return standalone.configuration().state().secret("demo-" + name);
  }

  /** The outbox is relayed behind the decisions: what was decided is in Kafka a moment later. */
  void awaitCorrections(int decided) {
    await(
        RELAY_LIMIT,
        () -> "the corrections do not reach Kafka; see the log above",
        () -> corrections() >= decided);
  }

  private int corrections() {
    var count = new AtomicInteger();
    EventReplay.forEach(
        standalone.infrastructure().stream(),
        Topics.CORRECTIONS,
        correction -> count.incrementAndGet());
    return count.get();
  }

  /** Asks as an administrator. */
  JsonNode get(String path) {
    return administrator.get(path);
  }

  Standalone standalone() {
    return standalone;
  }

  /** Waits for something that happens elsewhere in the system. */
  static void await(Duration limit, Supplier<String> otherwise, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > limit.toNanos()) {
        throw new CommandFailed(otherwise.get());
      }
      pause();
    }
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
