package org.firstpass.correction;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.firstpass.segment.SegmentAlgorithmType;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.LabelOverlap;
import org.firstpass.volume.VoxelBox;

/**
 * How one segment of a label map differs from the proposal, in voxels.
 *
 * @param proposed voxels in the proposal
 * @param current voxels now
 * @param kept voxels in both
 * @param box that has all of them; none if there is no voxel in either
 */
record SegmentDifference(long proposed, long current, long kept, Optional<VoxelBox> box) {
  private static final SegmentDifference NOWHERE = new SegmentDifference(0, 0, 0, Optional.empty());

  /** The differences of all segments that are in either map, in one pass. */
  static Map<Integer, SegmentDifference> between(LabelMap proposal, LabelMap current) {
    var differences = new HashMap<Integer, SegmentDifference>();
    LabelOverlap.ofEach(proposal, current)
        .forEach((label, overlap) -> differences.put(label, of(overlap)));
    return differences;
  }

  private static SegmentDifference of(LabelOverlap overlap) {
    return new SegmentDifference(
        overlap.first(), overlap.second(), overlap.both(), Optional.of(overlap.box()));
  }

  static SegmentDifference of(int segment, Map<Integer, SegmentDifference> differences) {
    return differences.getOrDefault(segment, NOWHERE);
  }

  /** The same segment when nothing of it is left. */
  SegmentDifference removedWhole() {
    return new SegmentDifference(proposed, 0, 0, box);
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
