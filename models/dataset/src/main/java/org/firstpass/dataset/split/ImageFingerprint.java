package org.firstpass.dataset.split;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.Vector3;
import org.firstpass.volume.Volume;

/**
 * What lies where in patient space: the mean values of cubes whose corners are multiples of their
 * length, so that another grid over the same body has the same cubes. Immutable.
 *
 * <p>The same acquisition looks alike also if it was resampled, cropped, stored in another
 * orientation, rescaled, or reconstructed with another kernel. Another body does not, nor the same
 * one at another time. It does not help if somebody moved the origin.
 */
final class ImageFingerprint {
  /** Fine enough to tell bodies apart, coarse enough that sharpness makes no difference. */
  private static final double FINE_MM = 16;

  /** How many small cubes lie along a large one, by which all others are looked at first. */
  private static final int FINE_IN_COARSE = 4;

  /** Cubes that the image covers by less say nothing sure; thick slices do not fit evenly. */
  private static final double COVERED = 0.75;

  /** Of the image with fewer cubes; a crop of more than this is another image. */
  private static final double SHARED = 0.6;

  private static final int FEWEST_CUBES = 100;
  private static final int FEWEST_COARSE_CUBES = 12;

  /** Other bodies in the same place stayed below 0.97, the same image above 0.996: datasets.md. */
  private static final double ALIKE_FINE = 0.995;

  private static final double ALIKE_COARSE = 0.97;

  /** Closer than this, more voxels tell nothing more of a cube. */
  private static final double SAMPLE_MM = 2;

  private final double lengthMm;
  private final int[] corner;
  private final int[] size;
  private final float[] means;
  private final int known;

  /** NaN is a cube that is not covered. Order: z, y, x, the last fastest. */
  private ImageFingerprint(double lengthMm, int[] corner, int[] size, float[] means) {
    this.lengthMm = lengthMm;
    this.corner = corner;
    this.size = size;
    this.means = means;
    int count = 0;
    for (float mean : means) {
      count += Float.isNaN(mean) ? 0 : 1;
    }
    this.known = count;
  }

  /** Empty if the image has no place in patient space. */
  static Optional<ImageFingerprint> of(Volume volume) {
    return volume.geometry().space().isPatient()
        ? Optional.of(new Sampling(volume, FINE_MM).made())
        : Optional.empty();
  }

  /** The same in large cubes. */
  ImageFingerprint coarser() {
    var lowest = new int[3];
    var sizes = new int[3];
    for (int axis = 0; axis < 3; axis++) {
      lowest[axis] = Math.floorDiv(corner[axis], FINE_IN_COARSE);
      int highest = Math.floorDiv(corner[axis] + size[axis] - 1, FINE_IN_COARSE);
      sizes[axis] = highest - lowest[axis] + 1;
    }
    var means = new float[sizes[0] * sizes[1] * sizes[2]];
    for (int cube = 0; cube < means.length; cube++) {
      means[cube] =
          meanOfLarge(
              (cube % sizes[0] + lowest[0]) * FINE_IN_COARSE,
              (cube / sizes[0] % sizes[1] + lowest[1]) * FINE_IN_COARSE,
              (cube / sizes[0] / sizes[1] + lowest[2]) * FINE_IN_COARSE);
    }
    return new ImageFingerprint(lengthMm * FINE_IN_COARSE, lowest, sizes, means);
  }

  private float meanOfLarge(int x, int y, int z) {
    double sum = 0;
    int found = 0;
    for (int i = 0; i < FINE_IN_COARSE * FINE_IN_COARSE * FINE_IN_COARSE; i++) {
      double mean =
          at(
              x + i % FINE_IN_COARSE,
              y + i / FINE_IN_COARSE % FINE_IN_COARSE,
              z + i / FINE_IN_COARSE / FINE_IN_COARSE);
      if (!Double.isNaN(mean)) {
        sum += mean;
        found++;
      }
    }
    double whole = Math.pow(FINE_IN_COARSE, 3);
    return found >= COVERED * whole ? (float) (sum / found) : Float.NaN;
  }

  /** Cubes of a volume as they fill. */
  private static final class Sampling {
    private final Volume volume;
    private final GridGeometry grid;
    private final double length;
    private final int[] corner = new int[3];
    private final int[] size = new int[3];
    private final double[] sums;
    private final long[] counts;

    Sampling(Volume volume, double length) {
      this.volume = volume;
      this.grid = volume.geometry();
      this.length = length;
      var least = new double[] {Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE};
      var most = new double[] {-Double.MAX_VALUE, -Double.MAX_VALUE, -Double.MAX_VALUE};
      for (int at = 0; at < 8; at++) {
        Vector3 point =
            grid.toPatient(
                (at & 1) * (grid.size().columns() - 1.0),
                (at >> 1 & 1) * (grid.size().rows() - 1.0),
                (at >> 2) * (grid.size().slices() - 1.0));
        double[] xyz = {point.x(), point.y(), point.z()};
        for (int axis = 0; axis < 3; axis++) {
          least[axis] = Math.min(least[axis], xyz[axis]);
          most[axis] = Math.max(most[axis], xyz[axis]);
        }
      }
      for (int axis = 0; axis < 3; axis++) {
        corner[axis] = (int) Math.floor(least[axis] / length);
        size[axis] = (int) Math.floor(most[axis] / length) - corner[axis] + 1;
      }
      this.sums = new double[size[0] * size[1] * size[2]];
      this.counts = new long[sums.length];
    }

