package org.firstpass.prepare;

import org.firstpass.geometry.GridSize;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.Volume;
import org.firstpass.volume.VoxelBox;

/**
 * The values of a grid, line by line: a line is the columns of one row of one slice, and its number
 * is {@code slice * rows + row}. Safe for several threads.
 */
interface ValueLines {
  GridSize size();

  /** Copies the values of a line to the beginning of the target. */
  void read(int line, float[] target);

  /** How many lines there are. */
  default int count() {
    return size().rows() * size().slices();
  }

  /** Of an array in the order slice, row, column. */
  static ValueLines of(float[] values, GridSize size) {
    return new ArrayLines(values, size);
  }

  /** Of the rescaled values of a volume within a box. */
  static ValueLines of(Volume volume, VoxelBox box) {
    return new VolumeLines(volume, box, box.size());
  }

  /** Of segment numbers. */
  static ValueLines of(LabelMap labels) {
    return new LabelLines(labels);
  }

  /** Values in an array. */
  @SuppressWarnings("ArrayRecordComponent") // private holder, never compared
  record ArrayLines(float[] values, GridSize size) implements ValueLines {
    @Override
    public void read(int line, float[] target) {
      System.arraycopy(values, line * size.columns(), target, 0, size.columns());
    }
  }

  /** Values of a part of a volume. */
  record VolumeLines(Volume volume, VoxelBox box, GridSize size) implements ValueLines {
    @Override
    public void read(int line, float[] target) {
      int row = box.firstRow() + line % size.rows();
      int slice = box.firstSlice() + line / size.rows();
      int from = volume.geometry().size().index(box.firstColumn(), row, slice);
      volume.copyTo(from, target, 0, size.columns());
    }
  }

  /** Segment numbers. */
  record LabelLines(LabelMap labels) implements ValueLines {
    @Override
    public GridSize size() {
      return labels.geometry().size();
    }

    @Override
    public void read(int line, float[] target) {
      int columns = size().columns();
      for (int column = 0; column < columns; column++) {
        target[column] = labels.labelAt(line * columns + column);
      }
    }
  }
}
