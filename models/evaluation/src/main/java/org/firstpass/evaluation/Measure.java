package org.firstpass.evaluation;

import java.util.Optional;
import org.firstpass.evaluation.SegmentMeasures.Presence;

/**
 * What is averaged over cases, each with the cases that it is defined on. A segment that neither
 * map has counts for no measure of overlap: there was nothing to agree on.
 */
public enum Measure {
  DICE("Dice", "", Better.HIGHER),
  SURFACE_DICE("Surface Dice", "", Better.HIGHER),
  /** Where the segment is in both maps. */
  HD95("HD95", "mm", Better.LOWER),
  /** Proposed minus reference; where the image has volumes. */
  VOLUME_ERROR("Volume error", "ml", Better.NEAR_ZERO),
  /** Proposed minus reference, of the reference; where the reference has the segment. */
  RELATIVE_VOLUME_ERROR("Relative volume error", "%", Better.NEAR_ZERO),
  ADDED_PATH("Added path length", "mm", Better.LOWER),
  /** Lesions found, of all lesions together. */
  LESION_SENSITIVITY("Lesions found", "", Better.HIGHER),
  /** Proposed components that are lesions, of all proposed together. */
  LESION_PRECISION("Proposed lesions that are ones", "", Better.HIGHER),
  /** Proposed components that are no lesions, by case. */
  FALSE_LESIONS("False lesions per case", "", Better.LOWER);

  /** Which way is better. */
  public enum Better {
    HIGHER,
    LOWER,
    NEAR_ZERO
  }

  private static final double PERCENT = 100;

  private final String title;
  private final String unit;
  private final Better better;

  Measure(String title, String unit, Better better) {
    this.title = title;
    this.unit = unit;
    this.better = better;
  }

  public String title() {
    return title;
  }

  /** Empty if it has none. */
  public String unit() {
    return unit;
  }

  public Better better() {
    return better;
  }

  /**
   * What one segment of one case adds to the figure, which is the sum of all parts divided by the
   * sum of all wholes.
   */
  record Share(double part, double whole) {
    static Share of(double value) {
      return new Share(value, 1);
    }
  }

  /** Empty where the measure is not defined. */
  Optional<Share> of(SegmentMeasures found) {
    return switch (this) {
      case DICE -> somewhere(found, found.dice());
      case SURFACE_DICE -> somewhere(found, found.surfaceDice());
      case HD95 -> Optional.ofNullable(found.hd95Mm()).map(Share::of);
      case VOLUME_ERROR -> somewhere(found, 1).flatMap(any -> volumeError(found));
      case RELATIVE_VOLUME_ERROR ->
          found.referenceVoxels() == 0
              ? Optional.empty()
              : Optional.of(Share.of(PERCENT * difference(found) / found.referenceVoxels()));
      case ADDED_PATH -> somewhere(found, found.addedPathMm());
      case LESION_SENSITIVITY ->
          lesions(found).map(each -> new Share(each.found(), each.lesions()));
      case LESION_PRECISION -> lesions(found).map(each -> new Share(each.found(), each.proposed()));
      case FALSE_LESIONS -> lesions(found).map(each -> Share.of(each.proposed() - each.found()));
    };
  }

  private static Optional<Share> somewhere(SegmentMeasures found, double value) {
    return found.presence() == Presence.NEITHER ? Optional.empty() : Optional.of(Share.of(value));
  }

  private static Optional<Share> volumeError(SegmentMeasures found) {
    return Optional.ofNullable(found.voxelMl()).map(ml -> Share.of(ml * difference(found)));
  }

  private static double difference(SegmentMeasures found) {
    return found.proposedVoxels() - found.referenceVoxels();
  }

  private static Optional<LesionDetection> lesions(SegmentMeasures found) {
    return Optional.ofNullable(found.lesions());
  }
}
