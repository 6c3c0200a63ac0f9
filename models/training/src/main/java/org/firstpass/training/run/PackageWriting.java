package org.firstpass.training.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.firstpass.inference.PackageSealing;
import org.firstpass.model.GoldenCase;
import org.firstpass.model.ManifestJson;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.ModelPackage;
import org.firstpass.model.NpyArray;
import org.firstpass.model.Provenance;

/**
 * Writes packages of a network that is being trained: those to be validated, and the last one,
 * which is put in its place when it is whole.
 */
final class PackageWriting {
  private static final double TOLERANCE = 1e-3;
  static final GoldenCase GOLDEN =
      new GoldenCase("golden/input.npy.gz", "golden/output.npy.gz", TOLERANCE);

  private final BasePackage base;
  private final TrainingSettings settings;

  PackageWriting(BasePackage base, TrainingSettings settings) {
    this.base = base;
    this.settings = settings;
  }

  /** A package to be measured only: its golden answer is that of the base. */
  ModelPackage draft(Path folder, float[] values) throws IOException {
    delete(folder);
    Files.createDirectories(folder.resolve("golden"));
    Files.write(
        folder.resolve(ModelManifest.MODEL_FILE), base.graph().withValues(values, Map.of()));
    base.golden().write(folder.resolve(GOLDEN.input()));
    base.golden().write(folder.resolve(GOLDEN.output()));
    return ModelPackage.seal(folder, manifest("a draft"), GOLDEN);
  }

  /**
   * The package that comes of a training. Its golden answer is PyTorch's, and ONNX Runtime has to
   * give it too.
   *
   * @param texts further files by their name
   * @throws org.firstpass.failure.Defect PACKAGE_INVALID if it does not
   */
  void finished(
      float[] values,
      NpyArray answer,
      String source,
      Map<String, String> metadata,
      Map<String, String> texts)
      throws IOException {
    Path part = settings.runFolder().resolve("package");
    delete(part);
    Files.createDirectories(part.resolve("golden"));
    Files.write(part.resolve(ModelManifest.MODEL_FILE), base.graph().withValues(values, metadata));
    base.golden().write(part.resolve(GOLDEN.input()));
    answer.write(part.resolve(GOLDEN.output()));
    Files.write(
        part.resolve(ModelPackage.MANIFEST_FILE),
        ManifestJson.write(manifest(source).sealedWith(GOLDEN, Map.of())));
    PackageSealing.seal(part);
    for (Map.Entry<String, String> text : texts.entrySet()) {
      Files.writeString(part.resolve(text.getKey()), text.getValue(), StandardCharsets.UTF_8);
    }
    Files.move(part, settings.out(), StandardCopyOption.ATOMIC_MOVE);
  }

  /** That of the base, but for what was measured on its weights: they are others now. */
  private ModelManifest manifest(String source) {
    ModelManifest of = base.manifest();
    Provenance about = of.about();
    return new ModelManifest(
        of.format(),
        settings.name(),
        settings.version(),
        new Provenance(
            about.title(), about.licence(), about.intendedUse(), source, about.licenceClass()),
        of.accepts(),
        of.input(),
        of.windows(),
        of.output(),
        of.labels(),
        null,
        List.of(),
        null,
        of.needs(),
        Map.of(),
        null);
  }

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
