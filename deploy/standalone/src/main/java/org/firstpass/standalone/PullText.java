package org.firstpass.standalone;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.firstpass.pull.Backfill;
import org.firstpass.pull.BackfillOrder;
import org.firstpass.pull.BackfillState;
import org.firstpass.pull.Fetch;
import org.firstpass.pull.PullState;
import org.firstpass.pull.PulledSeries;

/** What is fetched from archives, in words. */
final class PullText {
  private PullText() {}

  /** From where a series was fetched and why, in the form of {@code explain}. */
  static void tell(List<PulledSeries> fetched, PrintStream out) {
    for (PulledSeries each : fetched) {
      out.println(
          "%-24s  fetched from %s: %s"
              .formatted(each.began(), each.fetch().source(), why(each.fetch())));
    }
  }

  /** One fetch of a list. */
  static void line(Fetch fetch, PrintStream out) {
    String what = fetch.series() == null ? "" : ", series " + fetch.series();
    out.println(
        "%s  study %s%s from %s: %s, %s"
            .formatted(
                fetch.changed(),
                fetch.study(),
                what,
                fetch.source(),
                told(fetch.state()),
                why(fetch)));
    outcome(fetch, out);
  }

  /** What came, what was here, what failed and why. */
  static void outcome(Fetch fetch, PrintStream out) {
    Fetch.Counts counts = fetch.instances();
    out.println(
        "    instances: %d arrived, %d were here, %d not taken, %d did not come"
            .formatted(counts.arrived(), counts.present(), counts.refused(), counts.missing()));
    String explanation = fetch.explanation();
    fetch.why().ifPresent(reason -> out.println("    " + SeriesText.of(reason)));
    if (explanation != null) {
      out.println("    " + explanation);
    }
    fetch.why().ifPresent(reason -> out.println("    what to do: " + reason.advice()));
    if (fetch.state() == PullState.WAITING && fetch.why().isPresent()) {
      out.println("    attempt %d made, the next one %s".formatted(fetch.attempts(), fetch.due()));
    }
  }

  private static String why(Fetch fetch) {
    return switch (fetch.cause()) {
      case ASKED -> "somebody asked for it";
      case PRIOR -> "a prior of series %s, by rule %s".formatted(fetch.priorOf(), fetch.rule());
      case BACKFILL -> "backfill " + fetch.backfill();
    };
  }

  /** How far a backfill is. */
  static void tell(Backfill backfill, PrintStream out) {
    BackfillOrder order = backfill.order();
    out.println(
        "backfill %d  %s from %s to %s%s%s: %s"
            .formatted(
                backfill.number(),
                order.source(),
                order.from(),
                order.to(),
                order.modality() == null ? "" : ", " + order.modality(),
                order.bodyPart() == null ? "" : ", " + order.bodyPart(),
                backfill.state().name().toLowerCase(Locale.ROOT)));
    out.println("    windows   " + counts(backfill.windows()));
    if (backfill.trouble() != null) {
      out.println("              " + SeriesText.of(backfill.trouble()));
    }
    out.println("    studies   " + counts(backfill.studies()));
    out.println(
        "    instances %d arrived; %d studies ended in the last hour"
            .formatted(backfill.arrived(), backfill.lastHour()));
    Optional<Duration> estimate = backfill.estimate();
    estimate.ifPresent(left -> out.println("    ready in about " + inWords(left)));
    if (backfill.held() != null && backfill.state() == BackfillState.RUNNING) {
      out.println("    waits: " + backfill.held());
    }
  }

  private static String counts(Map<PullState, Long> counts) {
    var text = new StringBuilder();
    for (PullState state : PullState.values()) {
      text.append(text.isEmpty() ? "" : ", ")
          .append(counts.getOrDefault(state, 0L))
          .append(' ')
          .append(told(state));
    }
    return text.toString();
  }

  private static String inWords(Duration time) {
    return time.toDays() > 1
        ? time.toDays() + " days"
        : time.toHours() > 1 ? time.toHours() + " hours" : time.toMinutes() + " minutes";
  }

  private static String told(PullState state) {
    return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
