package org.firstpass.standalone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.firstpass.standalone.TrainingRefused.Reason;

/**
 * A trainer as a process of its own, by the contract in deploy/docs/learning.md: arguments in, one
 * JSON object per line out, a package at the end. Ctrl-C and a polite kill are passed on.
 */
final class TrainerRun {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PUTTING_AWAY = Duration.ofSeconds(30);
  private static final int LAST_WORDS = 5;

  /** How a process ends that Ctrl-C or a polite kill reached, by the shells' convention. */
  private static final Set<Integer> STOPPED = Set.of(128 + 2, 128 + 15);

  private final List<String> command;
  private final Path log;
  private final AtomicBoolean stopped = new AtomicBoolean();

  /**
   * @param command with all its arguments
   * @param log gets what the trainer tells people
   */
  TrainerRun(List<String> command, Path log) {
    this.command = List.copyOf(command);
    this.log = log;
  }

  /**
   * What a trainer said last of how it gets on; NaN where it said nothing.
   *
   * @param baseDice of the package that was trained on, on the cases for validation
   * @param bestDice of the package that comes of it, on the same cases
   */
  record Report(
      long step,
      long steps,
      double loss,
      double validationDice,
      double secondsLeft,
      double baseDice,
      double bestDice) {
    static final Report NONE =
        new Report(0, 0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    static Report of(JsonNode line) {
      return new Report(
          line.path("step").asLong(),
          line.path("steps").asLong(),
          line.path("loss").asDouble(Double.NaN),
          line.path("validationDice").asDouble(Double.NaN),
          line.path("secondsLeft").asDouble(Double.NaN),
          line.path("baseDice").asDouble(Double.NaN),
          line.path("bestDice").asDouble(Double.NaN));
    }

    /** Whether it said how well base and package do. */
    boolean isCompared() {
      return !Double.isNaN(baseDice) && !Double.isNaN(bestDice);
    }

    /** Whether the package became better, in a sentence. */
    String verdict() {
      return String.format(
          Locale.ROOT,
          bestDice > baseDice
              ? "On the cases for validation it is better than its base: Dice %.4f, was %.4f."
              : "On the cases for validation it is NO better than its base: Dice %.4f, was %.4f.",
          bestDice,
          baseDice);
    }

    String words() {
      List<String> words = new ArrayList<>();
      if (!Double.isNaN(loss)) {
        words.add(String.format(Locale.ROOT, "loss %.3f", loss));
      }
      if (!Double.isNaN(validationDice)) {
        words.add(String.format(Locale.ROOT, "validation Dice %.3f", validationDice));
      }
      if (!Double.isNaN(secondsLeft)) {
        words.add(String.format(Locale.ROOT, "%d s left", Math.round(Math.max(secondsLeft, 0))));
      }
      return String.join(", ", words);
    }
  }

  /**
   * Runs it to its end.
   *
   * @return what it said last
   * @throws TrainingRefused if it does not end with 0
   */
  Report toItsEnd(PrintStream out) throws IOException {
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
    } catch (IOException e) {
      throw new TrainingRefused(
          Reason.TRAINER_MISSING, "the trainer cannot be run: " + e.getMessage(), e);
    }
    process.getOutputStream().close();
    var passOn = new Thread(() -> stop(process), "trainer");
    Runtime.getRuntime().addShutdownHook(passOn);
    try (var progress = new Progress("Training", 1, out)) {
      Report last = follow(process, progress);
      requireDone(process.waitFor());
      return last;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailed("interrupted", e);
    } finally {
      if (!stopped.get()) {
        stop(process);
        forget(passOn);
      }
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // This process ends already, and the hook found nothing to stop.
    }
  }

  private Report follow(Process process, Progress progress) throws IOException {
    Report last = Report.NONE;
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode told = read(line);
        if (told.has("step")) {
          last = Report.of(told);
          progress.to(last.step(), Math.max(last.steps(), 1));
          progress.tell(last.words());
        }
      }
    }
    return last;
  }

  /** Whatever is no JSON object is for people. */
  private JsonNode read(String line) throws IOException {
    try {
      JsonNode told = JSON.readTree(line);
      if (told != null && told.isObject()) {
        return told;
      }
    } catch (JsonProcessingException e) {
      // Falls through: many a library prints.
    }
    Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    return JSON.createObjectNode();
  }

  private void requireDone(int status) throws IOException {
    if (stopped.get() || STOPPED.contains(status)) {
      throw new TrainingRefused(
          Reason.TRAINER_FAILED, "stopped; the same command again goes on where it was");
    }
    if (status != 0) {
      List<String> words = Files.readAllLines(log);
      throw new TrainingRefused(
          Reason.TRAINER_FAILED,
          "the trainer ended with status %d: %s (all of it in %s)"
              .formatted(
                  status,
                  String.join(
                      " / ", words.subList(Math.max(0, words.size() - LAST_WORDS), words.size())),
                  log));
    }
  }

  /** Lets it put away what it has, for as long as that may take; what it began ends with it. */
  private void stop(Process process) {
    stopped.set(process.isAlive());
    List<ProcessHandle> begun = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(PUTTING_AWAY.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    begun.forEach(ProcessHandle::destroyForcibly);
  }
}
