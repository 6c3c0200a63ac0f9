package org.firstpass.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.firstpass.arrival.SeriesState;
import org.firstpass.failure.ReasonCode;
import org.firstpass.testing.Deadline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A patient's name and id go nowhere but into stored DICOM objects and the index by which viewers
 * look studies up.
 */
@ExtendWith(OneInstallation.class)
class PatientDataTest {
  private static final String NAME = "Quxmarkername";
  private static final String ID = "QZX77MARKERID";
  private static final Set<String> PATIENT = Set.of(NAME, ID);
  private static final int SLICES = 44;
  private static final Path LOG =
      Path.of(System.getProperty("firstpass.test-log", "target/test.log"));

  @TempDir Path folder;

  @Test
  void isNowhereAfterASeriesWentAllTheWayAndAnotherWasRefused(TestInstallation installation)
      throws IOException, InterruptedException {
    PhantomSeries accepted = PhantomSeries.write(folder, 801, SLICES, ID, NAME + "^Given");
    PhantomSeries refused =
        PhantomSeries.write(folder, 802, SLICES, ID, NAME + "^Given").withoutASlice();
    assertTrue(installation.send(accepted.files()).isComplete());
    assertTrue(installation.send(refused.files()).isComplete());
    assertInstanceOf(
        SeriesState.Proposed.class, installation.watch().awaitEnd(accepted.uid()).state());
    assertEquals(
        new SeriesState.Refused(1, ReasonCode.MISSING_SLICES),
        installation.watch().awaitEnd(refused.uid()).state());
    read(installation, accepted);
    Path dataset = exportTwice(installation, "nnunet");
    Path other = exportTwice(installation, "monai");

    String series = accepted.uid().value();
    Traces traces = new Traces(installation.infrastructure());
    // Each place is read: what must be there is found there.
    assertNotEquals(List.of(), traces.inKafka(Set.of(series)));
    assertNotEquals(List.of(), traces.inDatabase(Set.of(series)));
    assertNotEquals(List.of(), Traces.inFiles(LOG, Set.of(series)));
    assertNotEquals(List.of(), Traces.inFiles(dataset, Set.of("NumberOfTraining", "numTraining")));

    assertEquals(List.of(), traces.inKafka(PATIENT));
    // A viewer looks a study up by its patient, so the index of DICOMweb has both, and nothing
    // else.
    assertEquals(
        List.of(),
        traces.inDatabase(PATIENT).stream()
            .filter(trace -> !trace.contains(" in dicomweb.study"))
            .toList());
    assertEquals(List.of(), Traces.inFiles(LOG, PATIENT));
    assertEquals(List.of(), Traces.inFiles(dataset, PATIENT));
    assertEquals(List.of(), Traces.inFiles(other, PATIENT));
    assertEquals(List.of(), Traces.inText("/metrics", metrics(installation), PATIENT));
    assertEquals(List.of(), Traces.inText("explain", explain(installation, refused), PATIENT));
    assertEquals(
        List.of(),
        Traces.inText(
            "/api/tasks", installation.administrator().get("/api/tasks").toString(), PATIENT));
  }

  /** Reads the task as a person would. */
  private static void read(TestInstallation installation, PhantomSeries series) {
    ReviewClient client = installation.administrator();
    Deadline.await("the task waits", () -> Tasks.waiting(client, series.uid()).size() == 1);
    String task = Tasks.waiting(client, series.uid()).get(0).path("id").asText();
    JsonNode claim =
        client.post("/api/tasks/" + task + "/claim", new ObjectMapper().createObjectNode());
    new ScriptedReader(client).read(claim, series.study());
  }

  /** A second export of the same corrections has the same hash. */
  private Path exportTwice(TestInstallation installation, String format) {
    Path first = folder.resolve(format);
    // The correction reaches Kafka a moment after it was accepted.
    Deadline.await(
        "the correction is in the stream",
        () -> new Corrections(installation.infrastructure()).count() > 0);
    String hash = export(installation, format, first);
    assertEquals(hash, export(installation, format, folder.resolve(format + "-again")));
    return first;
  }

  private static String export(TestInstallation installation, String format, Path target) {
    CommandLineRun run =
        CommandLineRun.of(
            "dataset",
            "export",
            "--state",
            installation.state().toString(),
            "--format",
            format,
            "--to",
            target.toString());
    assertEquals(0, run.status(), run::err);
    assertTrue(Files.isDirectory(target));
    return run.out().lines().filter(line -> line.startsWith("manifest ")).findAny().orElseThrow();
  }

  private static String metrics(TestInstallation installation)
      throws IOException, InterruptedException {
    String metrics = Web.get(installation.standalone().address().resolve("/metrics").toString());
    assertTrue(metrics.contains("worker_series_seconds"), metrics);
    return metrics;
  }

  private static String explain(TestInstallation installation, PhantomSeries series) {
    CommandLineRun run =
        CommandLineRun.of(
            "explain", "--state", installation.state().toString(), series.uid().value());
    assertEquals(0, run.status(), run::err);
    assertTrue(run.out().contains(ReasonCode.MISSING_SLICES.code()), run::out);
    assertTrue(run.out().contains(ReasonCode.MISSING_SLICES.advice()), run::out);
    return run.out();
  }
}
