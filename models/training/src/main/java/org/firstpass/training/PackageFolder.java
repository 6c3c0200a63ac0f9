package org.firstpass.training;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.firstpass.inference.PackageSealing;
import org.firstpass.model.ManifestJson;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.ModelPackage;

/** Writes a network as a model package: {@code <name>/<version>/} with all that belongs there. */
final class PackageFolder {
  private static final String CARD = "model-card.md";

  private final Path folder;

  PackageFolder(Path packages) {
    this.folder = packages.resolve(PhantomAbdomen.NAME).resolve(PhantomAbdomen.VERSION);
  }

  /**
   * Writes graph, golden case and manifest and verifies them with ONNX Runtime: PyTorch's answer is
   * the golden one, so a package that passes does the same in both.
   */
  ModelPackage write(TrainedNetwork network, TrainingPlan plan) throws IOException {
    Files.createDirectories(folder);
    Map<String, String> metadata =
        Map.of("seed", "" + plan.seed(), "steps", "" + plan.steps(), "cases", "" + plan.cases());
    Files.write(folder.resolve(ModelManifest.MODEL_FILE), network.toOnnx(metadata));
    GoldenPatch.write(folder, network);
    Files.write(
        folder.resolve(ModelPackage.MANIFEST_FILE), ManifestJson.write(PhantomAbdomen.draft()));
    return PackageSealing.seal(folder);
  }

  void writeCard(String markdown) throws IOException {
    Files.writeString(folder.resolve(CARD), markdown, StandardCharsets.UTF_8);
  }
}
