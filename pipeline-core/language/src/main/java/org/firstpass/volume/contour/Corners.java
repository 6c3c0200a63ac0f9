package org.firstpass.volume.contour;

import java.util.Arrays;

/** The corners of a polygon that is being traced, without those at which it goes straight on. */
final class Corners {
  private static final int FIRST_CAPACITY = 64;

  private int[] columns = new int[FIRST_CAPACITY];
  private int[] rows = new int[FIRST_CAPACITY];
  private int count;
  private int kept;

  /** Adds a corner; the one before it goes if the boundary goes straight on there. */
  void add(int column, int row) {
    if (count > 0 && columns[count - 1] == column && rows[count - 1] == row) {
      return;
    }
    // A kept corner stays, and the first one is a turn.
    if (count - 1 > kept && isStraight(column, row)) {
      count--;
    }
    if (count == columns.length) {
      columns = Arrays.copyOf(columns, 2 * count);
      rows = Arrays.copyOf(rows, 2 * count);
    }
    columns[count] = column;
    rows[count] = row;
    count++;
  }

  /** Adds a corner that stays, even if the boundary goes straight on there. */
  void keep(int column, int row) {
    add(column, row);
    kept = count - 1;
  }

  SlicePolygon close() {
    if (count - 1 > kept && isStraight(columns[0], rows[0])) {
      count--;
    }
    double[] polygonColumns = new double[count];
    double[] polygonRows = new double[count];
    for (int i = 0; i < count; i++) {
      polygonColumns[i] = columns[i] - 0.5;
      polygonRows[i] = rows[i] - 0.5;
    }
    return new SlicePolygon(polygonColumns, polygonRows);
  }

  private boolean isStraight(int column, int row) {
    return columns[count - 2] == columns[count - 1] && columns[count - 1] == column
        || rows[count - 2] == rows[count - 1] && rows[count - 1] == row;
  }
}
