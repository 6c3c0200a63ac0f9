package org.firstpass.calibration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.firstpass.inference.PackageVerification;
import org.firstpass.model.CalibrationSpec;
import org.firstpass.model.LabelSpec.ExpectedShape;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.ModelPackage;
import org.firstpass.model.Range;
import org.firstpass.sample.SampleManifest;
import org.firstpass.sample.SamplePackage;
import org.firstpass.sample.TinyNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CalibrationTest {
  private static final Calibration.Settings SETTINGS = new Calibration.Settings(0.8, null, 1);

  @TempDir static Path shared;

  /** Calibrations are not changed, and each takes a while. */
  private static Calibration eight;

  private static Calibration many;

  @TempDir Path root;
  private ModelPackage model;

  @BeforeAll
  static void calibrateOnce() {
    ModelPackage model = SamplePackage.threshold(shared, new SampleManifest(), 0.5f);
    eight = calibrate(model, SampleCases.of(8));
    many = calibrate(model, SampleCases.of(24));
  }

  @BeforeEach
  void makePackage() {
    model = SamplePackage.threshold(root, new SampleManifest(), 0.5f);
  }

  @Test
  void aNetworkThatIsTooSureOfNoiseGetsATemperatureThatMakesTheTruthLikelier() {
    VoxelFigures voxels = many.voxels();
    assertTrue(many.spec().temperature() > 1.1, "temperature " + many.spec().temperature());
    assertTrue(voxels.likelihoodAfter() < voxels.likelihoodBefore());
    assertEquals(voxels.voxels(), voxels.before().count());
    assertEquals(voxels.voxels(), voxels.after().count());
  }

  @Test
  void qualityTellsWhichSegmentsAreAcceptableOnCasesThatItWasNotFittedOn() {
    Calibration found = many;
    QualityFigures quality = found.quality();
    assertEquals(24, quality.reliability().count());
    assertEquals(24, found.spec().cases());
    double share = quality.acceptableShare();
    assertTrue(share > 0.2 && share < 0.8, "share " + share);
    assertTrue(quality.withDice().spearman() > 0.5, "correlation " + quality.withDice());
    assertTrue(found.spec().entropy() < 0, found.spec() + "");
    assertEquals(0, found.spec().disagreement(), "there was one pass only");
    assertEquals(
        quality.reliability().expectedCalibrationError(),
        found.spec().expectedCalibrationError(),
        1e-4);
    assertTrue(
        quality.reliability().expectedCalibrationError()
            < quality.naive().expectedCalibrationError(),
        "" + quality);
  }

  @Test
  void whatIsUsualComesFromTheReferences() {
    ExpectedShape expected = eight.expected().get(1);
    assertNotNull(expected);
    Range volume = expected.volumeMl();
    assertNotNull(volume);
    double voxel = 0.7 * 1.1 * 2.3 / 1000;
    assertTrue(volume.contains(515 * voxel) && volume.contains(1419 * voxel), "" + volume);
    assertFalse(volume.contains(300 * voxel) || volume.contains(2000 * voxel), "" + volume);
    assertEquals(1, expected.maximumComponents());
    assertFalse(expected.edgeIsUsual());
  }

  @Test
  void theSameCasesInAnyOrderGiveTheSameCalibration() {
    List<HeldOutCase> turned = new ArrayList<>(SampleCases.of(8));
    Collections.reverse(turned);
    assertEquals(eight, calibrate(model, turned));
  }

  @Test
  void theNewVersionHasTheSameGraphAndTheOldOneStaysAsItWas() throws IOException {
    Path card = model.folder().resolve("model-card.md");
    Files.writeString(card, "# sample 1.0.0\n\nA threshold.\n\n## Licence\n\nNone.\n");
    byte[] before = Files.readAllBytes(model.folder().resolve("manifest.json"));
    Calibration found = eight;
    Path folder = root.resolve("sample/1.1.0");
    ModelPackage written = CalibratedPackage.write(model, "1.1.0", found, folder);
    assertTrue(PackageVerification.of(written).passed());
    assertEquals(found.spec(), written.manifest().calibration());
    assertEquals(found.expected().get(1), written.manifest().labels().segments().get(0).expected());
    assertEquals("1.1.0", written.manifest().version());
    assertArrayEquals(
        Files.readAllBytes(model.modelFile()), Files.readAllBytes(written.modelFile()));
    assertArrayEquals(before, Files.readAllBytes(model.folder().resolve("manifest.json")));
    assertFalse(Files.readString(card).contains("Calibration"));
    String text = Files.readString(folder.resolve("model-card.md"));
    assertTrue(text.startsWith("# sample 1.1.0\n\nA threshold.\n\n## Licence\n\nNone.\n"), text);
    assertTrue(text.contains("## Calibration\n"));
    assertFalse(text.contains("case-1"), "names of files may tell of patients");
  }

  @Test
  void aSealedVersionIsNotWrittenOver() {
    Calibration found = eight;
    CalibratedPackage.write(model, "1.1.0", found, root.resolve("sample/1.1.0"));
    for (Path taken : List.of(model.folder(), root.resolve("sample/1.1.0"))) {
      assertThrows(
          IllegalArgumentException.class,
          () -> CalibratedPackage.write(model, "1.1.0", found, taken));
    }
  }

  @Test
  void whatThePackageSaysAfterwardsIsWhatWasFitted() {
    Calibration found = many;
    ModelPackage written =
        CalibratedPackage.write(model, "1.1.0", found, root.resolve("sample/1.1.0"));
    QualityFigures again =
        Calibration.check(written, SampleCases.of(24), SETTINGS, (pass, name) -> {});
    assertEquals(found.quality().acceptableShare(), again.acceptableShare());
    assertTrue(again.withDice().spearman() > 0.5);
    assertThrows(
        IllegalArgumentException.class,
        () -> Calibration.check(model, SampleCases.of(1), SETTINGS, (pass, name) -> {}));
  }

  @Test
  void aSecondCalibrationReplacesTheFirstOnesSection() throws IOException {
    Calibration found = eight;
    ModelPackage once =
        CalibratedPackage.write(model, "1.1.0", found, root.resolve("sample/1.1.0"));
    Path card = once.folder().resolve("model-card.md");
    Files.writeString(card, Files.readString(card) + "\n## Licence\n\nNone.\n");
    Calibration other = calibrate(once, SampleCases.of(10));
    ModelPackage twice =
        CalibratedPackage.write(once, "1.2.0", other, root.resolve("sample/1.2.0"));
    String text = Files.readString(twice.folder().resolve("model-card.md"));
    assertEquals(1, text.split("## Calibration\n", -1).length - 1);
    assertTrue(text.contains("10 held-out cases") && !text.contains("8 held-out cases"));
    assertTrue(text.endsWith("\n## Licence\n\nNone.\n"), text);
    CalibrationSpec spec = twice.manifest().calibration();
    assertNotNull(spec);
    assertEquals(10, spec.cases());
  }

  @Test
  void theDisagreementOfAnEnsembleIsWeighedToo() {
    Calibration found = calibrate(ensemble(), SampleCases.of(12));
    CalibrationSpec spec = found.spec();
    assertTrue(spec.disagreement() < 0 || spec.entropy() < 0, "" + spec);
    assertTrue(spec.disagreement() <= 0 && spec.entropy() <= 0 && spec.warning() <= 0, "" + spec);
    // Members with thresholds far apart do not agree on what lies between.
    try (CaseRun run = CaseRun.open(ensemble(), null, 1)) {
      Double agreement =
          run.measure(SampleCases.of(12).get(9), List.of(1.0)).get(0).scores().get(0).agreement();
      assertNotNull(agreement);
      assertTrue(agreement > 0.5 && agreement < 0.95, "agreement " + agreement);
    }
  }

  /** Two networks with different thresholds. */
  private ModelPackage ensemble() {
    ModelManifest draft = new SampleManifest().name("ensemble").draft();
    Path folder = SamplePackage.folder(root, draft);
    List<String> networks = List.of("low.onnx", "high.onnx");
    for (int i = 0; i < networks.size(); i++) {
      TinyNetwork.write(
          folder.resolve(networks.get(i)), new float[] {0, 2}, new float[] {0, -0.4f - i * 1.2f});
    }
    return SamplePackage.seal(
        folder,
        new ModelManifest(
            draft.format(),
            draft.name(),
            draft.version(),
            draft.about(),
            draft.accepts(),
            draft.input(),
            draft.windows(),
            draft.output(),
            draft.labels(),
            null,
            networks,
            null,
            null,
            draft.files(),
            null));
  }

  @Test
  void tooFewOrDoubleCasesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> calibrate(model, SampleCases.of(3)));
    List<HeldOutCase> doubled = new ArrayList<>(SampleCases.of(4));
    doubled.addAll(SampleCases.of(1));
    assertThrows(IllegalArgumentException.class, () -> calibrate(model, doubled));
  }

  @Test
  void theMiddleNumberOfAVersionCountsUp() {
    assertEquals("1.1.0", CalibratedPackage.nextVersion("1.0.0"));
    assertEquals("2.10.0", CalibratedPackage.nextVersion("2.9.7-rc.1"));
  }

  private static Calibration calibrate(ModelPackage model, List<HeldOutCase> cases) {
    return Calibration.of(model, cases, SETTINGS, (pass, name) -> {});
  }
}
