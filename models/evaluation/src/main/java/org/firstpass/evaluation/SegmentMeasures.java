package org.firstpass.evaluation;

import org.firstpass.geometry.GridGeometry;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.LabelOverlap;
import org.firstpass.volume.contour.AddedPath;
import org.firstpass.volume.surface.SurfaceDistances;
import org.jspecify.annotations.Nullable;

/**
 * How good one proposed segment of one case is, on the grid of the series. Distances are mm of the
 * patient (pixels on an image without a calibration), whatever the spacing along each index.
 *
 * <p>A segment in neither map has Dice and surface Dice 1, one in only one of them 0.
 *
 * @param voxelMl volume of a voxel in ml; null if the image has no place in patient space
 * @param dice 2 |A and B| / (|A| + |B|)
 * @param surfaceDice share of the surface voxels of both within the tolerance of the other surface;
 *     every surface voxel counts the same
 * @param hd95Mm the larger of the two directed 95th percentiles of surface distances; null if the
 *     segment is not in both
 * @param meanDistanceMm average symmetric surface distance; null if the segment is not in both
 * @param addedPathMm contour of the reference that is not in the proposal, over all slices: what a
 *     reader would have had to draw
 * @param lesions null if the segment is not one of lesions
 * @param quality the probability of an acceptable Dice that the proposal stated; null if none
 * @see SurfaceDistances
 * @see LabelOverlap
 * @see AddedPath
 */
public record SegmentMeasures(
    int segmentNumber,
    long referenceVoxels,
    long proposedVoxels,
    @Nullable Double voxelMl,
    double dice,
    double surfaceDice,
    @Nullable Double hd95Mm,
    @Nullable Double meanDistanceMm,
    double addedPathMm,
    @Nullable LesionDetection lesions,
    @Nullable Double quality) {
  private static final double PERCENT = 95;
  private static final double MM3_PER_ML = 1000;

  /** In which of the two maps a segment is. */
  public enum Presence {
    BOTH,
    /** In the reference only. */
    MISSED,
    /** In the proposal only. */
    ADDED,
    NEITHER
  }

  /**
   * Measures a segment.
   *
   * @param overlap of the segment; null if it is in neither map
   * @param quality that the proposal stated, null if none
   * @throws IllegalArgumentException if the grids are not the same
   */
  public static SegmentMeasures of(
      LabelMap reference,
      LabelMap proposed,
      int segment,
      @Nullable LabelOverlap overlap,
      @Nullable Double quality,
      EvaluationSettings settings) {
    GridGeometry grid = reference.geometry();
    GridGeometry.requireSameGrid(grid, proposed.geometry());
    Double voxelMl = grid.space().isPatient() ? grid.voxelVolumeMm3() / MM3_PER_ML : null;
    LesionDetection lesions =
        settings.lesionSegments().contains(segment)
            ? LesionDetection.of(
                reference, proposed, segment, settings.lesionIntersectionOverUnion())
            : null;
    if (overlap == null) {
      return new SegmentMeasures(segment, 0, 0, voxelMl, 1, 1, null, null, 0, lesions, quality);
    }
    var distances = SurfaceDistances.of(reference, proposed, segment, overlap.box());
    return new SegmentMeasures(
        segment,
        overlap.first(),
        overlap.second(),
        voxelMl,
        overlap.dice(),
        distances.surfaceDice(settings.toleranceMm()),
        finite(distances.hausdorffMm(PERCENT)),
        finite(distances.meanMm()),
        AddedPath.mm(proposed, reference, segment, overlap.box()),
        lesions,
        quality);
  }

  private static @Nullable Double finite(double distance) {
    return Double.isInfinite(distance) ? null : distance;
  }

  /** In which of the two maps the segment is. */
  public Presence presence() {
    if (referenceVoxels > 0) {
      return proposedVoxels > 0 ? Presence.BOTH : Presence.MISSED;
    }
    return proposedVoxels > 0 ? Presence.ADDED : Presence.NEITHER;
  }
}
