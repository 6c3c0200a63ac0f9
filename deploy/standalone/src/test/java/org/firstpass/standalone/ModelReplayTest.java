package org.firstpass.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.phantom.Phantom;
import org.firstpass.testing.Deadline;
import org.firstpass.volume.Volume;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What candidates would have given readers to do, from what readers decided on a running system.
 */
@ExtendWith(ModelsInstallation.One.class)
class ModelReplayTest {
  private static final String NAME = "replayed";
  private static final int PATIENTS = 4;

  /** What readers mark: everything that is no air. */
  private static final float TRUE_THRESHOLD = -300;

  private static final Pattern CONTOUR =
      Pattern.compile("contour to draw per case: (\\d+) mm .* (\\d+) mm on what it proposes");
  private static final Pattern MINUTES =
      Pattern.compile("minutes saved per case \\(below 0: lost\\): (-?[0-9.]+)");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<CorrectionAccepted> DECIDED = new ArrayList<>();

  @TempDir Path folder;
  private final ModelsInstallation on;

  ModelReplayTest(ModelsInstallation on) {
    this.on = on;
  }

  @BeforeEach
  void decide() throws IOException {
    if (!DECIDED.isEmpty()) {
      return;
    }
    on.bring(folder, NAME, "1.0.0", NAME, SmallNetwork.threshold(-50));
    on.decide("serve", NAME, "1.0.0");
    for (int seed = 1; seed <= PATIENTS; seed++) {
      SmallSeries series = SmallSeries.write(folder, NAME + " " + seed, NAME, seed);
      on.propose(series);
      correct(series, seed);
      DECIDED.add(new Corrections(on.up().infrastructure()).await(series.uid()));
    }
    bring("1.1.0", TRUE_THRESHOLD);
    bring("1.2.0", 200);
  }

  private void bring(String version, float threshold) throws IOException {
    on.bring(
        SmallPackage.make(folder, NAME, version, NAME, SmallNetwork.threshold(threshold)),
        "registered");
  }

  /** Draws what is no air, as a person would by the page. */
  private void correct(SmallSeries series, int seed) {
    ReviewClient client = on.up().administrator();
    Deadline.await("a task waits", () -> Tasks.waiting(client, series.uid()).size() == 1);
    String task = Tasks.waiting(client, series.uid()).get(0).path("id").asText();
    JsonNode claim = client.post("/api/tasks/" + task + "/claim", JSON.createObjectNode());
    GridGeometry grid = client.geometry(task);
    Volume body = Phantom.of(SmallSeries.spec(seed), grid).volume();
    var labels = new short[grid.size().voxels()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (short) (body.valueAt(i) > TRUE_THRESHOLD ? 1 : 0);
    }
    ObjectNode decision = JSON.createObjectNode().put("activeMillis", 60_000);
    decision.putArray("segments").addObject().put("number", 1).put("verdict", "MAJOR");
    client.submit(task, claim.path("transaction").asText(), decision, labels);
  }

  @Test
  void aBetterCandidateLeavesLessToDrawAndAWorseOneMore() {
    CommandLineRun better = replay("1.1.0");
    CommandLineRun worse = replay("1.2.0");
    assertTrue(better.out().contains("4 of 4 cases"), better::out);
    int served = drawn(better, 1);
    assertEquals(served, drawn(worse, 1));
    assertTrue(drawn(better, 2) < served / 4, better::out);
    assertTrue(drawn(worse, 2) > served, worse::out);
    assertTrue(minutes(better) >= 0, better::out);
    assertTrue(minutes(worse) <= 0, worse::out);
  }

  @Test
  void whatIsServedSavesNothingAndNothingIsDecidedOrShown() {
    int decisions = ModelDecisions.all(on.up().infrastructure().stream()).size();
    int tasks = on.up().administrator().get("/api/tasks?state=WAITING&limit=500").size();
    CommandLineRun same = replay("1.0.0");
    assertEquals(drawn(same, 1), drawn(same, 2));
    assertEquals(0, minutes(same));
    assertEquals(decisions, ModelDecisions.all(on.up().infrastructure().stream()).size());
    assertEquals(tasks, on.up().administrator().get("/api/tasks?state=WAITING&limit=500").size());
  }

  @Test
  void casesAreToldApartByWhatTheirStoredImagesSay() throws IOException {
    Path cases = folder.resolve("held-out");
    CommandLineRun export =
        on.command(
            "dataset",
            "export",
            "--format",
            "nnunet",
            "--protocol",
            "small:1",
            "--to",
            cases.toString());
    assertEquals(0, export.status(), () -> export.out() + export.err());
    // Sides are drawn by a secret of the installation: here all are held out.
    Path manifest = cases.resolve("manifest.json");
    String sides = Files.readString(manifest);
    Files.writeString(
        manifest, sides.replace("\"TRAINING\"", "\"TEST\"").replace("\"VALIDATION\"", "\"TEST\""));
    Path report = folder.resolve("report");
    CommandLineRun run =
        on.command(
            "evaluate",
            on.models().resolve(NAME).resolve("1.0.0").toString(),
            "--cases",
            cases.toString(),
            "--traits",
            "--to",
            report.toString(),
            "--threads",
            "1");
    assertEquals(0, run.status(), () -> run.out() + run.err());
    JsonNode told = JSON.readTree(Files.readAllBytes(report.resolve("report.json")));
    List<String> scanners = new ArrayList<>();
    for (JsonNode group : told.path("groups")) {
      if (group.path("trait").asText().equals("SCANNER")) {
        scanners.add(group.path("value").asText() + " " + group.path("cases").asInt());
      }
    }
    assertEquals(List.of("Firstpass phantom " + PATIENTS), scanners);
  }

  private CommandLineRun replay(String version) {
    CommandLineRun run =
        on.command("model", "replay", NAME, version, "--trained-on", "none", "--threads", "1");
    assertEquals(0, run.status(), () -> run.out() + run.err());
    return run;
  }

  private static int drawn(CommandLineRun run, int group) {
    return Integer.parseInt(found(CONTOUR, run).group(group));
  }

  private static double minutes(CommandLineRun run) {
    return Double.parseDouble(found(MINUTES, run).group(1));
  }

  private static MatchResult found(Pattern pattern, CommandLineRun run) {
    return pattern
        .matcher(run.out())
        .results()
        .findFirst()
        .orElseThrow(() -> new AssertionError(run.out()));
  }
}
