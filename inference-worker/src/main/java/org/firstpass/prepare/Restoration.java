package org.firstpass.prepare;

import java.util.stream.IntStream;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.model.ModelManifest;
import org.firstpass.prepare.GridPositions.Line;
import org.firstpass.volume.GridAxis;
import org.firstpass.volume.VoxelBox;
import org.jspecify.annotations.Nullable;

/**
 * The way back: what the network says, slab by slab, as segment numbers on the grid of the series.
 *
 * <p>The channels are interpolated linearly and then a segment is chosen, which keeps borders where
 * the network drew them instead of on its voxels' edges. Where all neighbours chose the same
 * segment interpolation cannot change that, so it is only done along borders. Where the manifest's
 * rule for anisotropic grids applies, the nearest index is taken along the coarse axis. Voxels of
 * the series that lie outside the region or the network's grid are background.
 *
 * <p>A voxel is restored as soon as the upper of the two network slices about it has come; one
 * slice of each channel is kept between slabs. So nothing hangs on where slabs begin and end.
 *
 * <p>One thread at a time; it takes all cores of the common pool itself.
 */
public final class Restoration implements SlabSink {
  private final SegmentChoice choice;
  private final GridSize size;
  private final GridSize source;
  private final VoxelBox region;
  private final GridPositions positions;
  private final short[] chosen;
  private final short[] labels;
  private final @Nullable VoxelSink voxels;

  /** The last slice of the slab before, of each candidate. */
  private final float[][] kept;

  private int next;

  private Restoration(
      GridGeometry network,
      RegionOfInterest region,
      SegmentChoice choice,
      @Nullable GridAxis nearestAlong,
      @Nullable VoxelSink voxels) {
    this.choice = choice;
    this.voxels = voxels;
    this.size = network.size();
    this.source = region.source().size();
    this.region = region.box();
    this.positions = GridPositions.of(region.grid(), network, nearestAlong);
    this.chosen = new short[size.voxels()];
    this.labels = new short[source.voxels()];
    this.kept = new float[choice.candidates()][size.voxelsPerSlice()];
  }

  /**
   * Back onto the grid of a series.
   *
   * @param source the grid of the series that was prepared
   * @throws IllegalArgumentException if it is another grid
   */
  public static Restoration onto(GridGeometry source, Prepared prepared, ModelManifest manifest) {
    return onto(source, prepared, manifest, null);
  }

  /**
   * Back onto the grid of a series, with somebody who hears what the network says of its voxels.
   *
   * @throws IllegalArgumentException if it is another grid
   */
  public static Restoration onto(
      GridGeometry source, Prepared prepared, ModelManifest manifest, @Nullable VoxelSink voxels) {
    GridGeometry.requireSameGrid(source, prepared.source());
    GridAxis nearestAlong =
        SeparateAxis.onTheWayBack(
                prepared.region().grid(), prepared.input().grid(), manifest.input())
            .orElse(null);
    return new Restoration(
        prepared.input().grid(),
        prepared.region(),
        SegmentChoice.of(manifest),
        nearestAlong,
        voxels);
  }

  /**
   * Segment numbers on the source grid of an output that is there as a whole, order slice, row,
   * column, unsigned 16-bit; without a crop and without a rule for anisotropic grids.
   */
  public static short[] restore(NetworkOutput output, SegmentChoice choice, GridGeometry source) {
    var channels = new float[output.channels()][];
    for (int channel = 0; channel < channels.length; channel++) {
      channels[channel] = output.channel(channel);
    }
    var whole = RegionOfInterest.whole(source);
    var restoration = new Restoration(output.grid(), whole, choice, null, null);
    restoration.accept(new NetworkSlab(0, output.grid().size().slices(), channels, null));
    return restoration.labels();
  }

  /**
   * Restores what lies between the slices that are known by now.
   *
   * @throws IllegalArgumentException if slices are missing, come twice or reach beyond the grid
   */
  @Override
  public void accept(NetworkSlab slab) {
    int end = slab.firstSlice() + slab.slices();
    if (slab.firstSlice() != next || end > size.slices()) {
      throw new IllegalArgumentException(
          "slices come in order: expected from "
              + next
              + " of "
              + size.slices()
              + ", but got "
              + slab.firstSlice()
              + " to "
              + (end - 1));
    }
    choice.chooseAll(slab, size.voxelsPerSlice(), chosen);
    if (voxels != null) {
      voxels.begin(slab, size, chosen);
    }
    GridSize part = region.size();
    IntStream.range(0, part.slices())
        .parallel()
        .forEach(slice -> new SlabLines(slab, part.columns()).restoreSlice(slice));
    keepLast(slab);
    next = end;
  }

  /**
   * The segment numbers on the network's grid, order slice, row, column, unsigned 16-bit; of the
   * slices that have come. Not a copy.
   */
  public short[] chosen() {
    return chosen;
  }

  /**
   * The segment numbers on the grid of the series, order slice, row, column, unsigned 16-bit. Not a
   * copy.
   *
   * @throws IllegalStateException if not all slices have come
   */
  public short[] labels() {
    if (next != size.slices()) {
      throw new IllegalStateException(
          "expected " + size.slices() + " slices of the network, but " + next + " have come");
    }
    return labels;
  }

