package org.firstpass.standalone;

import java.nio.file.Path;
import java.util.List;
import org.firstpass.model.ModelCatalogue;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where packages are looked for: where the option says, else where the installation has them. */
final class PackageFolders {
  @Option(
      names = "--models",
      paramLabel = "<folder>",
      description = "A folder of packages; may be given several times.")
  @Nullable List<Path> models;

  ModelCatalogue catalogue(Configuration configuration) {
    return ModelCatalogue.load(models != null ? models : configuration.servedModels());
  }
}
