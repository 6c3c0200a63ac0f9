package org.firstpass.standalone;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.firstpass.arrival.SeriesHistory;
import org.firstpass.arrival.SeriesLedger;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.pull.Fetch;
import org.firstpass.pull.PriorRule;
import org.firstpass.pull.PullConfig;
import org.firstpass.pull.PullDesk;
import org.firstpass.pull.PullLedger;
import org.firstpass.pull.PullLedger.Selection;
import org.firstpass.pull.PullSource;
import org.firstpass.pull.PullState;
import org.firstpass.study.ProjectName;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.StudyInstanceUid;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Images from archives. */
@Command(
    name = "pull",
    mixinStandardHelpOptions = true,
    description = {
      "Fetch studies, priors and whole years from the archives that pull.sources names.",
      "A running 'firstpass up' or gateway does the work; these commands ask for it and show it."
    },
    subcommands = {
      PullCommand.Study.class,
      PullCommand.Priors.class,
      BackfillCommand.class,
      PullCommand.Listing.class,
      PullCommand.Retry.class
    },
    synopsisSubcommandLabel = "COMMAND")
final class PullCommand {
  private static final Clock CLOCK = Clock.systemUTC();

  /** From where, and what for. */
  static final class From {
    @Option(
        names = "--source",
        required = true,
        paramLabel = "<name>",
        description = "The archive, as pull.sources names it.")
    String source = "";

    @Option(
        names = "--project",
        paramLabel = "<name>",
        description = "What it is kept for. Default: as pull.sources says.")
    @Nullable String project;

    /** The source that is meant; it can send for the project. */
    PullSource find(PullConfig config) {
      PullSource found =
          config
              .sources()
              .find(source)
              .orElseThrow(
                  () ->
                      new StudyRefused(
                          ReasonCode.PULL_SOURCE_UNKNOWN, "there is no source '" + source + "'"));
      try {
        config.requireReachable(found, target(found));
      } catch (IllegalArgumentException e) {
        throw new CommandFailed(String.valueOf(e.getMessage()), e);
      }
      return found;
    }

    ProjectName target(PullSource found) {
      return project == null ? found.target() : new ProjectName(project);
    }
  }

  /** Fetches a study. */
  @Command(
      name = "study",
      mixinStandardHelpOptions = true,
      description = {
        "Fetch a study, or one series of it; what is here already is not fetched again.",
        "Waits for the end and tells what came, what was here and what failed."
      })
  static final class Study implements Callable<Integer> {
    /** How it is named. */
    static final class Which {
      @Parameters(
          paramLabel = "<study>",
          description = "Study Instance UID (0020,000D).",
          arity = "0..1")
      @Nullable String study;

      @Option(
          names = "--accession",
          paramLabel = "<number>",
          description = "Accession Number (0008,0050); every study that has it is fetched.")
      @Nullable String accession;
    }

    @Mixin InstallationOptions installation = new InstallationOptions();
    @Mixin From from = new From();

    @ArgGroup(multiplicity = "1")
    Which which = new Which();

    @Option(
        names = "--series",
        paramLabel = "<series>",
        description = "Only this series, Series Instance UID (0020,000E).",
        converter = SeriesUid.class)
    @Nullable SeriesInstanceUid series;

    @Option(names = "--no-wait", description = "Only ask for it; 'pull list' shows how far it is.")
    boolean leave;

    @Override
    public Integer call() {
      Configuration configuration = Configuration.of(installation.existingFolder());
      PullSource source = from.find(configuration.pull());
      List<StudyInstanceUid> studies =
          which.study != null
              ? List.of(uid(which.study))
              : PullDesk.withAccessionNumber(
                  source, Optional.ofNullable(which.accession).orElse(""));
      try (var infrastructure = Infrastructure.join(configuration)) {
        var desk = new PullDesk(infrastructure.database());
        List<Long> entries = new ArrayList<>();
        for (StudyInstanceUid study : studies) {
          entries.add(desk.ask(source, study, series, from.target(source), CLOCK.instant()));
        }
        if (leave) {
          System.out.println("asked for " + entries.size() + " studies");
          return 0;
        }
        return await(new PullLedger(infrastructure.database()), entries);
      }
    }

