package org.firstpass.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteCommandTest {
  private static final Path DOCUMENT = Repository.root().resolve("deploy/docs/routing.md");

  @TempDir Path folder;

  @Test
  void theRulesOfTheDocumentHoldTheirOwnExamples() throws IOException {
    CommandLineRun run = CommandLineRun.of("route", "check", documentRules().toString());
    assertEquals(0, run.status(), run.out());
    assertTrue(run.out().contains("3 rules, 2 examples, 0 failed"), run.out());
  }

  @Test
  void anExampleThatFailsIsToldAndEndsWithOne() throws IOException {
    String rules = Files.readString(documentRules()).replace("\"18:00\"", "\"22:00\"");
    Path changed = Files.writeString(folder.resolve("changed.json"), rules);
    CommandLineRun run = CommandLineRun.of("route", "check", changed.toString());
    assertEquals(1, run.status());
    assertTrue(run.out().contains("FAIL  an emergency head CT in the evening"), run.out());
    assertTrue(run.out().contains("time of day must be 22:00 to 07:00"), run.out());
  }

  @Test
  void aFieldThatIsNotKnownIsNamed() throws IOException {
    Path wrong = Files.writeString(folder.resolve("wrong.json"), "{\"format\": 1, \"rulz\": []}");
    CommandLineRun run = CommandLineRun.of("route", "check", wrong.toString());
    assertEquals(1, run.status());
    assertTrue(run.err().contains("rulz"), run.err());
  }

  @Test
  void aFolderIsExplainedRuleByRuleWithoutAnInstallation() throws IOException {
    Path series = Files.createDirectories(folder.resolve("series"));
    PhantomSeries.write(series, 7, 24);
    Files.writeString(series.resolve("notes.txt"), "not an instance");
    Path rules =
        Files.writeString(
            folder.resolve("rules.json"),
            """
            {"format": 1, "rules": [
              {"name": "night", "when": {"hours": {"from": "18:00", "to": "07:00"}},
               "then": {"packages": ["phantom-abdomen"], "priority": 3}},
              {"name": "emergency", "when": {"callingAe": ["CT_ER"]}, "then": {"refuse": true}}]}
            """);
    CommandLineRun night = explain(series, rules, "2026-01-31T21:15");
    assertEquals(0, night.status(), night.out() + night.err());
    assertTrue(night.out().contains("1 files are no DICOM instance"), night.out());
    assertTrue(night.out().contains("rule 'night': meets it"), night.out());
    assertTrue(
        night.out().contains("rule 'emergency': meets it; an earlier rule has it"), night.out());
    assertTrue(night.out().contains("goes to phantom-abdomen"), night.out());
    CommandLineRun noon = explain(series, rules, "2026-01-31T12:00");
    assertEquals(1, noon.status(), noon.out());
    assertTrue(noon.out().contains("goes nowhere: FP1022"), noon.out());
  }

  @Test
  void aSeriesThatCannotBeReadGoesNowhereWhateverTheRulesSay() throws IOException {
    Path series = Files.createDirectories(folder.resolve("series"));
    Files.delete(PhantomSeries.write(series, 8, 24).files().get(12));
    Path rules =
        Files.writeString(
            folder.resolve("rules.json"),
            """
            {"format": 1, "rules": [
              {"name": "all", "when": {}, "then": {"packages": ["phantom-abdomen"]}}]}
            """);
    CommandLineRun run = explain(series, rules, "2026-01-31T12:00");
    assertEquals(1, run.status(), run.out());
    assertTrue(run.out().contains("rule 'all': meets it"), run.out());
    assertTrue(run.out().contains("goes nowhere: FP1002"), run.out());
  }

  private CommandLineRun explain(Path series, Path rules, String at) {
    return CommandLineRun.of(
        "route",
        "explain",
        series.toString(),
        "--state",
        folder.resolve("state").toString(),
        "--models",
        Repository.packages().toString(),
        "--rules",
        rules.toString(),
        "--calling-ae",
        "CT_ER",
        "--at",
        at);
  }

  /** The example of the document, as a file. */
  private Path documentRules() throws IOException {
    String text = Files.readString(DOCUMENT);
    int from = text.indexOf("```json\n") + "```json\n".length();
    return Files.writeString(
        folder.resolve("rules.json"), text.substring(from, text.indexOf("```", from)));
  }
}
