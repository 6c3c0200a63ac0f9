package org.firstpass.standalone;

import picocli.CommandLine.Command;

/** Data sets from accepted cases. */
@Command(
    name = "dataset",
    mixinStandardHelpOptions = true,
    description = "Data sets from accepted cases.",
    subcommands = {
      DatasetExportCommand.class,
      DatasetRebuildCommand.class,
      DatasetRegisterCommand.Listing.class,
      DatasetRegisterCommand.Show.class,
      DatasetRegisterCommand.Diff.class,
      DatasetRegisterCommand.UsedBy.class,
      DatasetMergeCommand.class,
      DatasetEraseCommand.class,
      DatasetSimulateCommand.class
    },
    synopsisSubcommandLabel = "COMMAND")
final class DatasetCommand {}