    ImageFingerprint made() {
      int columnStep = step(grid.spacing().column());
      int rowStep = step(grid.spacing().row());
      int sliceStep = step(grid.spacing().slice());
      var row = new float[grid.size().columns()];
      Vector3 along = grid.axes().column().times(grid.spacing().column());
      for (int slice = 0; slice < grid.size().slices(); slice += sliceStep) {
        for (int line = 0; line < grid.size().rows(); line += rowStep) {
          volume.copyTo((slice * grid.size().rows() + line) * row.length, row, 0, row.length);
          Vector3 first = grid.toPatient(0, line, slice);
          for (int column = 0; column < row.length; column += columnStep) {
            add(first, along, column, row[column]);
          }
        }
      }
      double whole =
          length * length * length / grid.voxelVolumeMm3() / columnStep / rowStep / sliceStep;
      var means = new float[sums.length];
      for (int i = 0; i < means.length; i++) {
        means[i] = counts[i] >= COVERED * whole ? (float) (sums[i] / counts[i]) : Float.NaN;
      }
      return new ImageFingerprint(length, corner, size, means);
    }

    private static int step(double spacing) {
      return Math.max(1, (int) (SAMPLE_MM / spacing));
    }

    private void add(Vector3 first, Vector3 along, int column, float value) {
      int x = (int) Math.floor((first.x() + column * along.x()) / length) - corner[0];
      int y = (int) Math.floor((first.y() + column * along.y()) / length) - corner[1];
      int z = (int) Math.floor((first.z() + column * along.z()) / length) - corner[2];
      // What lies on the far rim by rounding alone is left out.
      if (x >= 0 && y >= 0 && z >= 0 && x < size[0] && y < size[1] && z < size[2]) {
        int cube = (z * size[1] + y) * size[0] + x;
        sums[cube] += value;
        counts[cube]++;
      }
    }
  }

  /** Whether both are of one acquisition, as far as that can be told by cubes of this length. */
  boolean isAlike(ImageFingerprint other) {
    if (lengthMm != other.lengthMm) {
      return false;
    }
    if (lengthMm == FINE_MM) {
      return resemblance(other, FEWEST_CUBES) >= ALIKE_FINE;
    }
    // So few large cubes tell nothing: the small ones have to.
    return Math.min(known, other.known) < FEWEST_COARSE_CUBES
        || resemblance(other, 1) >= ALIKE_COARSE;
  }

  /**
   * Correlation of the cubes that both have, -1 to 1; -1 if they share too few, or one of them is
   * the same everywhere there.
   */
  private double resemblance(ImageFingerprint other, int fewest) {
    int shared = 0;
    double sumA = 0;
    double sumB = 0;
    double squaresA = 0;
    double squaresB = 0;
    double products = 0;
    for (int z = 0; z < size[2]; z++) {
      for (int y = 0; y < size[1]; y++) {
        for (int x = 0; x < size[0]; x++) {
          double a = means[(z * size[1] + y) * size[0] + x];
          double b = other.at(x + corner[0], y + corner[1], z + corner[2]);
          if (!Double.isNaN(a) && !Double.isNaN(b)) {
            shared++;
            sumA += a;
            sumB += b;
            squaresA += a * a;
            squaresB += b * b;
            products += a * b;
          }
        }
      }
    }
    if (shared < Math.max(fewest, SHARED * Math.min(known, other.known))) {
      return -1;
    }
    double spread =
        Math.sqrt((squaresA - sumA * sumA / shared) * (squaresB - sumB * sumB / shared));
    return spread > 0 ? (products - sumA * sumB / shared) / spread : -1;
  }

  private double at(int x, int y, int z) {
    int column = x - corner[0];
    int row = y - corner[1];
    int slice = z - corner[2];
    boolean inside =
        column >= 0
            && row >= 0
            && slice >= 0
            && column < size[0]
            && row < size[1]
            && slice < size[2];
    return inside ? means[(slice * size[1] + row) * size[0] + column] : Float.NaN;
  }

  byte[] bytes() {
    ByteBuffer bytes = ByteBuffer.allocate(7 * Integer.BYTES + means.length * Float.BYTES);
    bytes.putInt((int) lengthMm);
    for (int axis = 0; axis < 3; axis++) {
      bytes.putInt(corner[axis]).putInt(size[axis]);
    }
    bytes.asFloatBuffer().put(means);
    return bytes.array();
  }

  static ImageFingerprint read(byte[] stored) {
    ByteBuffer bytes = ByteBuffer.wrap(stored);
    double lengthMm = bytes.getInt();
    var corner = new int[3];
    var size = new int[3];
    for (int axis = 0; axis < 3; axis++) {
      corner[axis] = bytes.getInt();
      size[axis] = bytes.getInt();
    }
    var means = new float[size[0] * size[1] * size[2]];
    bytes.asFloatBuffer().get(means);
    return new ImageFingerprint(lengthMm, corner, size, means);
  }

  @Override
  public String toString() {
    return known + " cubes of " + lengthMm + " mm from " + Arrays.toString(corner);
  }
}
