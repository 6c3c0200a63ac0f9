package org.firstpass.calibration;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.firstpass.geometry.GridSize;
import org.firstpass.prepare.NetworkSlab;
import org.firstpass.prepare.SlabSink;

/**
 * What the network said at some voxels of a case whose reference is known: those where reference or
 * proposal have a segment, and the reference's rim. Far from all segments nearly every network is
 * sure and right, which would hide how it is where it matters.
 *
 * <p>At most so many are kept, drawn evenly (reservoir sampling) with a seed that hangs on the case
 * alone.
 */
final class VoxelSamples implements SlabSink {

  /** The values of all channels at a voxel and the segment number that is right there. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Sample(float[] values, int reference) {}

  private final GridSize size;
  private final short[] reference;
  private final short[] chosen;
  private final BitSet area;
  private final int most;
  private final Random random;
  private final List<Sample> kept = new ArrayList<>();
  private long seen;

  /**
   * @param reference segment numbers on the network's grid, order slice, row, column
   * @param chosen those that the network chose, filled by whoever takes each slab before
   */
  VoxelSamples(GridSize size, short[] reference, short[] chosen, int most, long seed) {
    this.size = size;
    this.reference = reference;
    this.chosen = chosen;
    this.area = segmentsAndRims(reference, size);
    this.most = most;
    this.random = new Random(seed);
  }

  @Override
  public void accept(NetworkSlab slab) {
    int first = slab.firstSlice() * size.voxelsPerSlice();
    int voxels = slab.slices() * size.voxelsPerSlice();
    for (int i = 0; i < voxels; i++) {
      if (chosen[first + i] != 0 || area.get(first + i)) {
        offer(slab, i, Short.toUnsignedInt(reference[first + i]));
      }
    }
  }

  List<Sample> kept() {
    return kept;
  }

  private void offer(NetworkSlab slab, int at, int number) {
    long place = seen < most ? seen : (long) (random.nextDouble() * (seen + 1));
    seen++;
    if (place >= most) {
      return;
    }
    var values = new float[slab.channels()];
    for (int channel = 0; channel < values.length; channel++) {
      values[channel] = slab.channel(channel)[at];
    }
    var sample = new Sample(values, number);
    if (place == kept.size()) {
      kept.add(sample);
    } else {
      kept.set((int) place, sample);
    }
  }

  private static BitSet segmentsAndRims(short[] labels, GridSize size) {
    var area = new BitSet(labels.length);
    for (int at = 0; at < labels.length; at++) {
      if (labels[at] == 0) {
        continue;
      }
      area.set(at);
      int column = at % size.columns();
      int row = at / size.columns() % size.rows();
      mark(area, at, column, size.columns(), 1);
      mark(area, at, row, size.rows(), size.columns());
      mark(area, at, at / size.voxelsPerSlice(), size.slices(), size.voxelsPerSlice());
    }
    return area;
  }

  private static void mark(BitSet area, int at, int index, int count, int step) {
    if (index > 0) {
      area.set(at - step);
    }
    if (index < count - 1) {
      area.set(at + step);
    }
  }
}
