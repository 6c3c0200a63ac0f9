package org.firstpass.standalone;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.firstpass.delivery.Delivery;
import org.firstpass.delivery.DeliveryLedger;
import org.firstpass.delivery.DeliveryLedger.Selection;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is on its way to the PACS. */
@Command(
    name = "deliveries",
    mixinStandardHelpOptions = true,
    description = "Show what went where, and send again what could not be delivered.",
    subcommands = {DeliveriesCommand.Listing.class, DeliveriesCommand.Replay.class},
    synopsisSubcommandLabel = "COMMAND")
final class DeliveriesCommand {

  /** Which ones are meant. */
  static final class Which {
    @Option(
        names = "--destination",
        paramLabel = "<name>",
        description = "Only those to this destination.")
    @Nullable String destination;
  }

  /** Shows the latest ones. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Show the latest deliveries, newest first, and why they are where they are.")
  static final class Listing implements Callable<Integer> {
    @Mixin InstallationOptions installation = new InstallationOptions();
    @Mixin Which which = new Which();

    @Option(names = "--failed", description = "Only what failed or is in quarantine.")
    boolean failed;

    @Option(
        names = "--latest",
        defaultValue = "20",
        description = "How many to show. Default: ${DEFAULT-VALUE}")
    int latest;

    @Override
    public Integer call() {
      Configuration configuration = Configuration.of(installation.existingFolder());
      try (var infrastructure = Infrastructure.join(configuration)) {
        List<Delivery> found =
            new DeliveryLedger(infrastructure.database())
                .latest(new Selection(which.destination, failed), latest);
        found.forEach(each -> DeliveryText.line(each, System.out));
        if (found.isEmpty()) {
          System.out.println("none");
        }
      }
      return 0;
    }
  }

  /** Gives a new budget. */
  @Command(
      name = "replay",
      mixinStandardHelpOptions = true,
      description = {
        "Send again what failed; what is in quarantine is made and checked anew.",
        "A destination that got it all the same gets the same object with the same UIDs."
      })
  static final class Replay implements Callable<Integer> {
    @Mixin InstallationOptions installation = new InstallationOptions();
    @Mixin Which which = new Which();

    @Option(names = "--failed", description = "Leave what is in quarantine where it is.")
    boolean failed;

    @Override
    public Integer call() {
      Configuration configuration = Configuration.of(installation.existingFolder());
      try (var infrastructure = Infrastructure.join(configuration)) {
        int replayed =
            new DeliveryLedger(infrastructure.database())
                .replay(new Selection(which.destination, failed), Clock.systemUTC().instant());
        System.out.println(replayed + " objects are sent again");
      }
      return 0;
    }
  }
}
