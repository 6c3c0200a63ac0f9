package org.firstpass.volume.contour;

import java.util.BitSet;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;
import org.firstpass.volume.Mask;

/**
 * How far two masks of one grid agree.
 *
 * @param voxelsDiffering how many voxels are marked in one of them only
 * @param dice twice the common voxels over the sum of both; 1 if both are empty
 * @param largestDistanceMm from the centre of a voxel of one mask to the nearest one of the other,
 *     the largest (the Hausdorff distance of both sets of centres); infinite if only one is empty
 */
public record MaskAgreement(long voxelsDiffering, double dice, double largestDistanceMm) {

  public static MaskAgreement of(Mask a, Mask b) {
    GridGeometry.requireSameGrid(a.geometry(), b.geometry());
    BitSet onlyInA = a.toBitSet();
    onlyInA.andNot(b.toBitSet());
    BitSet onlyInB = b.toBitSet();
    onlyInB.andNot(a.toBitSet());
    long differing = (long) onlyInA.cardinality() + onlyInB.cardinality();
    long sum = (long) a.voxels() + b.voxels();
    double largest = Math.max(largestDistance(onlyInA, b), largestDistance(onlyInB, a));
    return new MaskAgreement(
        differing, sum == 0 ? 1 : (double) (sum - differing) / sum, Math.sqrt(largest));
  }

  private static double largestDistance(BitSet from, Mask to) {
    double largest = 0;
    for (int i = from.nextSetBit(0); i >= 0; i = from.nextSetBit(i + 1)) {
      largest = Math.max(largest, squaredDistance(i, to));
    }
    return largest;
  }

  private static double squaredDistance(int index, Mask to) {
    GridSize size = to.geometry().size();
    Spacing spacing = to.geometry().spacing();
    int column = index % size.columns();
    int row = index / size.columns() % size.rows();
    int slice = index / size.voxelsPerSlice();
    double nearest = Double.POSITIVE_INFINITY;
    for (int s = 0; s < size.slices(); s++) {
      double ofSlice = square((s - slice) * spacing.slice());
      for (int r = 0; r < size.rows() && ofSlice < nearest; r++) {
        double ofLine = ofSlice + square((r - row) * spacing.row());
        int line = size.index(0, r, s);
        int found = ofLine < nearest ? to.nextMarked(line) : -1;
        while (found >= 0 && found < line + size.columns()) {
          double distance = ofLine + square((found - line - column) * spacing.column());
          nearest = Math.min(nearest, distance);
          found = to.nextMarked(found + 1);
        }
      }
    }
    return nearest;
  }

  private static double square(double value) {
    return value * value;
  }
}
