package org.firstpass.standalone;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import org.firstpass.pull.Backfill;
import org.firstpass.pull.BackfillDesk;
import org.firstpass.pull.BackfillOrder;
import org.firstpass.pull.PullLedger;
import org.firstpass.pull.PullSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Whole years of an archive. */
@Command(
    name = "backfill",
    mixinStandardHelpOptions = true,
    description = {
      "Fetch everything of some years from an archive, at the rate and in the hours that",
      "pull.sources allows. It goes on after a restart."
    },
    subcommands = {
      BackfillCommand.Start.class,
      BackfillCommand.Listing.class,
      BackfillCommand.Pause.class,
      BackfillCommand.Resume.class,
      BackfillCommand.Cancel.class
    },
    synopsisSubcommandLabel = "COMMAND")
final class BackfillCommand {
  private static final Clock CLOCK = Clock.systemUTC();

  /** Begins one. */
  @Command(
      name = "start",
      mixinStandardHelpOptions = true,
      description = "Begin a backfill, and tell its number.")
  static final class Start implements Callable<Integer> {
    @Mixin InstallationOptions installation = new InstallationOptions();
    @Mixin PullCommand.From source = new PullCommand.From();

    @Option(
        names = "--from",
        required = true,
        paramLabel = "<day>",
        description = "The first Study Date, as 2019-01-01.")
    LocalDate from = LocalDate.MIN;

    @Option(
        names = "--to",
        required = true,
        paramLabel = "<day>",
        description = "The last Study Date, as 2024-12-31.")
    LocalDate to = LocalDate.MIN;

    @Option(
        names = "--modality",
        paramLabel = "<code>",
        description = "Only series of this Modality. Default: all")
    @Nullable String modality;

    @Option(
        names = "--body-part",
        paramLabel = "<code>",
        description = "Only series of this Body Part Examined, and those that say none.")
    @Nullable String bodyPart;

    @Option(
        names = "--limit",
        paramLabel = "<n>",
        description = "So many studies at most. Default: all")
    @Nullable Integer most;

    @Override
    public Integer call() {
      Configuration configuration = Configuration.of(installation.existingFolder());
      PullSource found = source.find(configuration.pull());
      BackfillOrder order = order(found);
      try (var infrastructure = Infrastructure.join(configuration)) {
        long number = new BackfillDesk(infrastructure.database()).start(order, CLOCK.instant());
        System.out.println("backfill " + number + " begins");
      }
      return 0;
    }

    private BackfillOrder order(PullSource found) {
      try {
        return new BackfillOrder(
            found.title(), from, to, modality, bodyPart, source.target(found), most);
      } catch (IllegalArgumentException e) {
        throw new CommandFailed(String.valueOf(e.getMessage()), e);
      }
    }
  }

  /** Shows them. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Show every backfill, how far it is, and how long it takes yet.")
  static final class Listing implements Callable<Integer> {
    @Mixin InstallationOptions installation = new InstallationOptions();

    @Override
    public Integer call() {
      Configuration configuration = Configuration.of(installation.existingFolder());
      try (var infrastructure = Infrastructure.join(configuration)) {
        List<Backfill> all = new PullLedger(infrastructure.database()).backfills(CLOCK.instant());
        all.forEach(each -> PullText.tell(each, System.out));
        if (all.isEmpty()) {
          System.out.println("none");
        }
      }
      return 0;
    }
  }

  /** What is done with one. */
  private interface Turn {
    boolean make(BackfillDesk desk, long number, Instant now);
  }

  private static int turn(
      InstallationOptions installation, long number, String done, String otherwise, Turn turn) {
    Configuration configuration = Configuration.of(installation.existingFolder());
    try (var infrastructure = Infrastructure.join(configuration)) {
      if (!turn.make(new BackfillDesk(infrastructure.database()), number, CLOCK.instant())) {
        throw new CommandFailed(
            "backfill " + number + " " + otherwise + "; see 'pull backfill list'");
      }
    }
    System.out.println("backfill " + number + " " + done);
    return 0;
  }

  /** Stops one for a while. */
  @Command(
      name = "pause",
      mixinStandardHelpOptions = true,
      description = "Stop a backfill for a while; the studies that are under way are ended.")
  static final class Pause implements Callable<Integer> {
    @Mixin InstallationOptions installation = new InstallationOptions();

    @Parameters(paramLabel = "<number>", description = "Its number, as 'list' shows it.")
    long number;

    @Override
    public Integer call() {
      return turn(installation, number, "is paused", "does not run", BackfillDesk::pause);
    }
  }

  /** Lets one go on. */
  @Command(
      name = "resume",
      mixinStandardHelpOptions = true,
      description = "Let a paused backfill go on.")
  static final class Resume implements Callable<Integer> {
    @Mixin InstallationOptions installation = new InstallationOptions();

    @Parameters(paramLabel = "<number>", description = "Its number, as 'list' shows it.")
    long number;

    @Override
    public Integer call() {
      return turn(installation, number, "goes on", "is not paused", BackfillDesk::resume);
    }
  }

  /** Calls one off. */
  @Command(
      name = "cancel",
      mixinStandardHelpOptions = true,
      description = "Call a backfill off for good; what came stays.")
  static final class Cancel implements Callable<Integer> {
    @Mixin InstallationOptions installation = new InstallationOptions();

    @Parameters(paramLabel = "<number>", description = "Its number, as 'list' shows it.")
    long number;

    @Override
    public Integer call() {
      return turn(installation, number, "is called off", "has ended", BackfillDesk::cancel);
    }
  }
}
