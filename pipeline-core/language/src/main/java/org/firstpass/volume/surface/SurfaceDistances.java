package org.firstpass.volume.surface;

import java.util.Arrays;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.VoxelBox;

/**
 * How far each part of the surface of a segment in one label map is from its surface in another, in
 * mm of the patient.
 *
 * <p>A surface is the set of voxels with a face towards another label or the outside of the grid; a
 * distance is from the centre of such a voxel to the nearest centre of the other surface. Every
 * voxel counts as much as another one, whatever area of surface it has. Immutable.
 */
public final class SurfaceDistances {
  /** Distances that differ in their last bits are equal. */
  private static final double ROUNDING = 1e-9;

  /** The distances of voxels that are on one surface only; those of both lie at 0. */
  private final double[] apartFirst;

  private final double[] apartSecond;
  private final int common;

  private SurfaceDistances(double[] apartFirst, double[] apartSecond, int common) {
    this.apartFirst = apartFirst;
    this.apartSecond = apartSecond;
    this.common = common;
  }

  /**
   * Measures a label of two maps of one grid.
   *
   * @param box that has all of the label in both
   */
  public static SurfaceDistances of(LabelMap first, LabelMap second, int label, VoxelBox box) {
    GridGeometry grid = first.geometry();
    GridGeometry.requireSameGrid(grid, second.geometry());
    int[] ofFirst = SurfaceVoxels.of(first, label, box);
    int[] ofSecond = SurfaceVoxels.of(second, label, box);
    int[] common = Arrays.stream(ofFirst).filter(voxel -> has(ofSecond, voxel)).toArray();
    int[] onlyFirst = without(ofFirst, common);
    int[] onlySecond = without(ofSecond, common);
    var shared = new NearestPoint(grid, common);
    return new SurfaceDistances(
        distances(onlyFirst, shared, new NearestPoint(grid, onlySecond)),
        distances(onlySecond, shared, new NearestPoint(grid, onlyFirst)),
        common.length);
  }

  private static double[] distances(int[] voxels, NearestPoint shared, NearestPoint others) {
    return Arrays.stream(voxels)
        .mapToDouble(
            voxel -> {
              double nearest = others.squaredDistance(voxel, Double.POSITIVE_INFINITY);
              return Math.sqrt(shared.squaredDistance(voxel, nearest));
            })
        .toArray();
  }

  private static boolean has(int[] ascending, int voxel) {
    return Arrays.binarySearch(ascending, voxel) >= 0;
  }

  private static int[] without(int[] voxels, int[] ascending) {
    return Arrays.stream(voxels).filter(voxel -> !has(ascending, voxel)).toArray();
  }

  /**
   * The share of both surfaces that lies within a tolerance of the other one, 0 to 1; 1 if both are
   * empty.
   *
   * @see "Nikolov et al. 2021, J Med Internet Res 23(7):e26151 (surface Dice at a tolerance; there
   *     weighted by area)"
   */
  public double surfaceDice(double toleranceMm) {
    double all = all();
    return all == 0
        ? 1
        : (all - beyond(apartFirst, toleranceMm) - beyond(apartSecond, toleranceMm)) / all;
  }

  /**
   * The mean over the voxels of both surfaces; infinite if only one is empty, 0 if both are.
   *
   * @see "Heimann et al. 2009, IEEE Trans Med Imaging 28:1251 (average symmetric surface distance)"
   */
  public double meanMm() {
    double sum = 0;
    for (double distance : apartFirst) {
      sum += distance;
    }
    for (double distance : apartSecond) {
      sum += distance;
    }
    return sum == 0 ? 0 : sum / all();
  }

  /**
   * The Hausdorff distance at a percentile: of each direction the percentile of its distances, then
   * the larger of the two. Infinite if only one surface is empty, 0 if both are.
   *
   * <p>Between two distances it is interpolated linearly. Tools that pool both directions before
   * they take the percentile, or weight by area, get other figures.
   *
   * @param percent 0 to 100; 95 for HD95, 100 for the Hausdorff distance itself
   * @see "Huttenlocher, Klanderman, Rucklidge 1993, IEEE Trans Pattern Anal Mach Intell 15:850;
   *     Maier-Hein et al. 2024, Nature Methods 21:195 (HD95: the larger directed percentile);
   *     arXiv:2410.02630 on how far tools differ"
   */
  public double hausdorffMm(double percent) {
    return Math.max(percentile(apartFirst, percent), percentile(apartSecond, percent));
  }

  private double percentile(double[] apart, double percent) {
    int count = apart.length + common;
    if (count == 0) {
      return all() == 0 ? 0 : Double.POSITIVE_INFINITY;
    }
    double[] ascending = apart.clone();
    Arrays.sort(ascending);
    double place = percent / 100 * (count - 1);
    int below = (int) place;
    double low = ranked(ascending, below);
    double high = ranked(ascending, Math.min(count - 1, below + 1));
    return low == high ? low : low + (place - below) * (high - low);
  }

  /** Those of both surfaces come first, with 0. */
  private double ranked(double[] ascending, int rank) {
    return rank < common ? 0 : ascending[rank - common];
  }

  private static long beyond(double[] distances, double toleranceMm) {
    return Arrays.stream(distances).filter(each -> each > toleranceMm * (1 + ROUNDING)).count();
  }

  private double all() {
    return (double) apartFirst.length + apartSecond.length + 2.0 * common;
  }
}
