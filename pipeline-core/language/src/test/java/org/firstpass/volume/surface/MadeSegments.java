package org.firstpass.volume.surface;

import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.VoxelBox;

/** Segments by formulas in whole numbers, so that another tool makes the very same. */
public final class MadeSegments {
  public static final int LABEL = 7;
  public static final Spacing SPACING = new Spacing(0.7, 0.9, 2.5);
  private static final GridSize SIZE = new GridSize(40, 36, 14);

  /** All of the grid. */
  public static final VoxelBox ALL = new VoxelBox(0, 0, 0, 39, 35, 13);

  private MadeSegments() {}

  /** Which voxels are in a segment. */
  @FunctionalInterface
  public interface Formula {
    boolean has(int column, int row, int slice);
  }

  /** An ellipsoid. */
  public static boolean ellipsoid(int column, int row, int slice) {
    return 9 * square(column - 18) + 16 * square(row - 16) + 100 * square(slice - 6) <= 1500;
  }

  /** A larger one that lies aside, without one of its corners, and an island at the border. */
  public static boolean corrected(int column, int row, int slice) {
    boolean body =
        9 * square(column - 20) + 16 * square(row - 15) + 100 * square(slice - 6) <= 1700
            && !(column > 26 && row > 18);
    boolean island = column >= 2 && column < 5 && row >= 30 && row < 32 && slice >= 11;
    return body || island;
  }

  /** The ellipsoid with a hollow. */
  public static boolean hollow(int column, int row, int slice) {
    boolean inHollow = Math.abs(column - 18) < 2 && Math.abs(row - 16) < 2 && slice == 6;
    return ellipsoid(column, row, slice) && !inHollow;
  }

  public static boolean nothing(int column, int row, int slice) {
    return false;
  }

  private static int square(int value) {
    return value * value;
  }

  public static LabelMap map(Formula formula) {
    return map(SPACING, formula);
  }

  /** The segment among voxels of another label. */
  public static LabelMap map(Spacing spacing, Formula formula) {
    var grid =
        new GridGeometry(
            new FrameOfReferenceUid("1.2.3"),
            SIZE,
            new Vector3(-10, 20, 30),
            Axes.ofPlane(new Vector3(0.8, 0.6, 0), new Vector3(-0.6, 0.8, 0)),
            spacing);
    var labels = new short[SIZE.voxels()];
    for (int index = 0; index < labels.length; index++) {
      int column = index % SIZE.columns();
      int row = index / SIZE.columns() % SIZE.rows();
      int slice = index / SIZE.voxelsPerSlice();
      labels[index] = (short) (formula.has(column, row, slice) ? LABEL : column % 3);
    }
    return new LabelMap(grid, labels);
  }
}
