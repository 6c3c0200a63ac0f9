package org.firstpass.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.firstpass.arrival.SeriesHistory;
import org.firstpass.arrival.SeriesState;
import org.firstpass.event.FirstpassEvent;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.SeriesEvent;
import org.firstpass.failure.ReasonCode;
import org.firstpass.stream.EventReplay;
import org.firstpass.stream.Topics;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.testing.Deadline;
import org.junit.jupiter.api.Assertions;

/**
 * A standalone whose model folder changes while it runs, with routing rules and little patience.
 */
final class ModelsInstallation implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Each names what only one test sends. */
  private static final String RULES =
      """
      {
        "format": 1,
        "rules": [
          {"name": "both", "when": {"seriesDescription": "two-ways"},
           "then": {"packages": ["way-one", "way-two"], "protocol": "double", "priority": 7}},
          {"name": "not from there", "when": {"callingAe": ["UNWANTED"]}, "then": {"refuse": true}}
        ]
      }
      """;

  private final Path folder;
  private final TestInstallation installation;

  private ModelsInstallation(Path folder, TestInstallation installation) {
    this.folder = folder;
    this.installation = installation;
  }

  static ModelsInstallation start() {
    try {
      Path folder = Files.createTempDirectory("firstpass-models");
      Path rules = Files.writeString(folder.resolve("rules.json"), RULES);
      Path models = Files.createDirectories(folder.resolve("models"));
      return new ModelsInstallation(
          folder,
          TestInstallation.start(
              folder,
              Map.of(
                  Keys.MODELS_FOLDERS,
                  models + "," + Repository.packages(),
                  Keys.MODELS_SCAN,
                  "500ms",
                  Keys.ROUTING_RULES,
                  rules.toString(),
                  Keys.WORKER_TIMEOUT,
                  "6s")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Hands every test that asks for it the same one. */
  static final class One extends Shared<ModelsInstallation> {
    One() {
      super(ModelsInstallation.class, ModelsInstallation::start);
    }
  }

  /** The model folder that is looked at all the time. */
  Path models() {
    return folder.resolve("models");
  }

  /** The rules that series are routed by. */
  Path rules() {
    return folder.resolve("rules.json");
  }

  TestInstallation up() {
    return installation;
  }

  /** Makes a package, copies it into the model folder and waits until it does something there. */
  SmallPackage bring(Path workshop, String name, String version, String word, byte[] network)
      throws IOException {
    SmallPackage made = SmallPackage.make(workshop, name, version, word, network);
    bring(made, "serving");
    return made;
  }

  void bring(SmallPackage made, String state) throws IOException {
    made.copyTo(models());
    await(made.name(), made.version(), state);
  }

  /** Waits until the worker says that a version is in a state. */
  void await(String name, String version, String state) {
    Deadline.await(
        name + " " + version + " is " + state,
        PATIENCE,
        () -> model(name, version).path("state").asText().equals(state));
  }

  /** What {@code /models} says of a version; missing if nothing. */
  JsonNode model(String name, String version) {
    for (JsonNode each : page()) {
      if (each.path("name").asText().equals(name)
          && each.path("version").asText().equals(version)) {
        return each;
      }
    }
    return MissingNode.getInstance();
  }

  /** All of {@code /models}. */
  JsonNode page() {
    try {
      return JSON.readTree(Web.get(installation.standalone().address() + "models"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** A command on this installation. */
  CommandLineRun command(String... words) {
    List<String> line = new ArrayList<>(List.of(words));
    line.addAll(List.of("--state", installation.state().toString()));
    return CommandLineRun.of(line);
  }

  /** Decides what a version does, on the command line. */
  void decide(String... words) {
    List<String> line = new ArrayList<>(List.of("model"));
    line.addAll(List.of(words));
    if (words[0].equals("serve") || words[0].equals("canary")) {
      line.addAll(Waiver.words(installation));
    }
    CommandLineRun run = command(line.toArray(String[]::new));
    Assertions.assertEquals(0, run.status(), () -> run.out() + run.err());
  }

  /** Sends a series and waits for its one proposal. */
  ProposalMade propose(SmallSeries series) {
    Assertions.assertTrue(installation.send(series.files()).isComplete());
    return proposal(series);
  }

  /** Waits for the one proposal of a series. */
  ProposalMade proposal(SmallSeries series) {
    SeriesHistory history = installation.watch().awaitEnd(series.uid());
    Assertions.assertInstanceOf(SeriesState.Proposed.class, history.state(), history::toString);
    List<ProposalMade> made = installation.watch().proposals(series.uid());
    Assertions.assertEquals(1, made.size(), made::toString);
    return made.get(0);
  }

  /** Sends a series and waits for the code of its refusal or failure. */
  ReasonCode end(SmallSeries series) {
    Assertions.assertTrue(installation.send(series.files()).isComplete());
    return reason(series);
  }

  /**
   * Waits for the code of a series' refusal or failure. What no worker could handle is known by its
   * dead letter too, and without the worker's reason until that is read.
   */
  ReasonCode reason(SmallSeries series) {
    var reason = new AtomicReference<>(ReasonCode.UNEXPECTED);
    Deadline.await(
        "the reason of an end",
        PATIENCE,
        () -> {
          reason.set(reason(installation.watch().awaitEnd(series.uid()).state()));
          return reason.get() != ReasonCode.UNEXPECTED;
        });
    return reason.get();
  }

  private static ReasonCode reason(SeriesState state) {
    if (state instanceof SeriesState.Refused refused) {
      return refused.reason();
    }
    return Assertions.assertInstanceOf(SeriesState.Failed.class, state).reason();
  }

  /** Everything that workers told of a series. */
  <E extends FirstpassEvent> List<E> told(SeriesInstanceUid series, Class<E> kind) {
    List<E> told = new ArrayList<>();
    EventReplay.forEach(
        installation.infrastructure().stream(),
        Topics.PROPOSALS,
        (FirstpassEvent event) -> {
          if (kind.isInstance(event)
              && event instanceof SeriesEvent of
              && of.series().equals(series)) {
            told.add(kind.cast(event));
          }
        });
    return told;
  }

  @Override
  public void close() throws IOException {
    installation.close();
  }
}
