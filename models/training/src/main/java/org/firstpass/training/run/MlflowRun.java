package org.firstpass.training.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A training as a run in a folder that MLflow reads as its tracking store: a file per parameter and
 * measure. The experiment is the package's name, and the same command is the same run, also after a
 * kill.
 *
 * @see <a href="https://mlflow.org/docs/latest/self-hosting/architecture/backend-store/">MLflow's
 *     file store</a>
 */
final class MlflowRun {
  private static final int RUNNING = 1;
  private static final int FINISHED = 3;

  private final Path experiment;
  private final Path folder;
  private final String experimentId;
  private final String runId;
  private final String name;
  private final Instant started;

  /**
   * @param store the folder, MLflow's {@code mlruns}
   * @param command the digest of what is trained, which names the run
   * @param started when the first step was made
   */
  MlflowRun(Path store, String name, String command, Instant started) {
    this.experimentId = Integer.toString(1 + (name.hashCode() & 0x3fffffff));
    this.runId = command.substring(0, 32);
    this.name = name;
    this.experiment = store.resolve(experimentId);
    this.folder = experiment.resolve(runId);
    this.started = started;
  }

  /** Writes all that is known so far, over what was written before. */
  void write(Map<String, String> parameters, List<Progress> history, boolean finished)
      throws IOException {
    for (String part : new String[] {"metrics", "params", "tags", "artifacts"}) {
      Files.createDirectories(folder.resolve(part));
    }
    Instant last = history.isEmpty() ? started : at(history.get(history.size() - 1));
    lines(
        experiment.resolve("meta.yaml"),
        "artifact_location: " + experiment.toUri(),
        "creation_time: " + started.toEpochMilli(),
        "experiment_id: '" + experimentId + "'",
        "last_update_time: " + last.toEpochMilli(),
        "lifecycle_stage: active",
        "name: " + name);
    lines(
        folder.resolve("meta.yaml"),
        "artifact_uri: " + folder.resolve("artifacts").toUri(),
        "end_time: " + (finished ? "" + last.toEpochMilli() : "null"),
        "entry_point_name: ''",
        "experiment_id: '" + experimentId + "'",
        "lifecycle_stage: active",
        "run_id: '" + runId + "'",
        "run_name: '" + name + "'",
        "run_uuid: '" + runId + "'",
        "source_name: ''",
        "source_type: 4",
        "source_version: ''",
        "start_time: " + started.toEpochMilli(),
        "status: " + (finished ? FINISHED : RUNNING),
        "tags: []",
        "user_id: ''");
    Files.writeString(folder.resolve("tags/mlflow.runName"), name);
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      Files.writeString(folder.resolve("params").resolve(parameter.getKey()), parameter.getValue());
    }
    metric("loss", history, one -> "" + one.loss());
    metric("learning_rate", history, one -> "" + one.rate());
    metric(
        "validation_dice",
        history.stream().filter(one -> one.validationDice().isPresent()).toList(),
        one -> "" + one.validationDice().orElseThrow());
  }

  private void metric(String metric, List<Progress> history, Function<Progress, String> value)
      throws IOException {
    String text =
        history.stream()
            .map(one -> at(one).toEpochMilli() + " " + value.apply(one) + " " + one.step() + "\n")
            .collect(Collectors.joining());
    Files.writeString(folder.resolve("metrics").resolve(metric), text, StandardCharsets.UTF_8);
  }

  private Instant at(Progress one) {
    return started.plusMillis((long) (1000 * one.seconds()));
  }

  private static void lines(Path file, String... lines) throws IOException {
    Files.writeString(file, String.join("\n", lines) + "\n", StandardCharsets.UTF_8);
  }
}
