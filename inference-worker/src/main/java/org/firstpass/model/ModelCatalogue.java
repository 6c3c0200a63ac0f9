package org.firstpass.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.firstpass.failure.Defect;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The packages of this machine. A broken one is told of and not served; the others are.
 *
 * <p>Immutable; safe to share between threads.
 */
public final class ModelCatalogue {
  private static final Logger LOG = LoggerFactory.getLogger(ModelCatalogue.class);

  private final List<ModelPackage> packages;
  private final List<BrokenPackage> broken;

  public ModelCatalogue(List<ModelPackage> packages, List<BrokenPackage> broken) {
    this.packages = List.copyOf(packages);
    this.broken = List.copyOf(broken);
  }

  /** A folder with a manifest that does not hold. */
  public record BrokenPackage(Path folder, String reason) {}

  /**
   * Loads every package in these folders: the folder itself, or {@code <name>/<version>} below it.
   * A folder that does not exist has none.
   */
  public static ModelCatalogue load(List<Path> folders) {
    List<ModelPackage> packages = new ArrayList<>();
    List<BrokenPackage> broken = new ArrayList<>();
    for (Path folder : folders.stream().flatMap(ModelCatalogue::packageFolders).toList()) {
      try {
        packages.add(ModelPackage.load(folder));
      } catch (Defect e) {
        LOG.warn(
            "package refused: folder {} reason {} {}", folder, e.code().code(), e.getMessage());
        broken.add(new BrokenPackage(folder, String.valueOf(e.getMessage())));
      }
    }
    packages.sort(
        Comparator.comparing((ModelPackage each) -> each.manifest().name())
            .thenComparing(each -> each.manifest().version(), ModelCatalogue::compareVersions));
    return new ModelCatalogue(packages, broken);
  }

  /** By name, then by version, oldest first. */
  public List<ModelPackage> packages() {
    return packages;
  }

  public List<BrokenPackage> broken() {
    return broken;
  }

  /** The newest version of each name: what is served. */
  public List<ModelPackage> served() {
    List<ModelPackage> newest = new ArrayList<>();
    for (ModelPackage each : packages) {
      int last = newest.size() - 1;
      if (last >= 0 && newest.get(last).manifest().name().equals(each.manifest().name())) {
        newest.set(last, each);
      } else {
        newest.add(each);
      }
    }
    return newest;
  }

  public Optional<ModelPackage> find(String name, String version) {
    return packages.stream()
        .filter(each -> each.manifest().name().equals(name))
        .filter(each -> each.manifest().version().equals(version))
        .findFirst();
  }

  /** This catalogue without a package that turned out not to run here. */
  public ModelCatalogue without(ModelPackage rejected, String reason) {
    List<BrokenPackage> more = new ArrayList<>(broken);
    more.add(new BrokenPackage(rejected.folder(), reason));
    return new ModelCatalogue(
        packages.stream().filter(each -> !each.equals(rejected)).toList(), more);
  }

  private static Stream<Path> packageFolders(Path root) {
    return PackageFolder.below(root).orElse(List.of()).stream().map(PackageFolder::folder);
  }

  /** Numbers count as numbers; a version with a suffix comes before the same one without. */
  static int compareVersions(String a, String b) {
    String[] left = a.split("-", 2);
    String[] right = b.split("-", 2);
    String[] leftNumbers = left[0].split("\\.");
    String[] rightNumbers = right[0].split("\\.");
    for (int i = 0; i < leftNumbers.length && i < rightNumbers.length; i++) {
      int order = Long.compare(Long.parseLong(leftNumbers[i]), Long.parseLong(rightNumbers[i]));
      if (order != 0) {
        return order;
      }
    }
    if (left.length != right.length) {
      return left.length > right.length ? -1 : 1;
    }
    return left.length == 1 ? 0 : left[1].compareTo(right[1]);
  }
}
