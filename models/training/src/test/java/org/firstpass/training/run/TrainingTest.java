package org.firstpass.training.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.inference.PackageVerification;
import org.firstpass.model.ModelPackage;
import org.firstpass.phantom.AbdomenSchema;
import org.firstpass.training.PyTorch;
import org.firstpass.training.ShippedPackage;
import org.firstpass.training.data.TrainingSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainingTest {
  @TempDir static Path folder;
  private static Path dataset = Path.of("");

  @BeforeAll
  static void writeDataSet() throws IOException {
    PyTorch.start();
    dataset =
        new WrittenSet(folder.resolve("dataset"), AbdomenSchema.SCHEMA)
            .withPhantoms("TRAINING", 2_000_001, 2, 48)
            .withPhantoms("VALIDATION", 2_000_011, 1, 48)
            // Its files are not even there.
            .withPhantoms("TEST", 2_000_021, 1, 48)
            .written();
  }

  @Test
  void aServedPackageIsTrainedOnAndAnswersInBothRuntimesAlike() throws IOException {
    Path out = folder.resolve("tuned");
    var steps = new Steps();
    Training.run(settings(out, 12), steps, Clock.systemUTC());
    ModelPackage model = ModelPackage.load(out);
    PackageVerification verification = PackageVerification.of(model);
    assertTrue(verification.passed(), verification.failures());
    assertEquals("phantom-tuned 1.2.0", model.label());
    ModelPackage base = ModelPackage.load(ShippedPackage.folder());
    assertEquals(base.manifest().input(), model.manifest().input());
    assertEquals(base.manifest().labels(), model.manifest().labels());
    assertFalse(
        base.manifest()
            .files()
            .get("model.onnx")
            .equals(model.manifest().files().get("model.onnx")));
    String source = model.manifest().about().source();
    assertTrue(source != null && source.contains(base.digest().hex()), source);
    assertEquals(12, steps.all.size());
    assertTrue(steps.all.get(9).validationDice().isPresent());
    assertTrue(Files.readString(out.resolve("training.json")).contains("\"validationDiceAfter\""));
    assertTrue(Files.readString(out.resolve("training.html")).contains("data:image/svg+xml"));
    assertFalse(Files.exists(folder.resolve("tuned.run")));
  }

  @Test
  void aPackageThatDoesNoBetterThanItsBaseSaysSoWhereverItIsLookedAt() throws IOException {
    // A rate at which nothing is learnt and what was known is lost.
    var spoilt = new Steps();
    Path worse = folder.resolve("worse");
    Training.run(settings(worse, 10, 10f), spoilt, Clock.systemUTC());
    assertTrue(spoilt.dice < spoilt.baseDice - 0.1, spoilt.dice + " of " + spoilt.baseDice);
    assertSaysNoBetter(worse, spoilt);
  }

  @Test
  void aPackageIsBetterThanItsBaseOnlyIfItsMeanIsHigher() {
    assertEquals(
        "Better than its base on the cases for validation: Dice 0.7500, that of the base 0.5000.",
        outcome(Map.of(1, 0.25, 2, 0.75), Map.of(1, 0.5, 2, 1.0)).verdict());
    assertEquals(
        "No better than its base on the cases for validation: Dice 0.5000, that of the base"
            + " 0.5000.",
        outcome(Map.of(1, 0.25, 2, 0.75), Map.of(1, 0.75, 2, 0.25)).verdict());
    assertFalse(outcome(Map.of(), Map.of()).isCompared());
  }

  private static TrainingOutcome outcome(Map<Integer, Double> before, Map<Integer, Double> after) {
    return new TrainingOutcome(
        settings(folder.resolve("outcome"), 1),
        TrainingSet.read(dataset),
        BasePackage.read(ModelPackage.load(ShippedPackage.folder()), name -> false),
        List.of(),
        0,
        0,
        new Validation(before),
        new Validation(after));
  }

  private static void assertSaysNoBetter(Path made, Steps steps) throws IOException {
    String whole =
        String.format(
            Locale.ROOT,
            "No better than its base on the cases for validation: Dice %.4f, that of the base"
                + " %.4f.",
            steps.dice,
            steps.baseDice);
    String source = ModelPackage.load(made).manifest().about().source();
    assertTrue(source != null && source.endsWith(" " + whole), source);
    assertEquals(whole, steps.said.get(steps.said.size() - 1));
    assertTrue(Files.readString(made.resolve("model-card.md")).contains("**" + whole + "**"));
    assertTrue(Files.readString(made.resolve("training.json")).contains("\"better\" : false"));
  }

  @Test
  void withoutAPackageToTrainOnANewNetworkLearns() throws IOException {
    Path out = folder.resolve("new");
    var steps = new Steps();
    Training.run(settings(out, Optional.empty(), 12, dataset), steps, Clock.systemUTC());
    ModelPackage model = ModelPackage.load(out);
    PackageVerification verification = PackageVerification.of(model);
    assertTrue(verification.passed(), verification.failures());
    assertEquals(7, model.manifest().output().channels());
    assertEquals(List.of("CT"), model.manifest().accepts().modalities());
    double first = steps.mean(0, 3);
    double last = steps.mean(9, 12);
    assertTrue(last < first - 0.2, "loss was " + first + " and is " + last);
  }

  @Test
  void aFolderThatIsThereIsRefused() throws IOException {
    Path out = Files.createDirectory(folder.resolve("there"));
    Defect refused =
        assertThrows(
            Defect.class, () -> Training.run(settings(out, 1), new Steps(), Clock.systemUTC()));
    assertEquals(ReasonCode.PACKAGE_INVALID, refused.code());
  }

  @Test
  void aDataSetWithoutTheSegmentsOfThePackageIsRefused() throws IOException {
    Path other = folder.resolve("other");
    Files.createDirectories(other);
    String manifest = Files.readString(dataset.resolve("manifest.json"));
    Files.writeString(other.resolve("manifest.json"), manifest.replace("10200004", "1"));
    TrainingSettings settings = settings(folder.resolve("never"), 1, other);
    Defect refused =
        assertThrows(Defect.class, () -> Training.run(settings, new Steps(), Clock.systemUTC()));
    assertEquals(ReasonCode.DATASET_UNFIT, refused.code());
    assertTrue(String.valueOf(refused.getMessage()).contains("Liver"), refused.getMessage());
  }

  @Test
  void whatWasKilledGoesOnToTheSameWeights() throws Exception {
    Path whole = folder.resolve("whole");
    Training.run(settings(whole, 24), new Steps(), Clock.systemUTC());
    Path broken = folder.resolve("broken");
    Process process = program(broken, 24);
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      String line = lines.readLine();
      while (line != null && !line.contains("\"step\":14,")) {
        line = lines.readLine();
      }
      process.destroyForcibly();
      assertEquals(128 + 9, process.waitFor(), "killed in the middle");
    }
    var second = new Steps();
    Training.run(settings(broken, 24), second, Clock.systemUTC());
    assertTrue(second.all.get(0).step() > 10, "goes on behind a checkpoint");
    assertArrayEquals(
        Files.readAllBytes(whole.resolve("model.onnx")),
        Files.readAllBytes(broken.resolve("model.onnx")));
  }

  /** The trainer as it is run, in a process of its own. */
  private static Process program(Path out, int steps) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "org.firstpass.training.Train",
            "--dataset=" + dataset,
            "--base=" + ShippedPackage.folder(),
            "--out=" + out,
            "--name=phantom-tuned",
            "--version=1.2.0",
            "--steps=" + steps,
            "--seed=3",
            "--threads=1")
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  @Test
  void anotherCommandDoesNotGoOnWithIt() {
    Path out = folder.resolve("left");
    var first = new Steps();
    first.last = 11;
    assertThrows(
        Interrupted.class, () -> Training.run(settings(out, 24), first, Clock.systemUTC()));
    Defect refused =
        assertThrows(
            Defect.class, () -> Training.run(settings(out, 25), new Steps(), Clock.systemUTC()));
    assertEquals(ReasonCode.OTHER_TRAINING, refused.code());
  }

  private static TrainingSettings settings(Path out, int steps) {
    return settings(out, steps, dataset);
  }

  private static TrainingSettings settings(Path out, int steps, Path dataset) {
    return settings(out, Optional.of(ShippedPackage.folder()), steps, dataset);
  }

  private static TrainingSettings settings(Path out, Optional<Path> base, int steps, Path dataset) {
    return settings(out, base, steps, dataset, Optional.empty());
  }

  private static TrainingSettings settings(Path out, int steps, float rate) {
    return settings(out, Optional.of(ShippedPackage.folder()), steps, dataset, Optional.of(rate));
  }

  private static TrainingSettings settings(
      Path out, Optional<Path> base, int steps, Path dataset, Optional<Float> rate) {
    return new TrainingSettings(
        dataset,
        base,
        out,
        "phantom-tuned",
        "1.2.0",
        steps,
        3,
        1,
        Optional.empty(),
        rate,
        List.of(),
        Optional.of(folder.resolve("mlruns")),
        false);
  }

  private static final class Interrupted extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Remembers the steps, and breaks off after one if it is told to. */
  private static final class Steps implements TrainingReport {
    private final List<Progress> all = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private int last = Integer.MAX_VALUE;
    private double baseDice = Double.NaN;
    private double dice = Double.NaN;

    double mean(int from, int to) {
      return all.subList(from, to).stream().mapToDouble(Progress::loss).average().orElseThrow();
    }

    @Override
    public void say(String sentence) {
      said.add(sentence);
    }

    @Override
    public void step(Progress progress, int steps, double secondsLeft) {
      all.add(progress);
      if (progress.step() == last) {
        throw new Interrupted();
      }
    }

    @Override
    public void compared(int done, double base, double trained) {
      assertEquals(all.get(all.size() - 1).step(), done);
      baseDice = base;
      dice = trained;
    }
  }
}
