package org.firstpass.evaluation.simulation;

import org.firstpass.calibration.HeldOutCase.Scan;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.Volume;

/**
 * A case as a lattice of voxels, evenly over its grid: what is measured at each, and its reference
 * label. Order of the lattice: slice, row, column. Immutable.
 */
final class VoxelSample {
  /** Value, mean nearby, mean further off, and place along column, row and slice from 0 to 1. */
  static final int FEATURES = 6;

  private static final int NEAR = 1;
  private static final int FAR = 4;

  private final String name;
  private final String origin;
  private final double[][] features;
  private final int[] labels;

  private VoxelSample(String name, String origin, double[][] features, int[] labels) {
    this.name = name;
    this.origin = origin;
    this.features = features;
    this.labels = labels;
  }

  /**
   * Samples a case.
   *
   * @param origin scanner, by which cases are told apart; empty if it is not known
   * @param most about how many voxels are taken
   */
  static VoxelSample of(String name, String origin, Scan scan, int most) {
    Volume volume = scan.channels().get(0);
    LabelMap reference = scan.reference();
    GridGeometry grid = scan.grid();
    int columns = grid.size().columns();
    int rows = grid.size().rows();
    int slices = grid.size().slices();
    double step = Math.cbrt((double) grid.size().voxels() / most);
    int[] column = places(columns, step);
    int[] row = places(rows, step);
    int[] slice = places(slices, step);
    var features = new double[column.length * row.length * slice.length][];
    var labels = new int[features.length];
    int at = 0;
    for (int z : slice) {
      for (int y : row) {
        for (int x : column) {
          features[at] =
              new double[] {
                volume.valueAt(x, y, z),
                mean(volume, x, y, z, NEAR),
                mean(volume, x, y, z, FAR),
                (x + 0.5) / columns,
                (y + 0.5) / rows,
                (z + 0.5) / slices
              };
          labels[at] = reference.labelAt(x, y, z);
          at++;
        }
      }
    }
    return new VoxelSample(name, origin, features, labels);
  }

  /** The middles of as many equal parts as steps go into a length. */
  private static int[] places(int length, double step) {
    int count = (int) Math.max(1, Math.min(length, Math.round(length / step)));
    var places = new int[count];
    for (int i = 0; i < count; i++) {
      places[i] = (int) ((i + 0.5) * length / count);
    }
    return places;
  }

  // The six neighbours at this distance, or what lies at the border.
  private static double mean(Volume volume, int x, int y, int z, int by) {
    var size = volume.geometry().size();
    return (volume.valueAt(Math.max(0, x - by), y, z)
            + volume.valueAt(Math.min(size.columns() - 1, x + by), y, z)
            + volume.valueAt(x, Math.max(0, y - by), z)
            + volume.valueAt(x, Math.min(size.rows() - 1, y + by), z)
            + volume.valueAt(x, y, Math.max(0, z - by))
            + volume.valueAt(x, y, Math.min(size.slices() - 1, z + by)))
        / 6;
  }

  String name() {
    return name;
  }

  String origin() {
    return origin;
  }

  int count() {
    return labels.length;
  }

  /** Not to be changed. */
  double[] features(int voxel) {
    return features[voxel];
  }

  int label(int voxel) {
    return labels[voxel];
  }

  /** Image statistics: mean and standard deviation of each feature that is of the image. */
  double[] statistics() {
    var statistics = new double[2 * 3];
    for (int feature = 0; feature < 3; feature++) {
      double sum = 0;
      double squares = 0;
      for (double[] voxel : features) {
        sum += voxel[feature];
        squares += voxel[feature] * voxel[feature];
      }
      double mean = sum / features.length;
      statistics[2 * feature] = mean;
      statistics[2 * feature + 1] = Math.sqrt(Math.max(0, squares / features.length - mean * mean));
    }
    return statistics;
  }
}
