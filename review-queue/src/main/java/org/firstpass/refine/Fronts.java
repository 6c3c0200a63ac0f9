package org.firstpass.refine;

import java.util.Arrays;
import org.firstpass.geometry.GridSize;

/**
 * Fronts that start at several places at once and take each voxel for whichever comes first:
 * Dijkstra's way with whole costs, whose queue is a ring of buckets.
 */
final class Fronts {
  /** What a step costs that nobody may take. */
  static final int CLOSED = 0;

  /** No step costs as much. */
  private static final int RING = 1 << 10;

  private static final int FIRST_CAPACITY = 64;

  private final GridSize size;
  private final StepCost cost;
  private final byte[] owner;
  private final int[] arrival;
  private final int[][] ring = new int[RING][FIRST_CAPACITY];
  private final int[] counts = new int[RING];
  private int waiting;

  /** What a step costs, 1 to 1023, or {@link #CLOSED}. */
  interface StepCost {
    /**
     * @param owner whose front it is
     * @param to the voxel that is stepped onto
     * @param axis 0 along columns, 1 along rows, 2 along slices
     */
    int of(int owner, int to, int axis);
  }

  Fronts(GridSize size, StepCost cost) {
    this.size = size;
    this.cost = cost;
    this.owner = new byte[size.voxels()];
    this.arrival = new int[size.voxels()];
    Arrays.fill(arrival, Integer.MAX_VALUE);
  }

  /** A voxel where a front starts; the first one that claims it has it. */
  void start(int at, int by) {
    if (arrival[at] != 0) {
      arrival[at] = 0;
      owner[at] = (byte) by;
    }
  }

  /** Whose a voxel is, 0 for nobody's. */
  int ownerOf(int at) {
    return owner[at];
  }

  /** Lets them go until all is taken that can be. */
  void run() {
    for (int at = 0; at < owner.length; at++) {
      if (owner[at] != 0 && hasFree(at)) {
        push(at, 0);
      }
    }
    for (int now = 0; waiting > 0; now++) {
      int slot = now % RING;
      for (int i = 0; i < counts[slot]; i++) {
        int at = ring[slot][i];
        waiting--;
        if (arrival[at] == now) {
          spread(at, now);
        }
      }
      counts[slot] = 0;
    }
  }

  private void spread(int at, int now) {
    int inSlice = at % size.voxelsPerSlice();
    int column = inSlice % size.columns();
    int row = inSlice / size.columns();
    int slice = at / size.voxelsPerSlice();
    step(at, -1, column > 0, 0, now);
    step(at, 1, column < size.columns() - 1, 0, now);
    step(at, -size.columns(), row > 0, 1, now);
    step(at, size.columns(), row < size.rows() - 1, 1, now);
    step(at, -size.voxelsPerSlice(), slice > 0, 2, now);
    step(at, size.voxelsPerSlice(), slice < size.slices() - 1, 2, now);
  }

  private void step(int at, int by, boolean inside, int axis, int now) {
    if (!inside) {
      return;
    }
    int to = at + by;
    if (arrival[to] <= now) {
      return;
    }
    int more = cost.of(owner[at], to, axis);
    int then = now + more;
    if (more != CLOSED && then < arrival[to]) {
      arrival[to] = then;
      owner[to] = owner[at];
      push(to, then);
    }
  }

  private boolean hasFree(int at) {
    int inSlice = at % size.voxelsPerSlice();
    int column = inSlice % size.columns();
    int row = inSlice / size.columns();
    int slice = at / size.voxelsPerSlice();
    return column > 0 && owner[at - 1] == 0
        || column < size.columns() - 1 && owner[at + 1] == 0
        || row > 0 && owner[at - size.columns()] == 0
        || row < size.rows() - 1 && owner[at + size.columns()] == 0
        || slice > 0 && owner[at - size.voxelsPerSlice()] == 0
        || slice < size.slices() - 1 && owner[at + size.voxelsPerSlice()] == 0;
  }

  private void push(int at, int then) {
    int slot = then % RING;
    if (counts[slot] == ring[slot].length) {
      ring[slot] = Arrays.copyOf(ring[slot], 2 * counts[slot]);
    }
    ring[slot][counts[slot]++] = at;
    waiting++;
  }
}
