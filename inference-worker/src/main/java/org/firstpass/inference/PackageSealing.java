package org.firstpass.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.model.GoldenCase;
import org.firstpass.model.GridSpec;
import org.firstpass.model.ManifestJson;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.ModelPackage;
import org.firstpass.model.NpyArray;
import org.firstpass.model.WindowSpec;

/**
 * Turns a folder with {@code model.onnx} and a draft {@code manifest.json} into a package: records
 * a golden case if the draft names none, and writes the digests.
 */
public final class PackageSealing {
  private static final long SEED = 20_261_101L;
  private static final int WHOLE_EDGE = 32;
  private static final double TOLERANCE = 1e-3;
  private static final String INPUT = "golden/input.npy.gz";
  private static final String OUTPUT = "golden/output.npy.gz";

  private PackageSealing() {}

  /**
   * Seals the package in a folder.
   *
   * @throws Defect with {@link ReasonCode#PACKAGE_INVALID} if draft and network do not match
   */
  public static ModelPackage seal(Path folder) {
    try {
      ModelManifest draft =
          ManifestJson.read(Files.readAllBytes(folder.resolve(ModelPackage.MANIFEST_FILE)));
      GoldenCase golden =
          draft.goldenCase().isPresent() ? draft.goldenCase().get() : record(folder, draft);
      ModelPackage sealed = ModelPackage.seal(folder, draft, golden);
      PackageVerification verification = PackageVerification.of(sealed);
      if (!verification.passed()) {
        throw new Defect(ReasonCode.PACKAGE_INVALID, verification.failures());
      }
      return sealed;
    } catch (IOException e) {
      throw new Defect(ReasonCode.PACKAGE_INVALID, "cannot seal " + folder, e);
    }
  }

  private static GoldenCase record(Path folder, ModelManifest draft) throws IOException {
    List<Integer> shape = goldenShape(draft);
    int voxels = shape.stream().reduce(1, (a, b) -> a * b);
    var values = new float[voxels];
    var random = new Random(SEED);
    for (int i = 0; i < voxels; i++) {
      values[i] = (float) random.nextGaussian();
    }
    var input = new NpyArray(shape, values);
    try (NetworkSession session =
        NetworkSession.open(folder.resolve(ModelManifest.MODEL_FILE), 1, false)) {
      PackageVerification.requireTensors(draft, session);
      float[] answer = PackageVerification.answer(draft, session, input);
      int channels = answer.length / voxels;
      Files.createDirectories(folder.resolve(INPUT).getParent());
      input.write(folder.resolve(INPUT));
      new NpyArray(List.of(1, channels, shape.get(2), shape.get(3), shape.get(4)), answer)
          .write(folder.resolve(OUTPUT));
    }
    return new GoldenCase(INPUT, OUTPUT, TOLERANCE);
  }

  private static List<Integer> goldenShape(ModelManifest draft) {
    if (draft.windows() instanceof WindowSpec.Sliding sliding) {
      List<Integer> patch = sliding.patch();
      return List.of(1, 1, patch.get(0), patch.get(1), patch.get(2));
    }
    List<Integer> fixed = fixedSize(draft);
    return List.of(1, 1, fixed.get(0), fixed.get(1), fixed.get(2));
  }

  /** A network that takes one size only is given that; any other a small cube. */
  private static List<Integer> fixedSize(ModelManifest draft) {
    if (draft.input().grid() instanceof GridSpec.Box box) {
      return box.size();
    }
    return List.of(WHOLE_EDGE, WHOLE_EDGE, WHOLE_EDGE);
  }
}
