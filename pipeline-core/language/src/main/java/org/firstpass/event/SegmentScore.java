package org.firstpass.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a proposal says of one of its segments.
 *
 * @param voxels on the source grid
 * @param volumeMl 0 too if the series has no place in patient space, and so no volume
 * @param uncertainty mean normalised entropy over the segment and its rim, 0 (sure) to 1
 * @param agreement mean share of passes (mirrored, or of an ensemble) that chose what was chosen,
 *     over the segment and its rim, 0 to 1; null if there was one pass only
 * @param quality calibrated probability that the segment needs no more than a minor correction, 0
 *     to 1; null if the package carries no calibration
 * @param warnings what is unusual about its shape
 */
public record SegmentScore(
    int segmentNumber,
    long voxels,
    double volumeMl,
    double uncertainty,
    @Nullable Double agreement,
    @Nullable Double quality,
    List<GeometryWarning> warnings) {
  public SegmentScore {
    warnings = warnings == null ? List.of() : List.copyOf(warnings);
  }

  /** A score of entropy alone. */
  public SegmentScore(int segmentNumber, long voxels, double volumeMl, double uncertainty) {
    this(segmentNumber, voxels, volumeMl, uncertainty, null, null, List.of());
  }
}
