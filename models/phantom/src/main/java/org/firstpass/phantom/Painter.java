package org.firstpass.phantom;

import java.util.Arrays;
import java.util.List;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.geometry.VoxelPosition;

/**
 * Paints structures onto one slice of a grid. A voxel that a surface cuts is sampled at eight
 * points, so that it has a share of both tissues; its label is that of its centre. Order: row,
 * column.
 */
final class Painter {
  private final GridGeometry grid;
  private final Vector3 offset;
  private final double halfDiagonal;
  private final double[][] corners;

  /** Values of the slice in HU, without texture and noise. */
  final float[] values;

  /** How strong the texture is at each voxel, in HU. */
  final float[] textures;

  final short[] labels;

  Painter(GridGeometry grid, Vector3 offset) {
    this.grid = grid;
    this.offset = offset;
    Spacing spacing = grid.spacing();
    this.halfDiagonal = new Vector3(spacing.column(), spacing.row(), spacing.slice()).length() / 2;
    this.corners = subSamples(grid);
    int voxels = grid.size().voxelsPerSlice();
    this.values = new float[voxels];
    this.textures = new float[voxels];
    this.labels = new short[voxels];
  }

  private static double[][] subSamples(GridGeometry grid) {
    var samples = new double[8][];
    Vector3 centre = grid.toPatient(0, 0, 0);
    for (int i = 0; i < 8; i++) {
      double column = (i & 1) * 0.5 - 0.25;
      double row = (i >> 1 & 1) * 0.5 - 0.25;
      double slice = (i >> 2 & 1) * 0.5 - 0.25;
      Vector3 sample = grid.toPatient(column, row, slice).minus(centre);
      samples[i] = new double[] {sample.x(), sample.y(), sample.z()};
    }
    return samples;
  }

  void paint(int slice, List<Structure> structures) {
    Arrays.fill(values, (float) Tissue.AIR.hounsfield());
    Arrays.fill(textures, 0);
    Arrays.fill(labels, (short) 0);
    for (Structure structure : structures) {
      paint(slice, structure);
    }
  }

  private void paint(int slice, Structure structure) {
    GridSize size = grid.size();
    IndexBox box = IndexBox.of(structure.shape().bounds(), grid, offset);
    if (!box.meets(slice)) {
      return;
    }
    int lastRow = Math.min(box.row1, size.rows() - 1);
    int lastColumn = Math.min(box.column1, size.columns() - 1);
    int firstColumn = Math.max(box.column0, 0);
    for (int row = Math.max(box.row0, 0); row <= lastRow; row++) {
      paintRow(structure, slice, row, firstColumn, lastColumn);
    }
  }

  private void paintRow(Structure structure, int slice, int row, int first, int last) {
    Vector3 start = grid.toPatient(0, row, slice).minus(offset);
    double spacing = grid.spacing().column();
    Vector3 step = grid.axes().column().times(spacing);
    Shape shape = structure.shape();
    int column = first;
    while (column <= last) {
      double x = start.x() + column * step.x();
      double y = start.y() + column * step.y();
      double z = start.z() + column * step.z();
      double distance = shape.distance(x, y, z);
      if (distance > halfDiagonal) {
        // The distance is about right, so half of it is safe to skip.
        column += Math.max(1, (int) ((distance - halfDiagonal) * 0.5 / spacing));
        continue;
      }
      int at = row * grid.size().columns() + column;
      float share = distance < -halfDiagonal ? 1 : share(shape, x, y, z);
      blend(at, share, structure.tissue());
      if (distance <= 0) {
        labels[at] = (short) structure.label();
      }
      column++;
    }
  }

  private float share(Shape shape, double x, double y, double z) {
    int inside = 0;
    for (double[] corner : corners) {
      if (shape.distance(x + corner[0], y + corner[1], z + corner[2]) <= 0) {
        inside++;
      }
    }
    return inside / 8f;
  }

  private void blend(int at, float share, Tissue tissue) {
    values[at] += share * ((float) tissue.hounsfield() - values[at]);
    textures[at] += share * ((float) tissue.texture() - textures[at]);
  }

  /** The indices of a grid that a box may touch. */
  private static final class IndexBox {
    private int column0 = Integer.MAX_VALUE;
    private int column1 = Integer.MIN_VALUE;
    private int row0 = Integer.MAX_VALUE;
    private int row1 = Integer.MIN_VALUE;
    private int slice0 = Integer.MAX_VALUE;
    private int slice1 = Integer.MIN_VALUE;

    static IndexBox of(Box box, GridGeometry grid, Vector3 offset) {
      var indices = new IndexBox();
      for (int corner = 0; corner < 8; corner++) {
        var point =
            new Vector3(
                (corner & 1) == 0 ? box.x0() : box.x1(),
                (corner & 2) == 0 ? box.y0() : box.y1(),
                (corner & 4) == 0 ? box.z0() : box.z1());
        indices.add(grid.toIndex(point.plus(offset)));
      }
      return indices;
    }

    private void add(VoxelPosition index) {
      column0 = Math.min(column0, (int) Math.floor(index.column()) - 1);
      column1 = Math.max(column1, (int) Math.ceil(index.column()) + 1);
      row0 = Math.min(row0, (int) Math.floor(index.row()) - 1);
      row1 = Math.max(row1, (int) Math.ceil(index.row()) + 1);
      slice0 = Math.min(slice0, (int) Math.floor(index.slice()) - 1);
      slice1 = Math.max(slice1, (int) Math.ceil(index.slice()) + 1);
    }

    boolean meets(int slice) {
      return slice0 <= slice && slice <= slice1;
    }
  }
}
