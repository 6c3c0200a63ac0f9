package org.firstpass.worker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.Provenance.LicenceClass;

/**
 * Which packages a worker serves.
 *
 * @param folders in which they lie
 * @param only the names of those that are served, empty for all
 * @param scan how often the folders are looked at
 * @param licences the licence classes that are served, empty for all
 * @param quarantineAfter on how many series in a row a package may fail
 */
public record PackagesConfig(
    List<Path> folders,
    Set<String> only,
    Duration scan,
    Set<LicenceClass> licences,
    int quarantineAfter) {
  private static final Duration DEFAULT_SCAN = Duration.ofSeconds(5);
  private static final int DEFAULT_QUARANTINE = 3;

  public PackagesConfig {
    folders = List.copyOf(folders);
    only = Set.copyOf(only);
    licences = Set.copyOf(licences);
    if (scan.isNegative() || scan.isZero()) {
      throw new IllegalArgumentException("scan must be above zero, but is " + scan);
    }
    if (quarantineAfter < 1) {
      throw new IllegalArgumentException(
          "quarantineAfter must be at least 1, but is " + quarantineAfter);
    }
  }

  /** All packages of these folders, of any licence. */
  public static PackagesConfig of(List<Path> folders) {
    return new PackagesConfig(folders, Set.of(), DEFAULT_SCAN, Set.of(), DEFAULT_QUARANTINE);
  }

  /** Why a package may not be served, if it may not. */
  Optional<String> against(ModelManifest manifest) {
    if (!only.isEmpty() && !only.contains(manifest.name())) {
      return Optional.of("this process serves " + only + " only");
    }
    LicenceClass licence = manifest.about().licenceClass();
    if (licences.isEmpty() || licence != null && licences.contains(licence)) {
      return Optional.empty();
    }
    String found = licence == null ? "is not stated" : "is " + licence;
    return Optional.of(
        "about.licenceClass must be one of "
            + licences.stream().sorted().toList()
            + ", but "
            + found);
  }
}
