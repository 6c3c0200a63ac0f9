package org.firstpass.standalone;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.firstpass.arrival.FolderImport;
import org.firstpass.arrival.Gateway;
import org.firstpass.arrival.ImportReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Brings a folder in through the gateway's door, without an association. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Bring the DICOM files of a folder in, checked and stored like those that are sent.",
      "A running 'firstpass up' or gateway then announces their series."
    })
final class ImportCommand implements Callable<Integer> {
  @Mixin InstallationOptions installation = new InstallationOptions();

  @Parameters(paramLabel = "<folder>", description = "All files below it are looked at.")
  Path folder = Path.of("");

  @Override
  public Integer call() {
    if (!Files.isDirectory(folder)) {
      throw new CommandFailed("there is no folder " + folder);
    }
    PrintStream out = System.out;
    Configuration configuration = Configuration.of(installation.folder());
    ImportReport report;
    try (var infrastructure = Infrastructure.join(configuration);
        Gateway gateway =
            Roles.gateway(
                configuration, infrastructure, new SimpleMeterRegistry(), Clock.systemUTC());
        var progress = new Progress("Importing", FolderImport.count(folder), out)) {
      report = new FolderImport(gateway.receiver()).run(folder, progress::to);
    }
    out.println(
        "stored %d instances, left %d other files alone"
            .formatted(report.stored(), report.skipped()));
    report
        .refusals()
        .forEach(
            refusal ->
                out.println(
                    "  refused: %s [%s] %s"
                        .formatted(refusal.file(), refusal.code().code(), refusal.reason())));
    return report.refusals().isEmpty() ? 0 : 1;
  }
}
