package org.firstpass.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.firstpass.calibration.Calibration;
import org.firstpass.calibration.HeldOutCase;
import org.firstpass.calibration.QualityFigures;
import org.firstpass.inference.PackageVerification;
import org.firstpass.model.CalibrationSpec;
import org.firstpass.model.LabelSpec.LabelledChannel;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.ModelPackage;
import org.firstpass.phantom.AbdomenSchema;
import org.firstpass.phantom.PhantomSpec;
import org.junit.jupiter.api.Test;

/** The package that is kept in the repository. */
final class ShippedPackageTest {
  private static final long MEBIBYTE = 1 << 20;

  private final ModelPackage model = ModelPackage.load(ShippedPackage.folder());

  @Test
  void passesItsVerificationOnThisMachine() throws IOException {
    PackageVerification verification = PackageVerification.of(model);
    assertTrue(verification.passed(), verification.failures());
    assertTrue(Files.size(model.modelFile()) < MEBIBYTE, "model.onnx is kept in the repository");
  }

  @Test
  void statesWhatTheTrainingObeyed() {
    ModelManifest shipped = model.manifest();
    ModelManifest draft = PhantomAbdomen.draft();
    assertEquals(draft.input(), shipped.input());
    assertEquals(draft.windows(), shipped.windows());
    assertEquals(draft.output(), shipped.output());
    assertEquals(draft.labels().segments(), withoutExpectation(shipped));
    assertEquals(draft.labels().rules(), shipped.labels().rules());
    assertEquals(draft.accepts(), shipped.accepts());
    assertEquals(draft.about(), shipped.about());
    assertEquals(draft.needs(), shipped.needs());
  }

  @Test
  void saysHowFarItsDoubtCanBeTrusted() throws IOException {
    CalibrationSpec calibration = model.manifest().calibration();
    assertNotNull(calibration);
    assertTrue(calibration.expectedCalibrationError() < 0.1);
    assertTrue(calibration.entropy() < 0, "doubt speaks against a segment");
    for (LabelledChannel labelled : model.manifest().labels().segments()) {
      assertNotNull(labelled.expected(), labelled.segment().label());
    }
    String card = Files.readString(model.folder().resolve("model-card.md"));
    assertTrue(card.startsWith("# " + model.label() + "\n"));
    assertTrue(card.contains("\n## Calibration\n"));
    assertTrue(card.contains("\n### Quality on phantoms that nothing was fitted on\n"));
  }

  @Test
  void itsQualityTellsGoodSegmentsFromBadOnesOnPhantomsThatNothingWasFittedOn() {
    var settings = new Calibration.Settings(0.8, null, 1);
    List<HeldOutCase> cases = HeldOutPhantoms.from(HeldOutPhantoms.CHECK + 100, 8);
    QualityFigures figures = Calibration.check(model, cases, settings, (pass, name) -> {});
    assertTrue(figures.withDice().spearman() > 0.3, "" + figures.withDice());
    assertTrue(
        figures.reliability().expectedCalibrationError()
            < figures.naive().expectedCalibrationError());
  }

  private static List<LabelledChannel> withoutExpectation(ModelManifest manifest) {
    return manifest.labels().segments().stream()
        .map(each -> new LabelledChannel(each.channel(), each.segment(), each.cleanUp()))
        .toList();
  }

  @Test
  void findsTheOrgansOfPhantomsItHasNotSeen() {
    List<PhantomSpec> unseen =
        List.of(PhantomSpec.drawn(41, 128), PhantomSpec.drawn(42, 96).withDifficulty(0.8));
    for (CaseScore score : Evaluation.of(model, unseen, 1, done -> {})) {
      Map<Integer, Double> dice = score.networkGrid();
      for (int label = AbdomenSchema.LIVER; label <= AbdomenSchema.RIGHT_KIDNEY; label++) {
        double found = dice.getOrDefault(label, 0.0);
        assertTrue(found > 0.8, "seed " + score.spec().seed() + ", label " + label + ": " + found);
      }
    }
  }
}
