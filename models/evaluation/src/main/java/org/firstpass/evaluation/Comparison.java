package org.firstpass.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.firstpass.evaluation.Bootstrap.Observation;
import org.firstpass.evaluation.Measure.Share;
import org.firstpass.segment.Segment;
import org.firstpass.study.PatientKey;

/**
 * One figure before and after something was changed, each with its interval by patient.
 *
 * @param of what it is of, for instance a segment
 * @param measure in words
 * @param unit empty if it has none
 */
public record Comparison(String of, String measure, String unit, Estimate before, Estimate after) {
  /** What one patient's case came to. */
  public record Value(PatientKey patient, double value) {}

  /** Two means, of the same patients or of others; empty if either side has none. */
  public static Optional<Comparison> of(
      String of, String measure, String unit, List<Value> before, List<Value> after) {
    return mean(before)
        .flatMap(was -> mean(after).map(is -> new Comparison(of, measure, unit, was, is)));
  }

  /**
   * A measure in two reports: over all segments of a case together, then segment by segment.
   *
   * @param kind of cases, before the name of each segment
   * @param together what one case comes to
   */
  public static List<Comparison> of(
      Measure measure,
      String kind,
      EvaluationReport before,
      EvaluationReport after,
      ToDoubleFunction<CaseResult> together) {
    List<Comparison> all = new ArrayList<>();
    of(
            kind + "all segments",
            measure.title(),
            measure.unit(),
            values(before, together),
            values(after, together))
        .ifPresent(all::add);
    for (Segment segment : before.schema().segments()) {
      Optional<Estimate> was = figure(before, segment, measure);
      Optional<Estimate> is = figure(after, segment, measure);
      if (was.isPresent() && is.isPresent()) {
        all.add(
            new Comparison(
                kind + segment.label(), measure.title(), measure.unit(), was.get(), is.get()));
      }
    }
    return all;
  }

  /** Whether the intervals have nothing in common. */
  public boolean apart() {
    Double beforeLow = before.low();
    Double beforeHigh = before.high();
    Double afterLow = after.low();
    Double afterHigh = after.high();
    return beforeLow != null
        && beforeHigh != null
        && afterLow != null
        && afterHigh != null
        && (beforeHigh < afterLow || afterHigh < beforeLow);
  }

  private static Optional<Estimate> figure(
      EvaluationReport report, Segment segment, Measure measure) {
    return report.all().segment(segment.number()).flatMap(each -> each.figure(measure));
  }

  private static List<Value> values(
      EvaluationReport report, ToDoubleFunction<CaseResult> together) {
    return report.cases().stream()
        .map(each -> new Value(each.subject().patient(), together.applyAsDouble(each)))
        .toList();
  }

  private static Optional<Estimate> mean(List<Value> values) {
    return Bootstrap.USUAL.ratio(
        values.stream()
            .map(each -> new Observation<>(each.patient(), Share.of(each.value())))
            .toList());
  }
}
