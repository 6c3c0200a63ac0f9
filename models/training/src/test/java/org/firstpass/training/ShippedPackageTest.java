package org.firstpass.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.firstpass.inference.PackageVerification;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.ModelPackage;
import org.firstpass.phantom.AbdomenSchema;
import org.firstpass.phantom.PhantomSpec;
import org.junit.jupiter.api.Test;

/** The package that is kept in the repository. */
final class ShippedPackageTest {
  private static final long MEBIBYTE = 1 << 20;

  private final ModelPackage model =
      ModelPackage.load(
          repository()
              .resolve("models/packages")
              .resolve(PhantomAbdomen.NAME)
              .resolve(PhantomAbdomen.VERSION));

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
    assertEquals(draft.labels(), shipped.labels());
    assertEquals(draft.accepts(), shipped.accepts());
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

  private static Path repository() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve("LICENSE"))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new IllegalStateException("no folder above this one has a LICENSE");
    }
    return folder;
  }
}
