package org.firstpass.evaluation;

import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.LabelOverlap;

/** Label maps by formulas, on an oblique grid off the origin whose three spacings differ. */
final class Drawn {
  static final int LABEL = 3;
  static final GridSize SIZE = new GridSize(50, 44, 24);
  static final Spacing SPACING = new Spacing(0.7, 0.9, 2.5);
  static final double VOXEL_ML = 0.7 * 0.9 * 2.5 / 1000;

  private Drawn() {}

  /** Whether a voxel is of the label, by its index. */
  interface Formula {
    boolean has(int column, int row, int slice);

    default Formula or(Formula other) {
      return (column, row, slice) -> has(column, row, slice) || other.has(column, row, slice);
    }
  }

  static LabelMap map(Formula formula) {
    return map(SPACING, formula);
  }

  static LabelMap map(Spacing spacing, Formula formula) {
    var grid =
        new GridGeometry(
            new FrameOfReferenceUid("1.2.3"),
            SIZE,
            new Vector3(-10, 20, 30),
            Axes.ofPlane(new Vector3(0.8, 0.6, 0), new Vector3(-0.6, 0.8, 0)),
            spacing);
    var labels = new short[SIZE.voxels()];
    for (int i = 0; i < labels.length; i++) {
      int column = i % SIZE.columns();
      int row = i / SIZE.columns() % SIZE.rows();
      int slice = i / SIZE.voxelsPerSlice();
      labels[i] = (short) (formula.has(column, row, slice) ? LABEL : column % 2);
    }
    return new LabelMap(grid, labels);
  }

  /** So many voxels along each index from a first one on. */
  static Formula box(int column, int row, int slice, int columns, int rows, int slices) {
    return (c, r, s) ->
        c >= column
            && c < column + columns
            && r >= row
            && r < row + rows
            && s >= slice
            && s < slice + slices;
  }

  /** Everything up to a radius in mm from the middle of the grid. */
  static Formula ball(double radiusMm) {
    return (c, r, s) -> {
      double x = SPACING.column() * (c - 25);
      double y = SPACING.row() * (r - 22);
      double z = SPACING.slice() * (s - 12);
      return x * x + y * y + z * z <= radiusMm * radiusMm;
    };
  }

  static Formula nothing() {
    return (column, row, slice) -> false;
  }

  static SegmentMeasures measured(Formula reference, Formula proposed, EvaluationSettings how) {
    LabelMap wanted = map(reference);
    LabelMap found = map(proposed);
    return SegmentMeasures.of(
        wanted, found, LABEL, LabelOverlap.ofEach(wanted, found).get(LABEL), null, how);
  }

  static SegmentMeasures measured(Formula reference, Formula proposed) {
    return measured(reference, proposed, EvaluationSettings.USUAL);
  }
}
