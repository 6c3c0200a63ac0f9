package org.firstpass.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.firstpass.dataset.DatasetExport;
import org.firstpass.dataset.DatasetFormat;
import org.firstpass.dataset.DatasetManifest;

/**
 * The whole loop before one's eyes: send, propose, read, correct, export.
 *
 * <p>Everything goes the way that a PACS, a radiologist and an ML engineer would take.
 */
final class Demo {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Standalone standalone;
  private final PrintStream out;
  private final DemoSite site;

  Demo(Standalone standalone, PrintStream out) {
    this.standalone = standalone;
    this.out = out;
    site = new DemoSite(standalone, out);
  }

  /**
   * Runs the loop to its end.
   *
   * @param unread how many tasks to leave for a person to look at
   */
  void run(List<DemoStudy> studies, int unread) throws IOException {
    site.send(studies);
    Map<String, DemoSite.Outcome> outcomes = site.awaitOutcomes(studies);
    DemoTable table = read(studies, outcomes, unread);
    if (table.read() > 0) {
      site.awaitCorrections(table.read());
      export();
    }
    out.println();
    table.inOrderOf(studies);
    table.print(out);
    out.println();
    if (table.read() == 0) {
      throw new CommandFailed("no series got a proposal; the table's 'outcome' says why");
    }
  }

  private DemoTable read(
      List<DemoStudy> studies, Map<String, DemoSite.Outcome> outcomes, int unread) {
    ReviewClient client = site.login("reader", "Scripted reader", "RADIOLOGIST");
    var scripted = new ScriptedReader(client);
    Map<String, DemoStudy> bySeries = new HashMap<>();
    studies.forEach(study -> bySeries.put(study.series().value(), study));
    long proposed = outcomes.values().stream().filter(DemoSite.Outcome::proposed).count();
    long toRead = Math.max(proposed - unread, Math.min(proposed, 1));
    var table = new DemoTable();
    try (var progress = new Progress("Reading and correcting", toRead, out)) {
      for (int done = 0; done < toRead; done++) {
        JsonNode claim =
            client
                .claimNext()
                .orElseThrow(() -> new CommandFailed("a task that was proposed is not there"));
        JsonNode task = claim.path("task");
        DemoStudy study = bySeries.remove(task.path("series").asText());
        if (study == null) {
          throw new CommandFailed("a task for a series that the demo did not send");
        }
        long start = System.nanoTime();
        ScriptedReader.Reading reading = scripted.read(claim, study);
        table.add(
            study,
            reading,
            times(task, outcome(outcomes, study), (System.nanoTime() - start) / 1e9));
        progress.to(done + 1);
      }
    }
    for (DemoStudy study : bySeries.values()) {
      DemoSite.Outcome outcome = outcome(outcomes, study);
      table.addUnread(
          study,
          outcome.proposed() ? "waiting for you" : outcome.word(),
          times(JSON.nullNode(), outcome, Double.NaN));
    }
    return table;
  }

  private static DemoSite.Outcome outcome(Map<String, DemoSite.Outcome> outcomes, DemoStudy study) {
    return outcomes.getOrDefault(
        study.series().value(), new DemoSite.Outcome("unknown", Double.NaN));
  }

  private static DemoTable.Times times(JsonNode task, DemoSite.Outcome outcome, double read) {
    JsonNode millis = task.path("proposal").path("inferenceMillis");
    return new DemoTable.Times(
        outcome.seconds(), millis.isNumber() ? millis.asLong() / 1000.0 : Double.NaN, read);
  }

  private void export() {
    Path target = standalone.stateRoot().resolve("dataset");
    DatasetManifest manifest;
    try (var progress = new Progress("Exporting the data set", 1, out)) {
      DatasetExport export =
          Datasets.export(standalone.infrastructure(), standalone.configuration());
      manifest = export.run(DatasetFormat.NNUNET, target, progress::to);
    }
    out.println("Data set: " + target + "  (manifest " + manifest.hash() + ")");
  }
}
