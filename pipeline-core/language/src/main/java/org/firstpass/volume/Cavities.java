package org.firstpass.volume;

import java.util.Optional;
import org.firstpass.geometry.GridSize;

/**
 * The cavities of a segment: what is enclosed by it on all sides, so that no way from voxel to
 * voxel by their faces leads from there to the border of the grid.
 *
 * <p>They are found as the gaps between the segment's runs within its box.
 */
public final class Cavities {
  private static final short GAP = 1;

  private Cavities() {}

  /**
   * Gives the background in cavities of a segment its label. Another segment inside is left alone,
   * but does not keep the rest of its cavity from being filled.
   *
   * @param labels unsigned 16-bit, order slice, row, column; changed in place
   * @return how many voxels were filled
   */
  public static long fill(short[] labels, GridSize size, int label) {
    Components segment = Components.of(labels, size, label);
    Optional<VoxelBox> box = segment.list().stream().map(Component::box).reduce(VoxelBox::with);
    if (box.isEmpty()) {
      return 0;
    }
    var gaps = new Gaps(segment.runs(), size, box.get());
    Runs found = Runs.find(size, gaps, Runs.Touching.FACES);
    boolean[] open = open(found, size, box.get());
    long filled = 0;
    for (int run = 0; run < found.count(); run++) {
      if (!open[found.root(run)]) {
        filled += fill(labels, found.start(run), found.end(run), (short) label);
      }
    }
    return filled;
  }

  /** Gives a label to what is background in a range. */
  private static int fill(short[] labels, int from, int to, short label) {
    int filled = 0;
    for (int i = from; i < to; i++) {
      if (labels[i] == 0) {
        labels[i] = label;
        filled++;
      }
    }
    return filled;
  }

  /** By root, whether its gaps come to a side of the box: beyond it is nothing of the segment. */
  private static boolean[] open(Runs gaps, GridSize size, VoxelBox box) {
    var open = new boolean[gaps.count()];
    for (int gap = 0; gap < gaps.count(); gap++) {
      int line = gaps.start(gap) / size.columns();
      int row = line % size.rows();
      int slice = line / size.rows();
      open[gaps.root(gap)] |=
          row == box.firstRow()
              || row == box.lastRow()
              || slice == box.firstSlice()
              || slice == box.lastSlice()
              || gaps.start(gap) == line * size.columns() + box.firstColumn()
              || gaps.end(gap) == line * size.columns() + box.lastColumn() + 1;
    }
    return open;
  }

  /** The gaps of lines within the box; lines elsewhere have none. */
  private record Gaps(Runs runs, GridSize size, VoxelBox box) implements Runs.Line {
    @Override
    public void addTo(RunList gaps, int line) {
      int row = line % size.rows();
      int slice = line / size.rows();
      if (!box.contains(box.firstColumn(), row, slice)) {
        return;
      }
      int start = line * size.columns() + box.firstColumn();
      for (int run = runs.lineStart(line); run < runs.lineStart(line + 1); run++) {
        if (runs.start(run) > start) {
          gaps.add(start, runs.start(run), GAP);
        }
        start = runs.end(run);
      }
      int end = line * size.columns() + box.lastColumn() + 1;
      if (start < end) {
        gaps.add(start, end, GAP);
      }
    }
  }
}
