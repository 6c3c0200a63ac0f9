package org.firstpass.training.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Vector3;
import org.firstpass.inference.PackageSealing;
import org.firstpass.inference.PackageVerification;
import org.firstpass.model.GridSpec;
import org.firstpass.model.InputSpec;
import org.firstpass.model.ManifestJson;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.ModelPackage;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.training.PyTorch;
import org.firstpass.training.ShippedPackage;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.NiftiReader;
import org.firstpass.volume.Volume;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A published network of another house, on a real image that lies outside the repository. */
final class AbdominalNetworkTest {
  private static final int SPLEEN = 1;
  private static final int LIVER = 6;

  @TempDir Path folder;

  @Test
  void isTrainedOnWithACorrectedCaseAndAnswersInOnnxRuntimeAsInPyTorch() throws IOException {
    PyTorch.start();
    Path data = ShippedPackage.repository().resolveSibling("shared").resolve("data");
    Path image = data.resolve("expected/lidc_box_input.nii.gz");
    Assumptions.assumeTrue(
        Files.exists(image), () -> "SKIPPED: there is no " + image.getFileName());
    var frame = new FrameOfReferenceUid("2.25.7");
    Volume volume = NiftiReader.readVolume(image, frame);
    LabelMap proposed =
        NiftiReader.readLabelMap(data.resolve("expected/lidc_box_allconvunet.nii.gz"), frame);
    ModelPackage base =
        sealed(volume.geometry(), data.resolve("models/allconvunet_tcia_fold1.onnx"));
    Path dataset =
        new WrittenSet(folder.resolve("dataset"), base.manifest().labels().schema())
            .with("TRAINING", "case_lidc", volume, corrected(proposed))
            .written();
    Path out = folder.resolve("tuned");
    var settings =
        new TrainingSettings(
            dataset,
            Optional.of(base.folder()),
            out,
            "abdomen-organs",
            "1.1.0",
            3,
            1,
            1,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            false);
    var losses = new ArrayList<Float>();
    Training.run(settings, report(losses), Clock.systemUTC());
    assertEquals(3, losses.size());
    ModelPackage model = ModelPackage.load(out);
    PackageVerification verification = PackageVerification.of(model);
    assertTrue(verification.passed(), verification.failures());
    assertFalse(model.manifest().files().equals(base.manifest().files()));
  }

  /** As a reader might have corrected it: what was called spleen was liver. */
  private static LabelMap corrected(LabelMap proposed) {
    short[] labels = proposed.toArray();
    for (int i = 0; i < labels.length; i++) {
      labels[i] = labels[i] == SPLEEN ? LIVER : labels[i];
    }
    return new LabelMap(proposed.geometry(), labels);
  }

  /** The package as the standalone's tests have it, for the box that this image fills. */
  private ModelPackage sealed(GridGeometry grid, Path onnx) throws IOException {
    Path base = Files.createDirectories(folder.resolve("base"));
    Files.copy(onnx, base.resolve(ModelManifest.MODEL_FILE));
    Path manifest =
        ShippedPackage.repository()
            .resolve("deploy/standalone/src/test/resources/manifests/abdomen-organs.json");
    ModelManifest of = ManifestJson.read(Files.readAllBytes(manifest));
    InputSpec input = of.input();
    var boxed =
        new InputSpec(
            input.tensor(),
            input.channels(),
            input.orientation(),
            box(grid),
            input.outside(),
            null);
    var draft =
        new ModelManifest(
            of.format(),
            of.name(),
            of.version(),
            of.about(),
            of.accepts(),
            boxed,
            of.windows(),
            of.output(),
            of.labels(),
            Map.of(),
            null);
    Files.write(base.resolve(ModelPackage.MANIFEST_FILE), ManifestJson.write(draft));
    return PackageSealing.seal(base);
  }

  private static GridSpec.Box box(GridGeometry grid) {
    GridSize size = grid.size();
    Vector3 a = grid.toPatient(-0.5, -0.5, -0.5);
    Vector3 b = grid.toPatient(size.columns() - 0.5, size.rows() - 0.5, size.slices() - 0.5);
    return new GridSpec.Box(
        GridSpec.PatientSpace.LPS,
        List.of(Math.min(a.x(), b.x()), Math.min(a.y(), b.y()), Math.min(a.z(), b.z())),
        List.of(Math.max(a.x(), b.x()), Math.max(a.y(), b.y()), Math.max(a.z(), b.z())),
        List.of(144, 144, 144));
  }

  private static TrainingReport report(List<Float> losses) {
    return new TrainingReport() {
      @Override
      public void say(String sentence) {}

      @Override
      public void step(Progress progress, int steps, double secondsLeft) {
        losses.add(progress.loss());
      }

      @Override
      public void compared(int done, double baseDice, double dice) {}
    };
  }
}
