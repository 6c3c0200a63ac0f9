package org.firstpass.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The circle closes: with few and coarse phantoms, and a trainer that learns one thing only. */
class LearningDemoTest {
  /** What cone-beam images need most: another window. No weight is changed. */
  private static final String TRAINER =
      """
      set -e
      while [ $# -gt 0 ]; do
        case "$1" in --base) base=$2;; --out) out=$2;; --version) version=$2;; esac
        shift 2
      done
      cp -r "$base" "$out.part"
      sed -i -e "0,/\\"version\\" : \\"[0-9.]*\\"/s//\\"version\\" : \\"$version\\"/" \\
        -e 's/"lower" : -250.0/"lower" : -440.0/; s/"upper" : 350.0/"upper" : 40.0/' "$out.part/manifest.json"
      echo '{"step":1,"steps":1,"secondsLeft":0}'
      mv "$out.part" "$out"
      """;

  /** The gate asks for 20 patients. */
  private static final List<String> SMALL =
      List.of("--patients", "24", "--split", "8,8,84", "--matrix", "48");

  private static final Pattern SAME_LABELS =
      Pattern.compile("(?m)^patient \\d: labels [0-9a-f]{12} before and after$");
  private static final Pattern GAIN =
      Pattern.compile(
          "(?m)^Held-out: all segments +Dice +0\\.\\d{3} \\[.*\\] +0\\.\\d{3} \\[.*\\] +apart$");

  @TempDir Path folder;

  @Test
  void aCandidateEarnsItsPlaceASpoiltOneIsRefusedAndTheOldAnswersComeBack() throws IOException {
    Path script = Files.writeString(folder.resolve("trainer.sh"), TRAINER);
    Path output = folder.resolve("output");
    CommandLineRun demo =
        CommandLineRun.of(
            Stream.concat(
                    Stream.of(
                        "demo",
                        "--exit",
                        "--learn",
                        "--with",
                        "sh " + script,
                        "--to",
                        output.toString(),
                        "--http-port",
                        "0",
                        "--dicom-port",
                        "0",
                        "--models",
                        Repository.packages().toString()),
                    SMALL.stream())
                .toList());
    assertEquals(0, demo.status(), () -> demo.out() + demo.err());
    assertEquals(2, count(demo, "gate: passed"), demo::out);
    assertEquals(1, count(demo, "gate: not passed"), demo::out);
    assertTrue(demo.out().contains("phantom-abdomen 1.2.0 is canary"), demo::out);
    assertTrue(demo.out().contains("phantom-abdomen 1.2.0 is serving"), demo::out);
    assertEquals(2, SAME_LABELS.matcher(demo.out()).results().count(), demo::out);
    assertTrue(GAIN.matcher(demo.out()).find(), demo::out);
    String page = Files.readString(output.resolve("learning.html"));
    assertTrue(page.contains("Added path length (mm)"), page);
  }

  private static long count(CommandLineRun run, String line) {
    return run.out().lines().filter(line::equals).count();
  }
}
