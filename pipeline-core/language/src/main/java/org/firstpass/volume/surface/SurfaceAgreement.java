package org.firstpass.volume.surface;

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
  /**
   * Compares a label of two maps.
   *
   * @param box that has all of the label in both
   */
  public static SurfaceAgreement of(
      LabelMap a, LabelMap b, int label, VoxelBox box, double toleranceMm) {
    SurfaceDistances distances = SurfaceDistances.of(a, b, label, box);
    return new SurfaceAgreement(distances.surfaceDice(toleranceMm), distances.meanMm());
  }
}
