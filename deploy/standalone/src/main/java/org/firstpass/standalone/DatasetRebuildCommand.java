package org.firstpass.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
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
    byte[] recipe = recipe();
    Datasets.write(
        configuration,
        "Rebuilding",
        target,
        (export, progress) -> export.rebuild(recipe, target, progress));
    return 0;
  }

  private byte[] recipe() {
    try {
      return Files.readAllBytes(manifest);
    } catch (IOException e) {
      throw new CommandFailed("cannot read " + manifest, e);
    }
  }
}
