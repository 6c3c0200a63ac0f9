package org.firstpass.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.firstpass.event.SegmentScore;

/**
 * How well stated qualities held on segments that they were not fitted on.
 *
 * @param reliability of the stated qualities
 * @param naive of one minus the uncertainty, which is what there is without a calibration
 * @param brier mean squared distance of a quality from what came true (1 or 0)
 * @param acceptableShare of the segments
 * @param withDice how the qualities go together with the Dice coefficients
 * @param withinSegments the mean over the segments of the same, each by itself: some are harder
 *     than others, and a reader knows that already
 */
public record QualityFigures(
    Reliability reliability,
    Reliability naive,
    double brier,
    double acceptableShare,
    Correlation withDice,
    Correlation withinSegments) {

  /** One statement. */
  record Stated(int segmentNumber, double quality, double uncertainty, double dice) {}

  static QualityFigures of(List<Stated> all, double acceptableDice) {
    var reliability = new Reliability.Tally();
    var naive = new Reliability.Tally();
    double squares = 0;
    int acceptable = 0;
    for (Stated stated : all) {
      boolean came = stated.dice >= acceptableDice;
      reliability.add(stated.quality, came);
      naive.add(1 - stated.uncertainty, came);
      double off = stated.quality - (came ? 1 : 0);
      squares += off * off;
      acceptable += came ? 1 : 0;
    }
    return new QualityFigures(
        reliability.finish(),
        naive.finish(),
        squares / all.size(),
        (double) acceptable / all.size(),
        correlation(all),
        withinSegments(all));
  }

  private static Correlation correlation(List<Stated> all) {
    return Correlation.of(
        all.stream().mapToDouble(Stated::quality).toArray(),
        all.stream().mapToDouble(Stated::dice).toArray());
  }

  /** Of those segments whose qualities and Dice coefficients vary. */
  private static Correlation withinSegments(List<Stated> all) {
    List<Correlation> each =
        all.stream()
            .collect(
                Collectors.groupingBy(Stated::segmentNumber, TreeMap::new, Collectors.toList()))
            .values()
            .stream()
            .map(QualityFigures::correlation)
            .filter(found -> !Double.isNaN(found.pearson()))
            .toList();
    return new Correlation(
        each.stream().mapToDouble(Correlation::pearson).average().orElse(Double.NaN),
        each.stream().mapToDouble(Correlation::spearman).average().orElse(Double.NaN));
  }

  /** What a calibrated package said of a segment. */
  static Stated stated(SegmentMeasure measure) {
    SegmentScore score = measure.scores().get(0);
    Double quality = score.quality();
    if (quality == null) {
      throw new IllegalArgumentException("the package states no quality");
    }
    return new Stated(measure.segmentNumber(), quality, score.uncertainty(), measure.dice());
  }

  /** What a fitted model says of segments. */
  static List<Stated> stated(QualityModel model, List<SegmentMeasure> measures) {
    List<Stated> all = new ArrayList<>();
    for (SegmentMeasure measure : measures) {
      double uncertainty = measure.scores().get(model.temperatureIndex()).uncertainty();
      all.add(new Stated(measure.segmentNumber(), model.of(measure), uncertainty, measure.dice()));
    }
    return all;
  }
}
