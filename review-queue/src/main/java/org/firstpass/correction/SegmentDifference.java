package org.firstpass.correction;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.segment.SegmentAlgorithmType;
import org.firstpass.volume.LabelMap;

/**
 * How one segment of a label map differs from the proposal, in voxels.
 *
 * @param proposed voxels in the proposal
 * @param current voxels now
 * @param kept voxels in both
 */
record SegmentDifference(long proposed, long current, long kept) {
  private static final SegmentDifference NOWHERE = new SegmentDifference(0, 0, 0);
  private static final int LABELS = 1 << 16;

  /** The differences of all segments that are in either map, in one pass. */
  static Map<Integer, SegmentDifference> between(LabelMap proposal, LabelMap current) {
    GridGeometry.requireSameGrid(proposal.geometry(), current.geometry());
    var before = new long[LABELS];
    var after = new long[LABELS];
    var both = new long[LABELS];
    int voxels = proposal.geometry().size().voxels();
    for (int index = 0; index < voxels; index++) {
      int was = proposal.labelAt(index);
      int is = current.labelAt(index);
      before[was]++;
      after[is]++;
      if (was == is) {
        both[is]++;
      }
    }
    var differences = new HashMap<Integer, SegmentDifference>();
    for (int label = 1; label < LABELS; label++) {
      if (before[label] + after[label] > 0) {
        differences.put(label, new SegmentDifference(before[label], after[label], both[label]));
      }
    }
    return differences;
  }

  static SegmentDifference of(int segment, Map<Integer, SegmentDifference> differences) {
    return differences.getOrDefault(segment, NOWHERE);
  }

  /** The same segment when nothing of it is left. */
  SegmentDifference removedWhole() {
    return new SegmentDifference(proposed, 0, 0);
  }

  long added() {
    return current - kept;
  }

  long removed() {
    return proposed - kept;
  }

  boolean unchanged() {
    return added() == 0 && removed() == 0;
  }

  /** The Dice similarity coefficient; 1 if the segment is in neither. */
  double dice() {
    long sum = proposed + current;
    return sum == 0 ? 1 : 2.0 * kept / sum;
  }

  /** Derived from what happened, not from what somebody says happened. */
  SegmentAlgorithmType algorithmType() {
    if (unchanged()) {
      return SegmentAlgorithmType.AUTOMATIC;
    }
    boolean fromNothing = current > 0 && kept == 0;
    return fromNothing ? SegmentAlgorithmType.MANUAL : SegmentAlgorithmType.SEMIAUTOMATIC;
  }

  static List<Integer> labels(Map<Integer, SegmentDifference> differences) {
    return differences.entrySet().stream()
        .filter(entry -> entry.getValue().current() > 0)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }
}
