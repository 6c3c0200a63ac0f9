package org.firstpass.standalone;

import java.util.HexFormat;
import java.util.Optional;
import org.firstpass.dataset.DatasetExport;
import org.firstpass.dataset.PackageLicences;
import org.firstpass.dataset.ReaderPseudonyms;
import org.firstpass.dataset.split.DatasetSecret;
import org.firstpass.dataset.split.SplitRule;
import org.firstpass.event.PackageReference;
import org.firstpass.model.ModelCatalogue;

/** The export of an installation, with the installation's split secret and its packages. */
final class Datasets {
  private Datasets() {}

  static DatasetExport export(Infrastructure infrastructure, Configuration configuration) {
    return new DatasetExport(
        infrastructure.objects(),
        infrastructure.stream(),
        infrastructure.database(),
        SplitRule.of(secret(configuration)),
        licences(configuration));
  }

  /** The names that readers have in the installation's data sets. */
  static ReaderPseudonyms pseudonyms(Configuration configuration) {
    return new ReaderPseudonyms(secret(configuration));
  }

  private static DatasetSecret secret(Configuration configuration) {
    return new DatasetSecret(HexFormat.of().parseHex(configuration.state().secret("split")));
  }

  private static PackageLicences licences(Configuration configuration) {
    ModelCatalogue catalogue = ModelCatalogue.load(configuration.servedModels());
    return wanted -> licence(catalogue, wanted);
  }

  private static Optional<String> licence(ModelCatalogue catalogue, PackageReference wanted) {
    return catalogue.packages().stream()
        .filter(one -> one.digest().equals(wanted.digest()))
        .map(one -> one.manifest().about().licence())
        .findFirst();
  }
}