    private static StudyInstanceUid uid(String text) {
      try {
        return new StudyInstanceUid(text);
      } catch (IllegalArgumentException e) {
        throw new CommandFailed("'" + text + "' is no Study Instance UID", e);
      }
    }

    /** Shows each as it ends; only an interruption ends the waiting before. */
    private static int await(PullLedger ledger, List<Long> entries) {
      boolean allDone = true;
      for (long entry : entries) {
        Fetch fetch = ledger.find(entry).orElseThrow();
        int attempts = 0;
        while (!fetch.state().isEnd()) {
          if (fetch.state() == PullState.WAITING && fetch.attempts() > attempts) {
            attempts = fetch.attempts();
            PullText.line(fetch, System.out);
          }
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
          if (Thread.interrupted()) {
            return 1;
          }
          fetch = ledger.find(entry).orElseThrow();
        }
        PullText.line(fetch, System.out);
        allDone &= fetch.state() == PullState.DONE;
      }
      return allDone ? 0 : 1;
    }
  }

  /** Fetches the priors of a series. */
  @Command(
      name = "priors",
      mixinStandardHelpOptions = true,
      description = {
        "Fetch the earlier studies of the patient of a series that is here, by the rules of",
        "pull.sources, whether its arrival had them fetched or not."
      })
  static final class Priors implements Callable<Integer> {
    @Mixin InstallationOptions installation = new InstallationOptions();

    @Parameters(
        paramLabel = "<series>",
        description = "Series Instance UID (0020,000E).",
        converter = SeriesUid.class)
    @Nullable SeriesInstanceUid series;

    @Option(
        names = "--rule",
        paramLabel = "<name>",
        description = "Only by this rule. Default: by all.")
    @Nullable String rule;

    @Override
    public Integer call() {
      SeriesInstanceUid wanted = series;
      if (wanted == null) {
        throw new CommandFailed("which series? Give its Series Instance UID");
      }
      Configuration configuration = Configuration.of(installation.existingFolder());
      List<PriorRule> rules =
          configuration.pullSources().rules().stream()
              .filter(each -> rule == null || each.title().equals(rule))
              .toList();
      if (rules.isEmpty()) {
        throw new CommandFailed("pull.sources has no such rule in its priors");
      }
      try (var infrastructure = Infrastructure.join(configuration)) {
        SeriesHistory history =
            new SeriesLedger(infrastructure.database())
                .find(wanted)
                .orElseThrow(() -> new CommandFailed("nothing of series " + wanted + " ever came"));
        int asked =
            new PullDesk(infrastructure.database())
                .askPriors(rules, history.reference(), CLOCK.instant());
        System.out.println("asked for priors by " + asked + " rules; see 'pull list'");
      }
      return 0;
    }
  }

  /** Shows the latest ones. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Show what was fetched or is, newest first, and why it is where it is.")
  static final class Listing implements Callable<Integer> {
    @Mixin InstallationOptions installation = new InstallationOptions();

    @Option(names = "--source", paramLabel = "<name>", description = "Only from this archive.")
    @Nullable String source;

    @Option(names = "--failed", description = "Only what failed.")
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
        List<Fetch> found =
            new PullLedger(infrastructure.database()).latest(new Selection(source, failed), latest);
        found.forEach(each -> PullText.line(each, System.out));
        if (found.isEmpty()) {
          System.out.println("none");
        }
      }
      return 0;
    }
  }

  /** Gives a new budget. */
  @Command(
      name = "retry",
      mixinStandardHelpOptions = true,
      description = "Try again what failed: studies, questions for priors, parts of backfills.")
  static final class Retry implements Callable<Integer> {
    @Mixin InstallationOptions installation = new InstallationOptions();

    @Option(names = "--source", paramLabel = "<name>", description = "Only from this archive.")
    @Nullable String source;

    @Override
    public Integer call() {
      Configuration configuration = Configuration.of(installation.existingFolder());
      try (var infrastructure = Infrastructure.join(configuration)) {
        int retried = new PullDesk(infrastructure.database()).retry(source, CLOCK.instant());
        System.out.println(retried + " are tried again");
      }
      return 0;
    }
  }
}
