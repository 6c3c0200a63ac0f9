package org.firstpass.standalone;

import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.firstpass.arrival.SeriesHistory;
import org.firstpass.arrival.SeriesLedger;
import org.firstpass.arrival.SeriesState;
import org.firstpass.arrival.WorkInProgress;
import org.firstpass.delivery.DeliveryLedger;
import org.firstpass.failure.ReasonCode;
import org.firstpass.pull.PullLedger;
import org.firstpass.study.SeriesInstanceUid;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** One series' way through the system. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = "Show one series' way: what came when, and what became of it and why.")
final class ExplainCommand implements Callable<Integer> {
  @Mixin InstallationOptions installation = new InstallationOptions();

  @Parameters(
      paramLabel = "<series>",
      description = "Series Instance UID (0020,000E).",
      converter = SeriesUid.class)
  @Nullable SeriesInstanceUid series;

  @Override
  public Integer call() {
    SeriesInstanceUid wanted = series;
    if (wanted == null) {
      throw new CommandFailed("which series? Give its Series Instance UID");
    }
    Configuration configuration = Configuration.of(installation.existingFolder());
    try (var infrastructure = Infrastructure.join(configuration)) {
      SeriesHistory history =
          new SeriesLedger(infrastructure.database())
              .find(wanted)
              .orElseThrow(
                  () ->
                      new CommandFailed(
                          "nothing of series "
                              + wanted
                              + " ever came; was it sent to this gateway, and acknowledged?"));
      tell(history, System.out);
      PullText.tell(new PullLedger(infrastructure.database()).of(wanted), System.out);
      DeliveryText.tell(new DeliveryLedger(infrastructure.database()).of(wanted), System.out);
    }
    return 0;
  }

  private static void tell(SeriesHistory history, PrintStream out) {
    out.println("series    " + history.reference().series());
    out.println("study     " + history.reference().study());
    out.println("modality  " + history.modality());
    out.println("project   " + history.project());
    out.println("state     " + SeriesText.of(history.state()));
    out.println();
    line(out, history.firstReceived(), "first instance received from " + from(history));
    line(
        out,
        history.lastReceived(),
        "last instance received, %d in all".formatted(history.instances()));
    for (SeriesHistory.Revision revision : history.revisions()) {
      tell(history, revision, out);
    }
  }

  private static void tell(
      SeriesHistory history, SeriesHistory.Revision revision, PrintStream out) {
    String name = "revision " + revision.number();
    line(
        out,
        revision.completed(),
        "%s complete, %d instances%s".formatted(name, revision.instances(), missing(revision)));
    line(out, revision.published(), name + " announced to the workers");
    List<WorkInProgress> begun =
        history.work().stream().filter(work -> work.revision() == revision.number()).toList();
    begun.forEach(work -> line(out, work.started(), name + " " + work.inWords()));
    SeriesState outcome = revision.outcome();
    if (outcome == null && !begun.isEmpty()) {
      return;
    }
    if (outcome == null) {
      out.println("                          " + name + " waits for a worker");
      return;
    }
    line(out, revision.ended(), name + " " + SeriesText.of(outcome));
    if (revision.explanation() != null) {
      out.println("                          " + revision.explanation());
    }
    advice(outcome, out);
  }

  private static String missing(SeriesHistory.Revision revision) {
    return revision.missing() == 0
        ? ""
        : "; %d that were announced had not come".formatted(revision.missing());
  }

  private static void advice(SeriesState outcome, PrintStream out) {
    if (outcome instanceof SeriesState.Refused refused) {
      say(refused.reason(), out);
    } else if (outcome instanceof SeriesState.Kept kept) {
      say(kept.reason(), out);
    } else if (outcome instanceof SeriesState.Failed failed) {
      say(failed.reason(), out);
    }
  }

  private static void say(ReasonCode reason, PrintStream out) {
    out.println("                          what to do: " + reason.advice());
  }

  private static String from(SeriesHistory history) {
    return history.sender().isEmpty() ? "an import" : history.sender();
  }

  private static void line(PrintStream out, @Nullable Instant time, String text) {
    if (time != null) {
      out.println("%-24s  %s".formatted(time, text));
    }
  }
}
