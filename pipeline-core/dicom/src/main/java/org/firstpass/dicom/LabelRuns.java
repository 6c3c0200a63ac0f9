package org.firstpass.dicom;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.firstpass.segment.Segment;
import org.firstpass.volume.LabelMap;

/**
 * Where each segment has voxels, slice by slice, as runs along the slice (row, column; column
 * fastest).
 *
 * <p>Found in one pass over the label map. Anatomy has few runs; a slice that has very many is
 * scanned again instead, so that memory stays below half of the label map's.
 */
final class LabelRuns implements SegmentBits {
  private static final int MIN_VOXELS_PER_RUN = 8;
  private static final int UNKNOWN = -1;

  private final LabelMap labels;
  private final int[] numbers;
  private final SliceRuns[] slices;

  private LabelRuns(LabelMap labels, int[] numbers, SliceRuns[] slices) {
    this.labels = labels;
    this.numbers = numbers;
    this.slices = slices;
  }

  /** The runs of these segments, which are then called by their index in the list. */
  static LabelRuns of(LabelMap labels, List<Segment> segments) {
    int[] numbers = segments.stream().mapToInt(Segment::number).toArray();
    int[] indexOfLabel = new int[1 << Short.SIZE];
    Arrays.fill(indexOfLabel, UNKNOWN);
    for (int index = 0; index < numbers.length; index++) {
      indexOfLabel[numbers[index]] = index;
    }
    SliceRuns[] slices = new SliceRuns[labels.geometry().size().slices()];
    IntStream.range(0, slices.length)
        .parallel()
        .forEach(slice -> slices[slice] = scan(labels, slice, indexOfLabel, numbers.length));
    return new LabelRuns(labels, numbers, slices);
  }

  @Override
  public boolean isPresent(int segment, int slice) {
    return slices[slice].isPresent(segment);
  }

  @Override
  public void pack(int segment, int slice, byte[] bits) {
    if (slices[slice].isDense()) {
      packByScanning(numbers[segment], slice, bits);
    } else {
      slices[slice].pack(segment, bits);
    }
  }

  private void packByScanning(int number, int slice, byte[] bits) {
    int count = labels.geometry().size().voxelsPerSlice();
    int from = slice * count;
    for (int i = 0; i < count; i++) {
      if (labels.labelAt(from + i) == number) {
        bits[i >> 3] |= (byte) (1 << (i & 7));
      }
    }
  }

  private static SliceRuns scan(LabelMap labels, int slice, int[] indexOfLabel, int segments) {
    int count = labels.geometry().size().voxelsPerSlice();
    int from = slice * count;
    int end = from + count;
    var runs = new SliceRuns(segments, count / MIN_VOXELS_PER_RUN);
    int at = from;
    while (at < end) {
      int label = labels.labelAt(at);
      int after = labels.endOfRun(at, end);
      if (label != 0) {
        if (indexOfLabel[label] == UNKNOWN) {
          throw LabelFrames.unknown(label);
        }
        runs.add(indexOfLabel[label], at - from, after - from);
      }
      at = after;
    }
    return runs;
  }
}
