package org.firstpass.standalone;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.firstpass.failure.Defect;
import org.firstpass.inference.PackageVerification;
import org.firstpass.model.ModelPackage;
import org.firstpass.segment.LabelSchema;
import org.firstpass.standalone.TrainingRefused.Reason;

/** A package that a trainer made, once it was looked at. */
final class TrainedPackage {
  /** Beside the manifest: of what and by what it was made. */
  static final String PROVENANCE = "provenance.json";

  private final ModelPackage model;

  private TrainedPackage(ModelPackage model) {
    this.model = model;
  }

  /**
   * The package in a folder, if it is the one that was asked for and does on this machine what it
   * did where it was made.
   *
   * @throws TrainingRefused otherwise
   */
  static TrainedPackage require(Path folder, String name, String version, ModelPackage base) {
    if (!Files.exists(folder.resolve(ModelPackage.MANIFEST_FILE))) {
      throw new TrainingRefused(
          Reason.PACKAGE_MISSING,
          "the trainer ended with 0 and left no manifest.json in " + folder);
    }
    ModelPackage model;
    try {
      model = ModelPackage.load(folder);
    } catch (Defect e) {
      throw new TrainingRefused(Reason.PACKAGE_UNSOUND, String.valueOf(e.getMessage()), e);
    }
    requireAskedFor(model, name, version, base);
    PackageVerification verification = PackageVerification.of(model);
    if (!verification.passed()) {
      throw new TrainingRefused(Reason.PACKAGE_UNSOUND, verification.failures());
    }
    return new TrainedPackage(model);
  }

  private static void requireAskedFor(
      ModelPackage model, String name, String version, ModelPackage base) {
    if (!model.manifest().name().equals(name) || !model.manifest().version().equals(version)) {
      throw new TrainingRefused(
          Reason.PACKAGE_DIFFERENT,
          "%s %s was asked for, but the trainer made %s".formatted(name, version, model.label()));
    }
    LabelSchema marks = model.manifest().labels().schema();
    if (!marks.equals(base.manifest().labels().schema())) {
      throw new TrainingRefused(
          Reason.PACKAGE_DIFFERENT,
          "%s has other segments than %s, so that the gate could not compare them"
              .formatted(model.label(), base.label()));
    }
  }

  ModelPackage model() {
    return model;
  }

  /** Says in the package of what and by what it was made. */
  void note(Map<String, ?> provenance) throws IOException {
    Files.write(
        model.folder().resolve(PROVENANCE),
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(provenance));
  }

  /** Copies a package into a folder of packages, where it appears when it is whole. */
  static ModelPackage copy(ModelPackage model, Path packages) throws IOException {
    Path target = packages.resolve(model.manifest().name()).resolve(model.manifest().version());
    // One folder deeper than a worker looks, so that it never sees half a package.
    Path workshop = target.resolveSibling(".training");
    Path parts = workshop.resolve(model.manifest().version());
    TrainingFolder.delete(workshop);
    List<Path> files;
    try (Stream<Path> tree = Files.walk(model.folder())) {
      files = tree.sorted().toList();
    }
    Files.createDirectories(workshop);
    for (Path each : files) {
      Files.copy(each, parts.resolve(model.folder().relativize(each).toString()));
    }
    Files.move(parts, target, StandardCopyOption.ATOMIC_MOVE);
    TrainingFolder.delete(workshop);
    return ModelPackage.load(target);
  }
}
