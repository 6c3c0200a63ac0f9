package org.firstpass.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.firstpass.inference.PackageSealing;
import org.firstpass.model.ManifestJson;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.ModelPackage;

/** Packages in a temporary folder. */
public final class SamplePackage {
  private SamplePackage() {}

  /** Seals a draft with a network that lies elsewhere. */
  public static ModelPackage seal(Path root, ModelManifest draft, Path network) {
    try {
      Path folder = folder(root, draft);
      Files.copy(network, folder.resolve(ModelManifest.MODEL_FILE));
      return seal(folder, draft);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A package whose only segment is where the prepared value is above a threshold. */
  public static ModelPackage threshold(Path root, SampleManifest draft, float threshold) {
    ModelManifest manifest = draft.draft();
    Path folder = folder(root, manifest);
    TinyNetwork.write(
        folder.resolve(ModelManifest.MODEL_FILE), new float[] {0, 1}, new float[] {0, -threshold});
    return seal(folder, manifest);
  }

  public static Path folder(Path root, ModelManifest draft) {
    try {
      return Files.createDirectories(root.resolve(draft.name()).resolve(draft.version()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static ModelPackage seal(Path folder, ModelManifest draft) {
    try {
      Files.write(folder.resolve(ModelPackage.MANIFEST_FILE), ManifestJson.write(draft));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return PackageSealing.seal(folder);
  }
}
