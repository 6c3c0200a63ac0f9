package org.firstpass.proposal;

import java.util.stream.IntStream;
import org.firstpass.geometry.GridSize;
import org.firstpass.model.LabelSpec;
import org.firstpass.model.LabelSpec.LabelledChannel;
import org.jspecify.annotations.Nullable;

/**
 * How unsure the network is of each segment, on its own grid: means over the segment and its rim,
 * see {@link TouchedSegments}.
 *
 * <p>For a segment that was not found it is the entropy of the largest probability it has anywhere:
 * sure that it is absent is 0. Sums are of whole bytes, so they are exact and do not hang on the
 * order of threads.
 */
final class SegmentDoubt {
  private static final int SLICES_PER_PART = 8;

  private final Doubt doubt;
  private final Sums sums;

  private SegmentDoubt(Doubt doubt, Sums sums) {
    this.doubt = doubt;
    this.sums = sums;
  }

  /**
   * @param chosen the segment numbers on the network's grid, before any clean-up
   */
  static SegmentDoubt of(LabelSpec spec, Doubt doubt, short[] chosen) {
    doubt.requireWhole();
    GridSize size = doubt.grid().size();
    if (chosen.length != size.voxels()) {
      throw new IllegalArgumentException("the chosen labels are not of the grid " + size);
    }
    int numbers =
        1 + spec.segments().stream().mapToInt(each -> each.segment().number()).max().orElse(0);
    Sums all =
        IntStream.range(0, (size.slices() + SLICES_PER_PART - 1) / SLICES_PER_PART)
            .parallel()
            .mapToObj(part -> sumsOf(part, doubt, chosen, numbers))
            .reduce(new Sums(numbers), Sums::plus);
    return new SegmentDoubt(doubt, all);
  }

  /** Mean normalised entropy, 0 to 1. */
  double uncertainty(LabelledChannel labelled) {
    int number = labelled.segment().number();
    return sums.voxels[number] > 0
        ? (double) sums.entropy[number] / sums.voxels[number] / Doubt.FULL
        : doubt.ofAbsence(labelled.channel());
  }

  /**
   * Mean share of passes that chose what was chosen, 0 to 1; null if there was one pass only. Of a
   * segment that was not found all passes say so as far as their mean does, so it is 1.
   */
  @Nullable Double agreement(LabelledChannel labelled) {
    if (!doubt.tellsAgreement()) {
      return null;
    }
    int number = labelled.segment().number();
    return sums.voxels[number] > 0
        ? (double) sums.agreement[number] / sums.voxels[number] / Doubt.FULL
        : 1.0;
  }

  private static Sums sumsOf(int part, Doubt doubt, short[] chosen, int numbers) {
    GridSize size = doubt.grid().size();
    var sums = new Sums(numbers);
    var touched = new TouchedSegments(chosen, size);
    int last = Math.min(size.slices(), (part + 1) * SLICES_PER_PART);
    for (int slice = part * SLICES_PER_PART; slice < last; slice++) {
      for (int row = 0; row < size.rows(); row++) {
        int at = size.index(0, row, slice);
        for (int column = 0; column < size.columns(); column++, at++) {
          int found = touched.at(column, row, slice);
          for (int i = 0; i < found; i++) {
            sums.add(touched.number(i), doubt.entropyAt(at), doubt.agreementAt(at));
          }
        }
      }
    }
    return sums;
  }

  /** By segment number. */
  private static final class Sums {
    private final long[] entropy;
    private final long[] agreement;
    private final long[] voxels;

    Sums(int numbers) {
      this.entropy = new long[numbers];
      this.agreement = new long[numbers];
      this.voxels = new long[numbers];
    }

    void add(int number, int entropyByte, int agreementByte) {
      entropy[number] += entropyByte;
      agreement[number] += agreementByte;
      voxels[number]++;
    }

    Sums plus(Sums other) {
      var sum = new Sums(voxels.length);
      for (int number = 0; number < voxels.length; number++) {
        sum.entropy[number] = entropy[number] + other.entropy[number];
        sum.agreement[number] = agreement[number] + other.agreement[number];
        sum.voxels[number] = voxels[number] + other.voxels[number];
      }
      return sum;
    }
  }
}
