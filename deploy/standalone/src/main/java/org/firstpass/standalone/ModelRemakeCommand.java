package org.firstpass.standalone;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.firstpass.event.FirstpassEvent;
import org.firstpass.event.ModelStateChanged;
import org.firstpass.event.PackageReference;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.ProposalStarted;
import org.firstpass.event.SeriesArrived;
import org.firstpass.postgres.RecallRows;
import org.firstpass.stream.EventPublisher;
import org.firstpass.stream.EventReplay;
import org.firstpass.stream.StreamConfig;
import org.firstpass.stream.Topics;
import org.firstpass.study.NameBasedUuid;
import org.firstpass.study.SeriesInstanceUid;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Has proposals made again that a recall took away. */
@Command(
    name = "remake",
    mixinStandardHelpOptions = true,
    description = {
      "Take back what a recalled version proposed and nobody has begun to read, and have those",
      "series proposed again by the version that is served now; also those that the recalled",
      "version refused or failed on. Run it once all workers have followed the recall (/models of",
      "each says so); running it again does no harm."
    })
final class ModelRemakeCommand implements Callable<Integer> {
  private static final String SOURCE = "/firstpass/command-line";

  @Mixin InstallationOptions installation = new InstallationOptions();

  @Parameters(index = "0", paramLabel = "<name>", description = "Name of the package.")
  String name = "";

  @Parameters(index = "1", paramLabel = "<version>", description = "The recalled version.")
  String version = "";

  @Override
  public Integer call() {
    Instant now = Clock.systemUTC().instant();
    try (var infrastructure =
        Infrastructure.join(Configuration.of(installation.existingFolder()))) {
      StreamConfig stream = infrastructure.stream();
      requireRecalled(stream);
      var rows = new RecallRows(infrastructure.database());
      int late = rows.withdraw(name, version, now);
      Set<SeriesInstanceUid> series = new HashSet<>(rows.withdrawn(name, version));
      series.addAll(leftWithout(stream));
      Map<SeriesInstanceUid, SeriesArrived> arrivals = latest(stream, series);
      try (var publisher = new EventPublisher(stream, SOURCE)) {
        arrivals.values().forEach(each -> publisher.publish(Topics.ARRIVALS, again(each, now)));
      }
      System.out.println(
          "%d series are proposed again; %d tasks were taken back by this command"
              .formatted(arrivals.size(), late));
      if (arrivals.size() < series.size()) {
        System.out.println(
            "%d series are no longer in the log and stay without a proposal"
                .formatted(series.size() - arrivals.size()));
      }
    }
    return 0;
  }

  /** Series for which the version was the last to be asked, and answered no proposal. */
  private Set<SeriesInstanceUid> leftWithout(StreamConfig stream) {
    Set<SeriesInstanceUid> without = new HashSet<>();
    EventReplay.forEach(
        stream,
        Topics.PROPOSALS,
        (FirstpassEvent event) -> {
          if (event instanceof ProposalStarted started) {
            PackageReference by = started.modelPackage();
            if (by.name().equals(name) && by.version().equals(version)) {
              without.add(started.series());
            } else {
              without.remove(started.series());
            }
          } else if (event instanceof ProposalMade made) {
            without.remove(made.series());
          }
        });
    return without;
  }

  private void requireRecalled(StreamConfig stream) {
    boolean recalled =
        ModelDecisions.states(stream)
            .of(name, version)
            .map(ModelStateChanged::recalled)
            .isPresent();
    if (!recalled) {
      throw new CommandFailed(
          "%s %s is not recalled; 'firstpass model recall %s %s --reason <reason>'"
              .formatted(name, version, name, version));
    }
  }

  private static Map<SeriesInstanceUid, SeriesArrived> latest(
      StreamConfig stream, Set<SeriesInstanceUid> wanted) {
    Map<SeriesInstanceUid, SeriesArrived> latest = new HashMap<>();
    EventReplay.forEach(
        stream,
        Topics.ARRIVALS,
        arrived -> {
          if (wanted.contains(arrived.series())) {
            latest.merge(
                arrived.series(),
                arrived,
                (one, other) -> other.input().revision() >= one.input().revision() ? other : one);
          }
        });
    return latest;
  }

  private static SeriesArrived again(SeriesArrived before, Instant now) {
    return new SeriesArrived(
        NameBasedUuid.of("proposed again", before.id().toString(), now.toString()),
        now,
        before.input(),
        before.modality(),
        before.instances(),
        before.callingAeTitle(),
        before.siblings(),
        before.project(),
        before.postedBy());
  }
}
