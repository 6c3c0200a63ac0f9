package org.firstpass.inference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.model.GoldenCase;
import org.firstpass.model.ManifestJson;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.ModelPackage;
import org.firstpass.model.NpyArray;
import org.firstpass.model.importing.ImportedModel;
import org.firstpass.model.importing.ModelCardSkeleton;

/**
 * Writes an imported model as a package: graphs, manifest, model card, golden case; sealed and
 * verified. A package that does not verify is not left behind.
 */
public final class PackageImport {
  private static final String CARD = "model-card.md";
  private static final double TOLERANCE = 1e-3;
  private static final String INPUT = "golden/input.npy.gz";
  private static final String OUTPUT = "golden/output.npy.gz";

  private final ImportedModel imported;
  private final Path folder;

  private PackageImport(ImportedModel imported, Path folder) {
    this.imported = imported;
    this.folder = folder;
  }

  /**
   * What the framework, in which the model was trained, answers to a tensor.
   *
   * @param input {@code .npy}, float32, of the shape of the graph's input
   * @param output {@code .npy}, what it answers
   */
  public record FrameworkCase(Path input, Path output) {}

  /**
   * Writes the package to {@code <into>/<name>/<version>}.
   *
   * @param golden empty to keep the package's own first answer
   * @throws Defect with {@link ReasonCode#PACKAGE_INVALID} if it does not verify
   * @throws FileAlreadyExistsException if there is such a package already
   */
  public static ModelPackage write(
      ImportedModel imported, Path into, Optional<FrameworkCase> golden) throws IOException {
    ModelManifest draft = imported.draft();
    Path target = into.resolve(draft.name()).resolve(draft.version());
    if (Files.exists(target)) {
      throw new FileAlreadyExistsException(
          target.toString(), null, "a package is there already; give another --version");
    }
    // One folder deeper than a worker looks, so that it never sees half a package.
    Path workshop = target.resolveSibling(".import");
    Path parts = workshop.resolve(draft.version());
    removeLeftovers(workshop);
    try {
      Files.createDirectories(parts);
      new PackageImport(imported, parts).fill(golden);
      Files.move(parts, target, StandardCopyOption.ATOMIC_MOVE);
      return ModelPackage.load(target);
    } finally {
      removeLeftovers(workshop);
    }
  }

  private void fill(Optional<FrameworkCase> golden) throws IOException {
    List<String> names = imported.draft().networkFiles();
    for (int i = 0; i < names.size(); i++) {
      copyGraph(imported.graphs().get(i), folder.resolve(names.get(i)));
    }
    ModelManifest draft = imported.draft();
    if (golden.isPresent()) {
      draft = draft.sealedWith(copied(golden.get()), Map.of());
    }
    Files.write(folder.resolve(ModelPackage.MANIFEST_FILE), ManifestJson.write(draft));
    Files.writeString(
        folder.resolve(CARD), ModelCardSkeleton.of(draft, imported.notes(), golden.isPresent()));
    PackageSealing.seal(folder);
  }

  /** With the files in which it keeps its weights. */
  private void copyGraph(Path graph, Path target) throws IOException {
    Files.copy(graph, target);
    for (String external : GraphFile.read(graph).externalFiles()) {
      Path weights = folder.resolve(GraphFile.inPackage(folder, target, external));
      Path from = graph.resolveSibling(external);
      if (!Files.exists(from)) {
        throw new Defect(
            ReasonCode.PACKAGE_INVALID,
            graph.getFileName() + " keeps weights in " + external + ", which is not beside it");
      }
      Files.createDirectories(weights.getParent());
      if (Files.exists(weights) && Files.mismatch(from, weights) >= 0) {
        throw new Defect(
            ReasonCode.PACKAGE_INVALID,
            "two graphs keep different weights in "
                + external
                + "; export each into a file of its own");
      }
      Files.copy(from, weights, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private GoldenCase copied(FrameworkCase golden) throws IOException {
    Files.createDirectories(folder.resolve(INPUT).getParent());
    NpyArray.read(golden.input()).write(folder.resolve(INPUT));
    NpyArray.read(golden.output()).write(folder.resolve(OUTPUT));
    return new GoldenCase(INPUT, OUTPUT, TOLERANCE);
  }

  private static void removeLeftovers(Path parts) throws IOException {
    if (!Files.exists(parts)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(parts)) {
      tree.sorted(Comparator.reverseOrder()).forEach(PackageImport::delete);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
