package org.firstpass.standalone;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.firstpass.dataset.DatasetRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a data set. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Write every accepted case, split by patient for ever.",
      "A second export of the same log has the same manifest hash."
    })
final class DatasetExportCommand implements Callable<Integer> {
  @Mixin InstallationOptions installation = new InstallationOptions();

  @Mixin DatasetChoice choice = new DatasetChoice();

  @Option(
      names = "--to",
      required = true,
      paramLabel = "<folder>",
      description = "A new or empty folder.")
  Path target = Path.of("");

  @Override
  public Integer call() {
    Configuration configuration = Configuration.of(installation.folder());
    DatasetRequest request = request(configuration);
    Datasets.write(
        configuration,
        "Exporting",
        target,
        (export, progress) -> export.run(request, target, progress));
    return 0;
  }

  private DatasetRequest request(Configuration configuration) {
    try {
      return choice.request(Datasets.pseudonyms(configuration));
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(String.valueOf(e.getMessage()), e);
    }
  }
}
