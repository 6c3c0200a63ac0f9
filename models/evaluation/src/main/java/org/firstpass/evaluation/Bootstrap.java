package org.firstpass.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.firstpass.evaluation.Measure.Share;
import org.firstpass.study.PatientKey;

/**
 * Intervals by drawing patients with replacement: cases of one patient are alike, and are drawn
 * together. The interval is what lies between two percentiles of the figures so drawn. The same
 * cases and seed give the same interval on every machine.
 *
 * @param draws how often as many patients are drawn as there are
 * @param seed of {@link Random}, whose numbers Java fixes
 * @param confidence share of the figures in the interval, for instance 0.95
 * @see "Efron 1979, Ann Statist 7:1 (bootstrap); Field, Welsh 2007, J R Stat Soc B 69:369 (of
 *     clusters)"
 */
public record Bootstrap(int draws, long seed, double confidence) {
  /** 95 % of 1000 draws. */
  public static final Bootstrap USUAL = new Bootstrap(1000, 20_240_607, 0.95);

  private static final int FEWEST_DRAWS = 100;

  public Bootstrap {
    if (draws < FEWEST_DRAWS) {
      throw new IllegalArgumentException(
          "draws must be at least " + FEWEST_DRAWS + ", but is " + draws);
    }
    if (!(confidence > 0.5 && confidence < 1)) {
      throw new IllegalArgumentException(
          "confidence must lie between 0.5 and 1, but is " + confidence);
    }
  }

  /** What one case of a patient says. */
  record Observation<T>(PatientKey patient, T what) {}

  /** All parts divided by all wholes; empty if there is no whole. */
  Optional<Estimate> ratio(Collection<Observation<Share>> observations) {
    SortedMap<PatientKey, Share> sums = new TreeMap<>(Bootstrap::compare);
    for (Observation<Share> each : observations) {
      sums.merge(each.patient, each.what, Bootstrap::sum);
    }
    List<Share> byPatient = List.copyOf(sums.values());
    return estimate(byPatient, Bootstrap::ratio, observations.size());
  }

  /** A figure of everything that cases say together. */
  <T> Optional<Estimate> of(
      Collection<Observation<T>> observations, ToDoubleFunction<List<T>> figure) {
    SortedMap<PatientKey, List<T>> byPatient = new TreeMap<>(Bootstrap::compare);
    for (Observation<T> each : observations) {
      byPatient.computeIfAbsent(each.patient, any -> new ArrayList<>()).add(each.what);
    }
    return estimate(
        List.copyOf(byPatient.values()),
        drawn -> figure.applyAsDouble(drawn.stream().flatMap(List::stream).toList()),
        observations.size());
  }

  private <T> Optional<Estimate> estimate(
      List<T> byPatient, ToDoubleFunction<List<T>> figure, int cases) {
    double value = byPatient.isEmpty() ? Double.NaN : figure.applyAsDouble(byPatient);
    if (!Double.isFinite(value)) {
      return Optional.empty();
    }
    int patients = byPatient.size();
    if (patients < 2) {
      return Optional.of(new Estimate(value, null, null, cases, patients));
    }
    var random = new Random(seed);
    var figures = new double[draws];
    List<T> drawn = new ArrayList<>(byPatient);
    for (int draw = 0; draw < draws; draw++) {
      for (int i = 0; i < patients; i++) {
        drawn.set(i, byPatient.get(random.nextInt(patients)));
      }
      figures[draw] = figure.applyAsDouble(drawn);
    }
    double[] ascending = Arrays.stream(figures).filter(Double::isFinite).sorted().toArray();
    double outside = (1 - confidence) / 2;
    return Optional.of(
        new Estimate(
            value,
            quantile(ascending, outside),
            quantile(ascending, 1 - outside),
            cases,
            patients));
  }

  /** Interpolated linearly between two ranks. */
  private static double quantile(double[] ascending, double share) {
    double place = share * (ascending.length - 1);
    int below = (int) place;
    int above = Math.min(ascending.length - 1, below + 1);
    return ascending[below] + (place - below) * (ascending[above] - ascending[below]);
  }

  private static double ratio(List<Share> shares) {
    double part = 0;
    double whole = 0;
    for (Share share : shares) {
      part += share.part();
      whole += share.whole();
    }
    return part / whole;
  }

  private static Share sum(Share a, Share b) {
    return new Share(a.part() + b.part(), a.whole() + b.whole());
  }

  private static int compare(PatientKey a, PatientKey b) {
    return a.value().compareTo(b.value());
  }
}
