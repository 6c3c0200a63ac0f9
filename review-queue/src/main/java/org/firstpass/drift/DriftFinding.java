package org.firstpass.drift;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A group of which a figure became worse, with the evidence.
 *
 * @param since the first case after the change, most probably
 * @param versions packages and versions that proposed since then
 * @param evidence of each figure that alarms, the strongest first
 * @param worst corrections since the change, the worst first
 */
public record DriftFinding(
    DriftGroup group,
    Instant since,
    List<String> versions,
    List<Evidence> evidence,
    List<UUID> worst) {
  public DriftFinding {
    versions = List.copyOf(versions);
    evidence = List.copyOf(evidence);
    worst = List.copyOf(worst);
  }

  /**
   * One figure before and after the change. As the change was looked for in these very cases, the
   * difference is somewhat too large, and the interval somewhat too narrow.
   *
   * @param reference mean before
   * @param referenceCases how many
   * @param recent mean since
   * @param recentCases how many
   * @param low of the difference, the 2.5th percentile of bootstrap draws of cases
   * @param high the 97.5th
   * @param statistic what the watch has won, at least its threshold
   */
  public record Evidence(
      DriftMeasure measure,
      double reference,
      int referenceCases,
      double recent,
      int recentCases,
      double low,
      double high,
      double statistic) {}
}
