package org.firstpass.prepare;

import java.util.stream.IntStream;
import org.firstpass.geometry.GridSize;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.Volume;
import org.firstpass.volume.VoxelBox;

/**
 * The values of a grid, line by line: a line is the columns of one row of one slice, and its number
 * is {@code slice * rows + row}. Nothing is copied before it is read. Safe for several threads.
 */
interface ValueLines {
  GridSize size();

  /** Copies some columns of a line, from the first on, to the beginning of the target. */
  void read(int line, int first, int count, float[] target);

  /** Copies all columns of a line. */
  default void read(int line, float[] target) {
    read(line, 0, size().columns(), target);
  }

  /** All values, order slice, row, column. */
  default float[] toArray() {
    GridSize size = size();
    var values = new float[size.voxels()];
    IntStream.range(0, size.slices())
        .parallel()
        .forEach(
            slice -> {
              var buffer = new float[size.columns()];
              for (int line = slice * size.rows(); line < (slice + 1) * size.rows(); line++) {
                read(line, buffer);
                System.arraycopy(buffer, 0, values, line * buffer.length, buffer.length);
              }
            });
    return values;
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
    public void read(int line, int first, int count, float[] target) {
      System.arraycopy(values, line * size.columns() + first, target, 0, count);
    }
  }

  /** Values of a part of a volume. */
  record VolumeLines(Volume volume, VoxelBox box, GridSize size) implements ValueLines {
    @Override
    public void read(int line, int first, int count, float[] target) {
      int row = box.firstRow() + line % size.rows();
      int slice = box.firstSlice() + line / size.rows();
      int from = volume.geometry().size().index(box.firstColumn() + first, row, slice);
      volume.copyTo(from, target, 0, count);
    }
  }

  /** Segment numbers. */
  record LabelLines(LabelMap labels) implements ValueLines {
    @Override
    public GridSize size() {
      return labels.geometry().size();
    }

    @Override
    public void read(int line, int first, int count, float[] target) {
      int from = line * size().columns() + first;
      for (int i = 0; i < count; i++) {
        target[i] = labels.labelAt(from + i);
      }
    }
  }
}
