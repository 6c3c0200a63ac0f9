package org.firstpass.standalone;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every meter that a running standalone shows is in deploy/docs/metrics.md, with what it says of
 * itself. With {@code -Dfirstpass.write-documents=true} new ones are written into it.
 */
@ExtendWith(OneInstallation.class)
class MetricsDocumentTest {
  private static final Path DOCUMENT = Repository.root().resolve("deploy/docs/metrics.md");
  private static final Pattern HELP = Pattern.compile("# HELP (\\S+) ?(.*)");
  private static final Pattern ROW = Pattern.compile("\\| `(\\S+)` \\| (.*) \\|");

  /** Of the platform, not of a room. */
  private static final Pattern PLATFORM = Pattern.compile("(jvm|process|system)_.*");

  private static final String HEAD =
      """
      # Metrics

      What `/metrics` shows in Prometheus' words: on the HTTP port of the standalone and the review server, on the operations port of a gateway
      or a worker. Beside these come `jvm_`, `process_` and `system_` of the platform. No meter has a UID or a patient's data in a tag.

      | meter | meaning |
      |---|---|
      """;

  @Test
  void everyMeterIsInTheDocument(TestInstallation installation)
      throws IOException, InterruptedException {
    Map<String, String> served =
        served(Web.get(installation.standalone().address().resolve("/metrics").toString()));
    assertTrue(served.size() > 10, served::toString);
    served.forEach((name, meaning) -> assertFalse(meaning.isBlank(), name));
    if (Boolean.getBoolean("firstpass.write-documents")) {
      write(served);
    }
    Map<String, String> documented = documented();
    served.forEach(
        (name, meaning) -> assertTrue(meaning.equals(documented.get(name)), name + ": " + meaning));
  }

  private static Map<String, String> served(String metrics) {
    return metrics
        .lines()
        .map(HELP::matcher)
        .filter(Matcher::matches)
        .filter(line -> !PLATFORM.matcher(line.group(1)).matches())
        .collect(
            Collectors.toMap(
                line -> line.group(1), line -> line.group(2), (a, b) -> a, TreeMap::new));
  }

  private static Map<String, String> documented() throws IOException {
    Map<String, String> rows = new TreeMap<>();
    if (Files.exists(DOCUMENT)) {
      for (String line : Files.readAllLines(DOCUMENT)) {
        Matcher row = ROW.matcher(line);
        if (row.matches()) {
          rows.put(row.group(1), row.group(2));
        }
      }
    }
    return rows;
  }

  private static void write(Map<String, String> served) throws IOException {
    Map<String, String> all = documented();
    all.putAll(served);
    Files.writeString(
        DOCUMENT,
        HEAD
            + all.entrySet().stream()
                .map(row -> "| `%s` | %s |\n".formatted(row.getKey(), row.getValue()))
                .collect(Collectors.joining()));
  }
}
