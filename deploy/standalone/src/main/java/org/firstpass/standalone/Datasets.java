package org.firstpass.standalone;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import org.firstpass.dataset.DatasetExport;
import org.firstpass.dataset.DatasetManifest;
import org.firstpass.dataset.ExportProgress;
import org.firstpass.dataset.ExportRefused;
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
        new SplitRule(secret(configuration), configuration.split()),
        licences(configuration));
  }

  /** Writes one, in one of the ways that {@link DatasetExport} has. */
  @FunctionalInterface
  interface Writing {
    DatasetManifest write(DatasetExport export, ExportProgress progress);
  }

  /** Writes a data set to a folder, and tells how it went. */
  static void write(Configuration configuration, String doing, Path target, Writing writing) {
    try (var infrastructure = Infrastructure.join(configuration)) {
      write(configuration, infrastructure, doing, target, writing);
    }
  }

  /** As the other, with an infrastructure that is there. */
  static void write(
      Configuration configuration,
      Infrastructure infrastructure,
      String doing,
      Path target,
      Writing writing) {
    try (var progress = new Progress(doing, 1, System.out)) {
      DatasetText.print(writing.write(export(infrastructure, configuration), progress::to), target);
    } catch (ExportRefused e) {
      throw new CommandFailed(String.valueOf(e.getMessage()), e);
    }
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
