package org.firstpass.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.firstpass.inference.PackageSealing;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.ModelPackage;

/** Packages of published networks that lie outside the repository, for manifests that lie in it. */
final class RealPackages {
  private static final Map<String, String> NETWORKS =
      Map.of(
          "brain-tissue", "models/meshnet_model5_gw_ae.onnx",
          "abdomen-organs", "models/allconvunet_tcia_fold1.onnx",
          "anything", "models/meshnet_model5_gw_ae.onnx");

  private RealPackages() {}

  /** Writes and seals those whose networks are there, as an installation would have them. */
  static Path write(Path folder) {
    try {
      Files.createDirectories(folder);
      for (Map.Entry<String, String> network : NETWORKS.entrySet()) {
        Path onnx = SharedData.root().resolve(network.getValue());
        if (Files.exists(onnx)) {
          seal(folder.resolve(network.getKey()).resolve("1.0.0"), network.getKey(), onnx);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder;
  }

  private static void seal(Path folder, String name, Path onnx) throws IOException {
    Files.createDirectories(folder);
    Files.copy(onnx, folder.resolve(ModelManifest.MODEL_FILE));
    try (InputStream manifest =
        RealPackages.class.getResourceAsStream("/manifests/" + name + ".json")) {
      Files.write(folder.resolve(ModelPackage.MANIFEST_FILE), manifest.readAllBytes());
    }
    PackageSealing.seal(folder);
  }
}
