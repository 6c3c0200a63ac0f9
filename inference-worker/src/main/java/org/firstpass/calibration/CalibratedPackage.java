package org.firstpass.calibration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.firstpass.inference.PackageSealing;
import org.firstpass.model.LabelSpec;
import org.firstpass.model.LabelSpec.ExpectedShape;
import org.firstpass.model.LabelSpec.LabelledChannel;
import org.firstpass.model.ManifestJson;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.ModelPackage;

/**
 * Writes a calibration into a new version of its package: the same graphs and golden case, another
 * manifest and model card. The version that was calibrated stays as it is.
 */
public final class CalibratedPackage {
  private static final String CARD = "model-card.md";

  private CalibratedPackage() {}

  /**
   * Makes and verifies the new version beside and then puts it in its place, the manifest last, so
   * that a worker that looks sees all of it or nothing.
   *
   * @param folder of the new version; it must not have a manifest yet
   * @throws IllegalArgumentException if it has
   * @throws org.firstpass.failure.Defect PACKAGE_INVALID if what was made does not verify
   */
  public static ModelPackage write(
      ModelPackage model, String version, Calibration calibration, Path folder) {
    requireFree(folder);
    ModelManifest manifest = manifest(model.manifest(), version, calibration);
    try {
      Path beside = Files.createTempDirectory("firstpass-calibrate");
      try {
        copy(model.folder(), beside);
        Files.write(beside.resolve(ModelPackage.MANIFEST_FILE), ManifestJson.write(manifest));
        writeCard(beside.resolve(CARD), manifest, calibration);
        PackageSealing.seal(beside);
        copy(beside, folder);
      } finally {
        delete(beside);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + folder, e);
    }
    return ModelPackage.load(folder);
  }

  /** Refuses a folder that has a package: a sealed version is not changed. */
  public static void requireFree(Path folder) {
    if (Files.exists(folder.resolve(ModelPackage.MANIFEST_FILE))) {
      throw new IllegalArgumentException(
          folder + " has a package already, and a sealed version is not changed");
    }
  }

  /** Of the three numbers of a version the middle one counts up: {@code 1.0.3} to {@code 1.1.0}. */
  public static String nextVersion(String version) {
    String[] numbers = version.split("-", 2)[0].split("\\.", -1);
    return numbers[0] + "." + (Integer.parseInt(numbers[1]) + 1) + ".0";
  }

  private static ModelManifest manifest(ModelManifest of, String version, Calibration calibration) {
    return new ModelManifest(
        of.format(),
        of.name(),
        version,
        of.about(),
        of.accepts(),
        of.input(),
        of.windows(),
        of.output(),
        labels(of.labels(), calibration.expected()),
        of.findings(),
        of.networks(),
        calibration.spec(),
        of.needs(),
        of.files(),
        of.golden());
  }

  /** What was expected before goes: it was not measured together with this calibration. */
  private static LabelSpec labels(LabelSpec of, Map<Integer, ExpectedShape> expected) {
    List<LabelledChannel> segments =
        of.segments().stream()
            .map(
                each ->
                    new LabelledChannel(
                        each.channel(),
                        each.segment(),
                        each.cleanUp(),
                        expected.get(each.segment().number())))
            .toList();
    return new LabelSpec(of.name(), of.version(), segments, of.rules());
  }

  private static void writeCard(Path card, ModelManifest manifest, Calibration calibration)
      throws IOException {
    String old =
        Files.exists(card)
            ? Files.readString(card, StandardCharsets.UTF_8)
            : "# " + manifest.label() + "\n";
    Files.writeString(
        card, CalibrationReport.into(old, manifest, calibration), StandardCharsets.UTF_8);
  }

  private static void copy(Path from, Path to) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(from)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      if (!file.equals(from.resolve(ModelPackage.MANIFEST_FILE))) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Path manifest = from.resolve(ModelPackage.MANIFEST_FILE);
    Path part = to.resolve(ModelPackage.MANIFEST_FILE + ".part");
    Files.copy(manifest, part, StandardCopyOption.REPLACE_EXISTING);
    Files.move(part, to.resolve(ModelPackage.MANIFEST_FILE), StandardCopyOption.ATOMIC_MOVE);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
