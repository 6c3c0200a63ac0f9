package org.firstpass.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first thing that a newcomer runs. */
class DemoTest {
  private static final Pattern ROW =
      Pattern.compile(
          "phantom \\d \\w{3} +\\d+ +accepted +(0\\.\\d{3}|1\\.000) +(0\\.\\d{3}|1\\.000) .*");
  private static final Pattern STATE = Pattern.compile("State +(\\S+)");

  @Test
  void endsWithItsTableAndLeavesNothingBehind() {
    CommandLineRun demo =
        CommandLineRun.of(
            "demo",
            "--exit",
            "--studies",
            "2",
            "--http-port",
            "0",
            "--dicom-port",
            "0",
            "--models",
            Repository.packages().toString());
    assertEquals(0, demo.status(), demo::err);
    List<Matcher> rows = demo.out().lines().map(ROW::matcher).filter(Matcher::matches).toList();
    assertEquals(2, rows.size(), demo::out);
    for (Matcher row : rows) {
      double before = Double.parseDouble(row.group(1));
      double after = Double.parseDouble(row.group(2));
      assertTrue(after >= before && after > 0.95, row::group);
    }
    assertTrue(demo.out().contains("manifest "), demo::out);
    Matcher state = STATE.matcher(demo.out());
    assertTrue(state.find(), demo::out);
    assertFalse(Files.exists(Path.of(state.group(1)).getParent()), demo::out);
  }

  @Test
  void withNothingProposedTheTableSaysWhy(@TempDir Path noPackages) {
    CommandLineRun demo =
        CommandLineRun.of(
            "demo",
            "--exit",
            "--studies",
            "1",
            "--http-port",
            "0",
            "--dicom-port",
            "0",
            "--models",
            noPackages.toString());
    assertEquals(1, demo.status(), demo::out);
    assertTrue(demo.out().contains("refused FP1006 NO_PACKAGE"), demo::out);
    assertTrue(
        demo.err().lines().anyMatch(line -> line.startsWith("firstpass: no series got")),
        demo::err);
  }
}
