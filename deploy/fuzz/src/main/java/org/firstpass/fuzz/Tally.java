package org.firstpass.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What became of the inputs of one target, over all its runs; kept in a file, so that a run goes on
 * where the last one stopped. Thread-safe, for the sake of the end of the process.
 */
final class Tally {
  private static final int INPUTS_BETWEEN_SAVES = 1 << 13;
  private static final String INPUTS = "inputs";
  private static final String MILLIS = "milliseconds";
  private static final String ALLOCATED = "most.allocated.bytes";
  private static final String LONGEST = "longest.microseconds";
  private static final String ANSWER = "answer.";

  private final Path file;
  private final Map<String, Long> counts = new TreeMap<>();
  private long savedAt = System.nanoTime();

  private Tally(Path file) {
    this.file = file;
  }

  /** The one in a file, which need not be there yet. */
  static Tally in(Path file) {
    var tally = new Tally(file);
    if (Files.exists(file)) {
      var saved = new Properties();
      try (var reader = Files.newBufferedReader(file)) {
        saved.load(reader);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      saved.forEach((key, value) -> tally.counts.put((String) key, Long.valueOf((String) value)));
    }
    return tally;
  }

  synchronized void count(String outcome, long allocated, long nanos) {
    counts.merge(ANSWER + outcome, 1L, Long::sum);
    counts.merge(ALLOCATED, allocated, Math::max);
    counts.merge(LONGEST, nanos / 1000, Math::max);
    if (counts.merge(INPUTS, 1L, Long::sum) % INPUTS_BETWEEN_SAVES == 0) {
      save();
    }
  }

  long inputs() {
    return counts.getOrDefault(INPUTS, 0L);
  }

  /** By what the answer was: {@code read}, a reason code or the name of a refusal. */
  Map<String, Long> answers() {
    Map<String, Long> answers = new TreeMap<>();
    counts.forEach(
        (key, count) -> {
          if (key.startsWith(ANSWER)) {
            answers.put(key.substring(ANSWER.length()), count);
          }
        });
    return answers;
  }

  /** A row of Markdown: inputs, rate, the most that one cost, answers. */
  String row(String name) {
    long millis = Math.max(1, counts.getOrDefault(MILLIS, 0L));
    return "| %s | %d | %d | %.1f MB | %.0f ms | %s |"
        .formatted(
            name,
            inputs(),
            1000 * inputs() / millis,
            counts.getOrDefault(ALLOCATED, 0L) / 1e6,
            counts.getOrDefault(LONGEST, 0L) / 1e3,
            answers().toString().replaceAll("[{}]", ""));
  }

  synchronized void save() {
    long now = System.nanoTime();
    counts.merge(MILLIS, (now - savedAt) / 1_000_000, Long::sum);
    savedAt = now;
    Path beside = file.resolveSibling(file.getFileName() + ".new");
    try {
      try (Writer out = Files.newBufferedWriter(beside)) {
        for (Map.Entry<String, Long> each : counts.entrySet()) {
          out.write(each.getKey() + "=" + each.getValue() + "\n");
        }
      }
      Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
