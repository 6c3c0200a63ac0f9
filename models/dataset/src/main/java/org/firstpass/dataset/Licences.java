package org.firstpass.dataset;

import java.util.List;
import org.firstpass.event.PackageReference;
import org.jspecify.annotations.Nullable;

/**
 * What may be done with a data set and with what is trained on it.
 *
 * @param data of the images, as stated by whoever exports; null if nobody stated it
 * @param packages the packages whose proposals the readers began with, sorted by name and version:
 *     what was drawn by a network's hand may carry that network's conditions
 */
public record Licences(@Nullable String data, List<OfPackage> packages) {
  public Licences {
    packages = List.copyOf(packages);
  }

  /**
   * The licence of one package.
   *
   * @param licence null if the package is not known here
   */
  public record OfPackage(PackageReference modelPackage, @Nullable String licence) {}
}
