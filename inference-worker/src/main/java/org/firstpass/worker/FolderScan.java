package org.firstpass.worker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.firstpass.failure.Defect;
import org.firstpass.model.ModelPackage;
import org.firstpass.model.PackageFolder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What changed in the model folders since they were last looked at.
 *
 * <p>A folder that is being copied is no failure: what has no manifest yet is no package, and what
 * looks other than a scan ago is looked at again later, while what was there before goes on. A
 * model folder that cannot be listed at all, as when a share is away, takes nothing from the shelf.
 * One thread at a time.
 */
final class FolderScan {
  private static final Logger LOG = LoggerFactory.getLogger(FolderScan.class);

  private final PackagesConfig config;
  private final PackageLoading loading;
  private final Map<Path, String> looksBefore = new HashMap<>();
  private boolean looked;

  FolderScan(PackagesConfig config, PackageLoading loading) {
    this.config = config;
    this.loading = loading;
  }

  /**
   * What is to be on the shelf from now on.
   *
   * @return empty if nothing changed
   */
  Optional<List<ShelvedPackage>> look(List<ShelvedPackage> shelved) {
    Map<Path, ShelvedPackage> known = new HashMap<>();
    shelved.forEach(each -> known.put(each.folder().folder(), each));
    List<ShelvedPackage> next = new ArrayList<>();
    Set<Path> seen = new HashSet<>();
    for (Path root : config.folders()) {
      Optional<List<PackageFolder>> found = PackageFolder.below(root);
      if (found.isEmpty()) {
        shelved.stream()
            .filter(each -> each.folder().folder().startsWith(root))
            .filter(each -> seen.add(each.folder().folder()))
            .forEach(next::add);
        continue;
      }
      for (PackageFolder folder : found.get()) {
        if (seen.add(folder.folder())) {
          shelf(folder, known.get(folder.folder())).ifPresent(next::add);
        }
      }
    }
    looksBefore.keySet().retainAll(seen);
    looked = true;
    return next.equals(shelved) ? Optional.empty() : Optional.of(next);
  }

  private Optional<ShelvedPackage> shelf(PackageFolder folder, @Nullable ShelvedPackage known) {
    if (known != null && known.folder().looks().equals(folder.looks())) {
      looksBefore.put(folder.folder(), folder.looks());
      return Optional.of(known);
    }
    String before = looksBefore.put(folder.folder(), folder.looks());
    if (looked && !folder.looks().equals(before)) {
      return Optional.ofNullable(known);
    }
    return Optional.of(load(folder, known));
  }

  private ShelvedPackage load(PackageFolder folder, @Nullable ShelvedPackage known) {
    ModelPackage model;
    try {
      model = ModelPackage.load(folder.folder());
    } catch (Defect e) {
      LOG.error("package refused: folder {} reason {}", folder.folder(), PackageFault.told(e));
      return ShelvedPackage.faulty(folder, null, PackageFault.told(e));
    }
    if (known != null && model.equals(known.model())) {
      known.touched(folder);
      return known;
    }
    Optional<String> against = against(model);
    if (against.isPresent()) {
      LOG.error("package refused: {} {}", model.label(), against.get());
      return ShelvedPackage.faulty(folder, model, against.get());
    }
    LOG.info("package found: {} digest {}", model.label(), model.digest());
    return ShelvedPackage.sound(folder, model);
  }

  /** What is not served because of a setting is not verified either: that takes a run. */
  private Optional<String> against(ModelPackage model) {
    if (config.against(model.manifest()).isPresent()) {
      return Optional.empty();
    }
    try {
      return loading.against(model);
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      return Optional.of(PackageFault.told(PackageFault.of(e)));
    }
  }
}
