package org.firstpass.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.testing.Deadline;

/**
 * An installation in which eight patients were read, some of every side, and the data set of them.
 */
final class ReadPatients implements AutoCloseable {
  /** The package that is served. */
  static final String NAME = "trained";

  private static final int PATIENTS = 8;
  private static final Pattern MANIFEST = Pattern.compile("manifest ([0-9a-f]{64})");

  private final Path folder;
  private final TestInstallation up;
  private final Path dataset;
  private final String hash;

  private ReadPatients(Path folder) throws IOException {
    this.folder = folder;
    Path packages = Files.createDirectories(folder.resolve("packages"));
    SmallPackage.make(packages, NAME, "1.0.0", NAME, SmallNetwork.threshold(-300));
    StateFolder state = StateFolder.at(folder.resolve("state"));
    state.knownSecret("patients", "test");
    state.knownSecret("split", "sides");
    Files.writeString(state.settings(), Keys.DATASET_SPLIT + "=40,30,30\n");
    up =
        TestInstallation.start(
            folder, Map.of(Keys.MODELS_FOLDERS, packages.toString(), Keys.MODELS_SCAN, "500ms"));
    read();
    dataset = folder.resolve("dataset");
    CommandLineRun export =
        command("dataset", "export", "--format", "nnunet", "--to", dataset.toString());
    assertEquals(0, export.status(), export::err);
    Matcher manifest = MANIFEST.matcher(export.out());
    assertTrue(manifest.find(), export::out);
    hash = manifest.group(1);
  }

  /** Hands every test that asks for it the same one. */
  static final class One extends Shared<ReadPatients> {
    One() {
      super(ReadPatients.class, ReadPatients::start);
    }
  }

  static ReadPatients start() {
    try {
      return new ReadPatients(Files.createTempDirectory("firstpass-read"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() throws IOException {
    List<Path> files = new ArrayList<>();
    for (int patient = 0; patient < PATIENTS; patient++) {
      files.addAll(SmallSeries.write(folder, "patient " + patient, NAME, patient).files());
    }
    assertTrue(up.send(files).isComplete());
    var reader = new ScriptedReader(up.administrator());
    for (int read = 0; read < PATIENTS; read++) {
      var claims = new ArrayList<JsonNode>();
      Deadline.await(
          "a task waits",
          Duration.ofMinutes(2),
          () -> {
            up.administrator().claimNext().ifPresent(claims::add);
            return !claims.isEmpty();
          });
      JsonNode claim = claims.get(0);
      var series = new SeriesInstanceUid(claim.at("/task/series").asText());
      reader.read(claim, new DemoStudy("small", series, List.of(), null));
    }
    var corrections = new Corrections(up.infrastructure());
    Deadline.await("all is told", () -> corrections.count() == PATIENTS);
  }

  TestInstallation up() {
    return up;
  }

  Path dataset() {
    return dataset;
  }

  /** Of its manifest. */
  String hash() {
    return hash;
  }

  CommandLineRun train(String version, String data, String with, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "train",
                "--base",
                NAME + "@1.0.0",
                "--version",
                version,
                "--dataset",
                data,
                "--with",
                with));
    words.addAll(List.of(more));
    return command(words.toArray(String[]::new));
  }

  CommandLineRun command(String... words) {
    List<String> line = new ArrayList<>(List.of(words));
    line.addAll(List.of("--state", up.state().toString()));
    return CommandLineRun.of(line);
  }

  @Override
  public void close() throws IOException {
    up.close();
  }
}