  private void keepLast(NetworkSlab slab) {
    int from = (slab.slices() - 1) * size.voxelsPerSlice();
    for (int candidate = 0; candidate < kept.length; candidate++) {
      float[] channel = slab.channel(choice.channel(candidate));
      System.arraycopy(channel, from, kept[candidate], 0, size.voxelsPerSlice());
    }
  }

  /** The lines of the series that a slab completes. One thread at a time. */
  private final class SlabLines {
    private final NetworkSlab slab;
    private final int end;
    private final double[] column;
    private final double[] row;
    private final double[] slice;
    private final float[] values;

    SlabLines(NetworkSlab slab, int columns) {
      this.slab = slab;
      this.end = slab.firstSlice() + slab.slices();
      this.column = new double[columns];
      this.row = new double[columns];
      this.slice = new double[columns];
      this.values = new float[choice.candidates()];
    }

    void restoreSlice(int sourceSlice) {
      for (int sourceRow = 0; sourceRow < region.size().rows(); sourceRow++) {
        Line line = completed(sourceRow, sourceSlice);
        if (line.count() > 0) {
          restore(line);
        }
      }
    }

    /** The columns whose upper network slice is of this slab: neighbours, as slices only rise. */
    private Line completed(int sourceRow, int sourceSlice) {
      int columns = column.length;
      boolean rises =
          upper(columns - 1, sourceRow, sourceSlice) >= upper(0, sourceRow, sourceSlice);
      int a = border(slab.firstSlice(), rises, sourceRow, sourceSlice);
      int b = border(end, rises, sourceRow, sourceSlice);
      return rises
          ? new Line(a, b - a, sourceRow, sourceSlice)
          : new Line(b, a - b, sourceRow, sourceSlice);
    }

    /** The first column from which on upper slices are at least (or, falling, below) a limit. */
    private int border(int limit, boolean rises, int sourceRow, int sourceSlice) {
      int low = 0;
      int high = column.length;
      while (low < high) {
        int middle = (low + high) >>> 1;
        boolean reached = upper(middle, sourceRow, sourceSlice) >= limit;
        if (reached == rises) {
          high = middle;
        } else {
          low = middle + 1;
        }
      }
      return low;
    }

    /** The last network slice that a voxel needs; -1 or the number of slices if outside. */
    private int upper(int sourceColumn, int sourceRow, int sourceSlice) {
      return (int) Math.ceil(positions.along(GridAxis.SLICE, sourceColumn, sourceRow, sourceSlice));
    }

    private void restore(Line line) {
      positions.fill(GridAxis.COLUMN, line, column);
      positions.fill(GridAxis.ROW, line, row);
      positions.fill(GridAxis.SLICE, line, slice);
      int at =
          source.index(
              region.firstColumn() + line.first(),
              region.firstRow() + line.row(),
              region.firstSlice() + line.slice());
      for (int i = 0; i < line.count(); i++) {
        labels[at + i] = labelAt(at + i, column[i], row[i], slice[i]);
      }
    }

    private short labelAt(int target, double c, double r, double s) {
      if (c < 0 || r < 0 || c > size.columns() - 1 || r > size.rows() - 1) {
        return 0;
      }
      int at = size.index((int) c, (int) r, (int) s);
      float columnPart = (float) (c - (int) c);
      float rowPart = (float) (r - (int) r);
      float slicePart = (float) (s - (int) s);
      int nextColumn = c == (int) c ? 0 : 1;
      int nextRow = r == (int) r ? 0 : size.columns();
      int nextSlice = s == (int) s ? 0 : size.voxelsPerSlice();
      boolean uniform = isUniform(at, nextColumn, nextRow, nextSlice);
      if (uniform
          && (voxels == null || voxels.isSettled(target, at, nextColumn, nextRow, nextSlice))) {
        return chosen[at];
      }
      int inSlice = size.index((int) c, (int) r, 0);
      int lower = (int) s - slab.firstSlice();
      for (int candidate = 0; candidate < values.length; candidate++) {
        float[] channel = slab.channel(choice.channel(candidate));
        float[] below = lower < 0 ? kept[candidate] : channel;
        int from = lower < 0 ? inSlice : lower * size.voxelsPerSlice() + inSlice;
        float low = plane(below, from, nextColumn, nextRow, columnPart, rowPart);
        if (nextSlice > 0) {
          int above = (lower + 1) * size.voxelsPerSlice() + inSlice;
          float high = plane(channel, above, nextColumn, nextRow, columnPart, rowPart);
          low += slicePart * (high - low);
        }
        values[candidate] = low;
      }
      short label = uniform ? chosen[at] : choice.choose(values);
      if (voxels != null) {
        voxels.take(target, values);
      }
      return label;
    }

    private boolean isUniform(int at, int nextColumn, int nextRow, int nextSlice) {
      short label = chosen[at];
      int above = at + nextSlice;
      return chosen[at + nextColumn] == label
          && chosen[at + nextRow] == label
          && chosen[at + nextRow + nextColumn] == label
          && chosen[above] == label
          && chosen[above + nextColumn] == label
          && chosen[above + nextRow] == label
          && chosen[above + nextRow + nextColumn] == label;
    }
  }

  private static float plane(
      float[] channel, int at, int nextColumn, int nextRow, float columnPart, float rowPart) {
    float low = channel[at] + columnPart * (channel[at + nextColumn] - channel[at]);
    int next = at + nextRow;
    float high = channel[next] + columnPart * (channel[next + nextColumn] - channel[next]);
    return low + rowPart * (high - low);
  }
}
