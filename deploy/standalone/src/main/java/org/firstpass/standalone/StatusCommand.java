package org.firstpass.standalone;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.firstpass.arrival.SeriesLedger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How many series are where. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Show how many series are in each state, and the latest ones.")
final class StatusCommand implements Callable<Integer> {
  @Mixin InstallationOptions installation = new InstallationOptions();

  @Option(
      names = "--latest",
      defaultValue = "10",
      description = "How many series to name. Default: ${DEFAULT-VALUE}")
  int latest;

  @Override
  public Integer call() {
    Configuration configuration = Configuration.of(installation.existingFolder());
    PrintStream out = System.out;
    try (var infrastructure = Infrastructure.join(configuration)) {
      var ledger = new SeriesLedger(infrastructure.database());
      ledger
          .counts()
          .forEach(
              (kind, count) ->
                  out.println("%-10s %6d".formatted(kind.name().toLowerCase(Locale.ROOT), count)));
      ledger
          .oldestUnfinished()
          .ifPresent(
              began ->
                  out.println(
                      "oldest unfinished series began "
                          + Duration.between(began, Clock.systemUTC().instant()).toSeconds()
                          + " s ago"));
      out.println();
      ledger.latest(latest).stream()
          .flatMap(series -> ledger.find(series).stream())
          .forEach(
              history ->
                  out.println(
                      "%s  %-3s %5d instances  %s"
                          .formatted(
                              history.reference().series(),
                              history.modality(),
                              history.instances(),
                              SeriesText.of(history.state()))));
    }
    return 0;
  }
}
