package org.firstpass.evaluation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.firstpass.evaluation.Bootstrap.Observation;
import org.firstpass.evaluation.Measure.Share;
import org.firstpass.evaluation.SegmentMeasures.Presence;

/**
 * One segment over several cases.
 *
 * @param missed cases whose reference alone has it
 * @param added cases whose proposal alone has it
 * @param absent cases in which neither has it
 * @param figures those that are defined on at least one case
 */
public record SegmentSummary(
    int segmentNumber, int missed, int added, int absent, Map<Measure, Estimate> figures) {
  public SegmentSummary {
    figures = figures.isEmpty() ? Map.of() : new EnumMap<>(figures);
  }

  static SegmentSummary of(int segment, List<CaseResult> cases, Bootstrap bootstrap) {
    Map<Measure, List<Observation<Share>>> observations = new EnumMap<>(Measure.class);
    Map<Presence, Integer> presences = new EnumMap<>(Presence.class);
    for (CaseResult each : cases) {
      each.segment(segment)
          .ifPresent(
              found -> {
                presences.merge(found.presence(), 1, Integer::sum);
                observe(each, found, observations);
              });
    }
    Map<Measure, Estimate> figures = new EnumMap<>(Measure.class);
    observations.forEach(
        (measure, of) -> bootstrap.ratio(of).ifPresent(estimate -> figures.put(measure, estimate)));
    return new SegmentSummary(
        segment,
        presences.getOrDefault(Presence.MISSED, 0),
        presences.getOrDefault(Presence.ADDED, 0),
        presences.getOrDefault(Presence.NEITHER, 0),
        figures);
  }

  private static void observe(
      CaseResult of, SegmentMeasures found, Map<Measure, List<Observation<Share>>> observations) {
    for (Measure measure : Measure.values()) {
      measure
          .of(found)
          .ifPresent(
              share ->
                  observations
                      .computeIfAbsent(measure, any -> new ArrayList<>())
                      .add(new Observation<>(of.subject().patient(), share)));
    }
  }

  public Optional<Estimate> figure(Measure measure) {
    return Optional.ofNullable(figures.get(measure));
  }
}
