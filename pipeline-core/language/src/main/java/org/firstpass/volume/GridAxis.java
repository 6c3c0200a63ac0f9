package org.firstpass.volume;

import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;

/** One of the three index axes of an array, whose order is slice, row, column. */
public enum GridAxis {
  SLICE {
    @Override
    public int length(GridSize size) {
      return size.slices();
    }

    @Override
    public double spacing(Spacing spacing) {
      return spacing.slice();
    }

    @Override
    GridSize resized(GridSize size, int length) {
      return new GridSize(size.columns(), size.rows(), length);
    }

    @Override
    int inner(GridSize size) {
      return size.voxelsPerSlice();
    }
  },
  ROW {
    @Override
    public int length(GridSize size) {
      return size.rows();
    }

    @Override
    public double spacing(Spacing spacing) {
      return spacing.row();
    }

    @Override
    GridSize resized(GridSize size, int length) {
      return new GridSize(size.columns(), length, size.slices());
    }

    @Override
    int inner(GridSize size) {
      return size.columns();
    }
  },
  COLUMN {
    @Override
    public int length(GridSize size) {
      return size.columns();
    }

    @Override
    public double spacing(Spacing spacing) {
      return spacing.column();
    }

    @Override
    GridSize resized(GridSize size, int length) {
      return new GridSize(length, size.rows(), size.slices());
    }

    @Override
    int inner(GridSize size) {
      return 1;
    }
  };

  /** How many voxels a grid has along this axis. */
  public abstract int length(GridSize size);

  /** The distance of neighbouring voxel centres along this axis, in mm. */
  public abstract double spacing(Spacing spacing);

  /** The grid with another length of this axis. */
  abstract GridSize resized(GridSize size, int length);

  /** How many values lie between two neighbours along this axis in memory. */
  abstract int inner(GridSize size);
}
