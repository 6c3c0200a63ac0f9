package org.firstpass.standalone;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.firstpass.drift.DriftAlarm;
import org.firstpass.drift.DriftFinding;
import org.firstpass.drift.DriftGroup;
import org.firstpass.drift.DriftMeasure;
import org.firstpass.drift.DriftSearch;
import org.firstpass.postgres.DriftRows;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the alarms on rising effort and falling acceptance. */
@Command(
    name = "drift",
    mixinStandardHelpOptions = true,
    description = {
      "Show which protocols, segments, scanners and sites began to cost readers more, with the",
      "evidence; those first of which nobody took note. Lead readers take note on the quality page.",
      "Ends with 1 if there is one of which nobody took note."
    })
final class ModelDriftCommand implements Callable<Integer> {
  @Mixin InstallationOptions installation = new InstallationOptions();

  @Option(
      names = "--latest",
      defaultValue = "20",
      description = "How many alarms to show. Default: ${DEFAULT-VALUE}")
  int latest;

  @Override
  public Integer call() {
    Configuration configuration = Configuration.of(installation.existingFolder());
    try (var infrastructure = Infrastructure.join(configuration)) {
      infrastructure.database().migrate("review", "org/firstpass/review/migrations");
      var rows =
          new DriftRows(
              infrastructure.database(),
              new DriftSearch(configuration.review().learning().watching().casesPerFalseAlarm()),
              Clock.systemUTC());
      List<DriftAlarm> alarms = rows.alarms(latest);
      alarms.forEach(ModelDriftCommand::tell);
      if (alarms.isEmpty()) {
        System.out.println("nothing became worse");
      }
      return alarms.stream().allMatch(alarm -> alarm.acknowledged().isPresent()) ? 0 : 1;
    }
  }

  private static void tell(DriftAlarm alarm) {
    DriftFinding finding = alarm.finding();
    DriftGroup group = finding.group();
    System.out.println(
        "%s  %s %s  since %s, proposed by %s; %s"
            .formatted(
                alarm.id(),
                group.protocol(),
                group.name().isEmpty()
                    ? "as a whole"
                    : group.axis().name().toLowerCase(Locale.ROOT) + " '" + group.name() + "'",
                finding.since().truncatedTo(ChronoUnit.SECONDS),
                String.join(", ", finding.versions()),
                alarm
                    .acknowledged()
                    .map(note -> "noted by " + note.by() + ": " + note.note())
                    .orElse("open")));
    for (DriftFinding.Evidence one : finding.evidence()) {
      System.out.println(
          String.format(
              Locale.ROOT,
              "    %-24s %.3f in %d cases before, %.3f in %d since; difference %.3f to %.3f",
              word(one.measure()),
              one.reference(),
              one.referenceCases(),
              one.recent(),
              one.recentCases(),
              one.low(),
              one.high()));
    }
  }

  private static String word(DriftMeasure measure) {
    return switch (measure) {
      case NOT_ACCEPTED -> "segments not accepted";
      case DICE_LOST -> "1 - Dice";
      case ADDED_PATH -> "added path length, mm";
      case ACTIVE_TIME -> "reader's time, s";
    };
  }
}
