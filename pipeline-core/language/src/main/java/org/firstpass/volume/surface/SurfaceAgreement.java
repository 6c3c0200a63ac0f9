package org.firstpass.volume.surface;

import java.util.Arrays;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.VoxelBox;

/**
 * How far the surface of a segment is the same in two label maps.
 *
 * <p>A surface is the set of voxels with a face towards another label; a distance is from the
 * centre of such a voxel to the nearest of the other surface, in mm of the patient.
 *
 * @param surfaceDice the share of both surfaces that lies within the tolerance of the other one, 0
 *     to 1; 1 if both are empty
 * @param meanDistanceMm over the voxels of both surfaces; infinite if only one is empty
 * @see "Nikolov et al. 2021, J Med Internet Res 23(7):e26151 (surface Dice at a tolerance)"
 * @see "Heimann et al. 2009, IEEE Trans Med Imaging 28:1251 (average symmetric surface distance)"
 */
public record SurfaceAgreement(double surfaceDice, double meanDistanceMm) {
  /** Distances that differ in their last bits are equal. */
  private static final double ROUNDING = 1e-9;

  /**
   * Compares a label of two maps.
   *
   * @param box that has all of the label in both
   */
  public static SurfaceAgreement of(
      LabelMap a, LabelMap b, int label, VoxelBox box, double toleranceMm) {
    GridGeometry grid = a.geometry();
    GridGeometry.requireSameGrid(grid, b.geometry());
    int[] ofA = SurfaceVoxels.of(a, label, box);
    int[] ofB = SurfaceVoxels.of(b, label, box);
    if (ofA.length == 0 || ofB.length == 0) {
      boolean same = ofA.length == ofB.length;
      return new SurfaceAgreement(same ? 1 : 0, same ? 0 : Double.POSITIVE_INFINITY);
    }
    int[] common = Arrays.stream(ofA).filter(voxel -> has(ofB, voxel)).toArray();
    int[] onlyA = without(ofA, common);
    int[] onlyB = without(ofB, common);
    var shared = new NearestPoint(grid, common);
    Tally tally = new Tally(toleranceMm);
    tally.add(onlyA, shared, new NearestPoint(grid, onlyB));
    tally.add(onlyB, shared, new NearestPoint(grid, onlyA));
    double all = (double) ofA.length + ofB.length;
    return new SurfaceAgreement((all - tally.beyond) / all, tally.sum / all);
  }

  private static boolean has(int[] ascending, int voxel) {
    return Arrays.binarySearch(ascending, voxel) >= 0;
  }

  private static int[] without(int[] voxels, int[] ascending) {
    return Arrays.stream(voxels).filter(voxel -> !has(ascending, voxel)).toArray();
  }

  /** What is known after some voxels; those of both surfaces lie at a distance of 0. */
  private static final class Tally {
    private final double toleranceMm;
    private double sum;
    private long beyond;

    Tally(double toleranceMm) {
      this.toleranceMm = toleranceMm;
    }

    void add(int[] voxels, NearestPoint shared, NearestPoint others) {
      for (int voxel : voxels) {
        double nearest = others.squaredDistance(voxel, Double.POSITIVE_INFINITY);
        double distance = Math.sqrt(shared.squaredDistance(voxel, nearest));
        sum += distance;
        if (distance > toleranceMm * (1 + ROUNDING)) {
          beyond++;
        }
      }
    }
  }
}
