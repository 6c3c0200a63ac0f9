package org.firstpass.drift;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import org.firstpass.drift.CaseReading.Figure;
import org.firstpass.drift.DriftFinding.Evidence;

/**
 * Looks for groups whose figures became worse.
 *
 * <p>Every case is in several groups with several figures each, k of them in the mean; each has a
 * {@link ChangeWatch} with a threshold of k times {@code casesPerFalseAlarm}. So, all watches taken
 * together, no more than one false alarm in that many cases is to be expected as long as nothing
 * changes. The same readings give the same findings.
 */
public final class DriftSearch {
  private static final int DRAWS = 1000;
  private static final int WORST = 10;

  private final double casesPerFalseAlarm;

  public DriftSearch(double casesPerFalseAlarm) {
    if (!(casesPerFalseAlarm >= 1)) {
      throw new IllegalArgumentException(
          "false alarms are at least one case apart, but " + casesPerFalseAlarm);
    }
    this.casesPerFalseAlarm = casesPerFalseAlarm;
  }

  /** The values of one figure of one group, in the order of the cases. */
  private record Series(List<CaseReading> cases, List<Double> values) {
    Series() {
      this(new ArrayList<>(), new ArrayList<>());
    }
  }

  /**
   * The groups that alarm at the last of their cases or before.
   *
   * @param readings in the order in which they were accepted
   * @param from the moment from which cases of a group count, for groups that alarmed before
   */
  public List<DriftFinding> search(List<CaseReading> readings, Map<DriftGroup, Instant> from) {
    var groups = new LinkedHashMap<DriftGroup, Map<DriftMeasure, Series>>();
    long figures = 0;
    for (CaseReading reading : readings) {
      for (Figure figure : reading.figures()) {
        figures++;
        if (!reading.at().isBefore(from.getOrDefault(figure.group(), Instant.MIN))) {
          Series series =
              groups
                  .computeIfAbsent(figure.group(), key -> new EnumMap<>(DriftMeasure.class))
                  .computeIfAbsent(figure.measure(), key -> new Series());
          series.cases().add(reading);
          series.values().add(figure.value());
        }
      }
    }
    double threshold = Math.max(2, casesPerFalseAlarm * figures / Math.max(1, readings.size()));
    var findings = new ArrayList<DriftFinding>();
    groups.forEach((group, of) -> finding(group, of, threshold).ifPresent(findings::add));
    return findings;
  }

  private static Optional<DriftFinding> finding(
      DriftGroup group, Map<DriftMeasure, Series> figures, double threshold) {
    var evidence = new ArrayList<Evidence>();
    Series strongest = new Series();
    int change = 0;
    double most = 0;
    for (Map.Entry<DriftMeasure, Series> figure : figures.entrySet()) {
      Optional<ChangeWatch> alarmed = watch(group, figure.getKey(), figure.getValue(), threshold);
      if (alarmed.isPresent()) {
        int since = alarmed.get().change();
        double statistic = alarmed.get().statistic();
        evidence.add(evidence(figure.getKey(), figure.getValue().values(), since, statistic));
        if (statistic > most) {
          most = statistic;
          strongest = figure.getValue();
          change = since;
        }
      }
    }
    if (evidence.isEmpty()) {
      return Optional.empty();
    }
    evidence.sort(Comparator.comparingDouble(Evidence::statistic).reversed());
    return Optional.of(described(group, evidence, strongest, change));
  }

  private static DriftFinding described(
      DriftGroup group, List<Evidence> evidence, Series series, int change) {
    int all = series.cases().size();
    List<CaseReading> recent = series.cases().subList(change, all);
    List<Double> values = series.values().subList(change, all);
    List<UUID> worst =
        java.util.stream.IntStream.range(0, recent.size())
            .boxed()
            .sorted(Comparator.comparingDouble((Integer at) -> values.get(at)).reversed())
            .limit(WORST)
            .map(at -> recent.get(at).correction())
            .toList();
    return new DriftFinding(
        group,
        recent.get(0).at(),
        recent.stream().map(CaseReading::version).distinct().sorted().toList(),
        evidence,
        worst);
  }

  // A watch that alarmed stays as it was then: what follows is the person's to judge.
  private static Optional<ChangeWatch> watch(
      DriftGroup group, DriftMeasure measure, Series series, double threshold) {
    var watch = new ChangeWatch(threshold);
    for (int at = 0; at < series.values().size(); at++) {
      UUID correction = series.cases().get(at).correction();
      long seed =
          correction.getMostSignificantBits()
              ^ correction.getLeastSignificantBits()
              ^ (group + measure.name()).hashCode();
      watch.add(series.values().get(at), new SplittableRandom(seed).nextDouble());
      if (watch.alarms()) {
        return Optional.of(watch);
      }
    }
    return Optional.empty();
  }

  private static Evidence evidence(
      DriftMeasure measure, List<Double> values, int change, double statistic) {
    double[] all = values.stream().mapToDouble(value -> value).toArray();
    double[] reference = Arrays.copyOfRange(all, 0, change);
    double[] recent = Arrays.copyOfRange(all, change, all.length);
    var random = new SplittableRandom(change);
    double[] differences = new double[DRAWS];
    for (int draw = 0; draw < DRAWS; draw++) {
      differences[draw] = drawn(recent, random) - drawn(reference, random);
    }
    Arrays.sort(differences);
    return new Evidence(
        measure,
        Arrays.stream(reference).average().orElse(0),
        reference.length,
        Arrays.stream(recent).average().orElse(0),
        recent.length,
        differences[DRAWS / 40],
        differences[DRAWS - 1 - DRAWS / 40],
        statistic);
  }

  private static double drawn(double[] values, SplittableRandom random) {
    double sum = 0;
    for (int each = 0; each < values.length; each++) {
      sum += values[random.nextInt(values.length)];
    }
    return sum / values.length;
  }
}
