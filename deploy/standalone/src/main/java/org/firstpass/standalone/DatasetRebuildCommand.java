package org.firstpass.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.firstpass.dataset.DatasetManifest;
import org.firstpass.dataset.ExportRefused;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a data set again as it was. */
@Command(
    name = "rebuild",
    mixinStandardHelpOptions = true,
    description = {
      "Write a data set again as it was, bit for bit, from the correction log.",
      "Only patients who were erased since, or turned out to be on two sides, are missing."
    })
final class DatasetRebuildCommand implements Callable<Integer> {
  @Mixin InstallationOptions installation = new InstallationOptions();

  @Option(
      names = "--manifest",
      required = true,
      paramLabel = "<manifest.json>",
      description = "Of the data set as it was.")
  Path manifest = Path.of("");

  @Option(
      names = "--to",
      required = true,
      paramLabel = "<folder>",
      description = "A new or empty folder.")
  Path target = Path.of("");

  @Override
  public Integer call() {
    Configuration configuration = Configuration.of(installation.folder());
    byte[] recipe;
    try {
      recipe = Files.readAllBytes(manifest);
    } catch (IOException e) {
      throw new CommandFailed("cannot read " + manifest, e);
    }
    try (var infrastructure = Infrastructure.join(configuration);
        var progress = new Progress("Rebuilding", 1, System.out)) {
      DatasetManifest rebuilt =
          Datasets.export(infrastructure, configuration).rebuild(recipe, target, progress::to);
      DatasetText.print(rebuilt, target);
    } catch (ExportRefused e) {
      throw new CommandFailed(String.valueOf(e.getMessage()), e);
    }
    return 0;
  }
}
