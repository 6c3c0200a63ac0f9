package org.firstpass.training;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.firstpass.inference.PackageSealing;
import org.firstpass.model.ManifestJson;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.ModelPackage;

/**
 * Writes a network as a model package: {@code <name>/<version>/} with all that belongs there. A
 * package that is there is not written over.
 */
final class PackageFolder {
  private static final String CARD = "model-card.md";

  private final Path folder;

  PackageFolder(Path packages) {
    this.folder = packages.resolve(PhantomAbdomen.NAME).resolve(PhantomAbdomen.VERSION);
  }

  Path path() {
    return folder;
  }

  /** Refuses a folder that has a package: its version may be in use. */
  void requireFree() {
    if (Files.exists(folder.resolve(ModelPackage.MANIFEST_FILE))) {
      throw new IllegalStateException(
          folder + " has a package; a sealed version is not written over, so give a new one first");
    }
  }

  /**
   * Writes graph, golden case and manifest and verifies them with ONNX Runtime: PyTorch's answer is
   * the golden one, so a package that passes does the same in both.
   */
  ModelPackage write(TrainedNetwork network, TrainingPlan plan) throws IOException {
    requireFree();
    Files.createDirectories(folder);
    byte[] graph = network.toOnnx(GraphFacts.metadata(plan));
    Files.write(folder.resolve(ModelManifest.MODEL_FILE), graph);
    GoldenPatch.write(folder, network);
    return seal();
  }

  /** Writes the same with graph and golden case of a package that is there already. */
  ModelPackage writeAgain(Path other) throws IOException {
    requireFree();
    for (String file :
        List.of(
            ModelManifest.MODEL_FILE, PhantomAbdomen.GOLDEN_INPUT, PhantomAbdomen.GOLDEN_OUTPUT)) {
      Path target = folder.resolve(file);
      Files.createDirectories(target.getParent());
      Files.copy(other.resolve(file), target);
    }
    return seal();
  }

  private ModelPackage seal() throws IOException {
    Files.write(
        folder.resolve(ModelPackage.MANIFEST_FILE), ManifestJson.write(PhantomAbdomen.draft()));
    return PackageSealing.seal(folder);
  }

  void writeCard(String markdown) throws IOException {
    Files.writeString(folder.resolve(CARD), markdown, StandardCharsets.UTF_8);
  }

  void addToCard(String markdown) throws IOException {
    String card = Files.readString(folder.resolve(CARD), StandardCharsets.UTF_8);
    writeCard(card.stripTrailing() + "\n\n" + markdown.stripTrailing() + "\n");
  }
}
