package org.firstpass.dataset;

import java.util.Optional;
import org.firstpass.event.PackageReference;

/** Knows the licences of model packages. */
@FunctionalInterface
public interface PackageLicences {
  /** Nothing is known. */
  PackageLicences NONE = modelPackage -> Optional.empty();

  Optional<String> licenceOf(PackageReference modelPackage);
}
