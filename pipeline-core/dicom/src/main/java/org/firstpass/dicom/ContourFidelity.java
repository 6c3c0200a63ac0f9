package org.firstpass.dicom;

import java.util.List;
import java.util.Locale;

/**
 * How well the contours of a structure set that was written stand for the voxels that it was
 * written from: each region was read back from its Decimal Strings, filled at voxel centres and
 * compared.
 *
 * @param regions in the order of the object; a segment without voxels has none
 */
public record ContourFidelity(List<OfRegion> regions) {
  public ContourFidelity {
    regions = List.copyOf(regions);
  }

  /**
   * The fidelity of one region.
   *
   * @param number its ROI Number, which is the segment's number in its schema
   * @param voxels that the segment has
   * @param voxelsDiffering that are in the contours and not of the segment, or the other way round
   * @param dice twice the common voxels over the sum of both
   * @param largestDistanceMm how far the written surface lies from that of the voxels, at most: of
   *     a point of a contour from the voxel corner that it stands for, or, if voxels differ and
   *     this is more, of a voxel's centre from the nearest of the other set
   */
  public record OfRegion(
      int number, long voxels, long voxelsDiffering, double dice, double largestDistanceMm) {
    /** As it stands in ROI Description. */
    String description() {
      return String.format(
          Locale.ROOT,
          "Contours run along voxel faces. Filled at voxel centres they differ in %d of %d voxels"
              + " (Dice %.6f); largest surface distance %.2g mm.",
          voxelsDiffering,
          voxels,
          dice,
          largestDistanceMm);
    }
  }

  /** Over all regions. */
  public long voxelsDiffering() {
    return regions.stream().mapToLong(OfRegion::voxelsDiffering).sum();
  }

  /** Over all regions. */
  public double largestDistanceMm() {
    return regions.stream().mapToDouble(OfRegion::largestDistanceMm).max().orElse(0);
  }
}
