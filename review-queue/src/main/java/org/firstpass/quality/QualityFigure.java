package org.firstpass.quality;

import java.time.LocalDate;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What the corrections of one span of time have in common, or those of them with one name.
 *
 * @param start the first day of the span
 * @param name of the version, segment, scanner, protocol or reader; empty if nothing sets them
 *     apart
 * @param cases corrections
 * @param verdicts how many segments have which; those that were neither proposed nor drawn count
 *     for none
 */
public record QualityFigure(
    LocalDate start,
    String name,
    long cases,
    Map<String, Long> verdicts,
    Agreement agreement,
    Work work) {
  public QualityFigure {
    verdicts = Map.copyOf(verdicts);
  }

  /**
   * How far what was accepted is what was proposed: means over segments that could be assessed.
   *
   * @param addedPathMm per segment
   */
  public record Agreement(
      OptionalDouble dice, OptionalDouble surfaceDice, OptionalDouble addedPathMm) {}

  /**
   * What it cost.
   *
   * @param activeSeconds the median of the readers' time per case; not known by segment
   * @param drawingSeconds the mean of the time the hand was at work per case, or by segment
   * @param edits their mean
   */
  public record Work(
      OptionalDouble activeSeconds, OptionalDouble drawingSeconds, OptionalDouble edits) {
    public static final Work UNKNOWN =
        new Work(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());
  }
}
