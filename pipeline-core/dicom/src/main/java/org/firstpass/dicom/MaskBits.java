package org.firstpass.dicom;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.segment.Segment;
import org.firstpass.volume.Mask;

/** Masks of segments, of which several may have the same voxel. */
final class MaskBits implements SegmentBits {
  private final List<Mask> masks;
  private final int voxelsPerSlice;

  private MaskBits(List<Mask> masks, int voxelsPerSlice) {
    this.masks = masks;
    this.voxelsPerSlice = voxelsPerSlice;
  }

  /** The masks of these segments, by their numbers; a segment without one has no voxels. */
  static MaskBits of(Map<Integer, Mask> masks, List<Segment> segments, GridGeometry grid) {
    Set<Integer> unknown = new HashSet<>(masks.keySet());
    segments.forEach(segment -> unknown.remove(segment.number()));
    if (!unknown.isEmpty()) {
      throw LabelFrames.unknown(unknown.iterator().next());
    }
    Mask none = new Mask(grid, new BitSet());
    return new MaskBits(
        segments.stream().map(segment -> masks.getOrDefault(segment.number(), none)).toList(),
        grid.size().voxelsPerSlice());
  }

  SegmentsOverlap overlap() {
    return SegmentsOverlap.of(Mask.overlap(masks));
  }

  @Override
  public boolean isPresent(int segment, int slice) {
    int first = masks.get(segment).nextMarked(slice * voxelsPerSlice);
    return first >= 0 && first / voxelsPerSlice == slice;
  }

  @Override
  public void pack(int segment, int slice, byte[] bits) {
    Mask mask = masks.get(segment);
    int first = slice * voxelsPerSlice;
    int end = first + voxelsPerSlice;
    int from = mask.nextMarked(first);
    while (from >= 0 && from < end) {
      int to = Math.min(end, mask.nextUnmarked(from));
      SliceRuns.setBits(bits, from - first, to - first);
      from = mask.nextMarked(to);
    }
  }
}
