package org.firstpass.event;

import org.firstpass.segment.SegmentAlgorithmType;
import org.firstpass.segment.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What a reader decided on one segment, and how much changed.
 *
 * @param surface null if it was told by a version that did not measure it
 */
public record SegmentDecision(
    int segmentNumber,
    Verdict verdict,
    SegmentAlgorithmType algorithmType,
    long voxelsAdded,
    long voxelsRemoved,
    double diceToProposal,
    @Nullable SurfaceChange surface) {

  /** A decision of which only voxels were counted. */
  public SegmentDecision(
      int segmentNumber,
      Verdict verdict,
      SegmentAlgorithmType algorithmType,
      long voxelsAdded,
      long voxelsRemoved,
      double diceToProposal) {
    this(segmentNumber, verdict, algorithmType, voxelsAdded, voxelsRemoved, diceToProposal, null);
  }
}
