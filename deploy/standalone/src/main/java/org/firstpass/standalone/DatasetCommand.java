package org.firstpass.standalone;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.firstpass.dataset.DatasetFormat;
import org.firstpass.dataset.DatasetManifest;
import org.firstpass.dataset.DatasetRequest;
import org.firstpass.dataset.ExportRefused;
import org.firstpass.dataset.NotAssessableRule;
import org.firstpass.dataset.SchemaChoice;
import org.firstpass.dataset.split.Split;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Data sets from accepted cases. */
@Command(
    name = "dataset",
    mixinStandardHelpOptions = true,
    description = "Data sets from accepted cases.",
    subcommands = DatasetCommand.Export.class,
    synopsisSubcommandLabel = "export")
final class DatasetCommand {

  /** Writes one. */
  @Command(
      name = "export",
      mixinStandardHelpOptions = true,
      description = {
        "Write every accepted case (image and label as NIfTI, JSON), split by patient for ever.",
        "A second export of the same corrections has the same manifest hash."
      })
  static final class Export implements Callable<Integer> {
    @Mixin InstallationOptions installation = new InstallationOptions();

    @Option(
        names = "--format",
        required = true,
        paramLabel = "nnunet|monai",
        description = "Whose layout.")
    String format = "";

    @Option(
        names = "--to",
        required = true,
        paramLabel = "<folder>",
        description = "A new or empty folder.")
    Path target = Path.of("");

    @Option(
        names = "--modality",
        paramLabel = "<modality>",
        description = "Needed if the corrected series have more than one, for instance CT.")
    @Nullable String modality;

    @Option(
        names = "--schema",
        paramLabel = "<name>:<version>",
        description = "Needed if the corrections have more than one label schema.")
    @Nullable String schema;

    @Option(
        names = "--ignore-label",
        description = {
          "Keep cases with a segment that nobody could assess, with nnU-Net's ignore label there.",
          "Without it such cases are left out and listed."
        })
    boolean ignoreLabel;

    @Override
    public Integer call() {
      DatasetRequest request = DatasetRequest.of(format());
      if (schema != null) {
        request = request.withSchema(SchemaChoice.parse(schema));
      }
      if (ignoreLabel) {
        request = request.withNotAssessable(NotAssessableRule.IGNORE_LABEL);
      }
      if (modality != null) {
        request = request.withModality(modality);
      }
      Configuration configuration = Configuration.of(installation.folder());
      try (var infrastructure = Infrastructure.join(configuration);
          var progress = new Progress("Exporting", 1, System.out)) {
        DatasetManifest manifest =
            Datasets.export(infrastructure, configuration).run(request, target, progress::to);
        report(manifest);
      } catch (ExportRefused e) {
        throw new CommandFailed(String.valueOf(e.getMessage()), e);
      }
      return 0;
    }

    private void report(DatasetManifest manifest) {
      System.out.println(
          "%s: %d training, %d validation, %d test"
              .formatted(
                  target,
                  manifest.count(Split.TRAINING),
                  manifest.count(Split.VALIDATION),
                  manifest.count(Split.TEST)));
      manifest
          .leftOut()
          .forEach(
              one ->
                  System.out.println(
                      "left out " + one.name() + ": " + one.reason() + ", " + one.explanation()));
      System.out.println("manifest " + manifest.hash());
    }

    private DatasetFormat format() {
      try {
        return DatasetFormat.valueOf(format.toUpperCase(Locale.ROOT));
      } catch (IllegalArgumentException e) {
        throw new CommandFailed("--format is nnunet or monai, not '" + format + "'", e);
      }
    }
  }
}
