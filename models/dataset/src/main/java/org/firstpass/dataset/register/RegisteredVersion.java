package org.firstpass.dataset.register;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.firstpass.event.PackageReference;
import org.firstpass.study.Sha256;

/**
 * A data set that was made here.
 *
 * @param hash of its manifest
 * @param cases as it was made
 * @param parent whose files it shares
 * @param folders where it was written, whether it is still there or not
 * @param packages that are known to have been made of it
 * @param tombstoned when a patient was first erased from it
 */
public record RegisteredVersion(
    Sha256 hash,
    String name,
    String format,
    int cases,
    Optional<Sha256> parent,
    Instant made,
    Optional<Instant> tombstoned,
    List<String> folders,
    List<PackageReference> packages) {
  public RegisteredVersion {
    folders = List.copyOf(folders);
    packages = List.copyOf(packages);
  }
}
