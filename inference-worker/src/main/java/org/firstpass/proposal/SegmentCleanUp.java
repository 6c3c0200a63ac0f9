package org.firstpass.proposal;

import java.util.Map;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.model.AnatomicalRule;
import org.firstpass.model.LabelSpec;
import org.firstpass.model.LabelSpec.CleanUp;
import org.firstpass.model.LabelSpec.LabelledChannel;
import org.firstpass.volume.Cavities;
import org.firstpass.volume.Components;

/**
 * What the manifest says is done to the segments after the network, on the source grid.
 *
 * <p>First components that are too small go, then all but the largest where only that stays. Then
 * cavities are filled, in the order of {@code labels.segments}: after all crumbs are gone, so that
 * none keeps a hole open. Then {@code labels.rules} apply in their order.
 */
public final class SegmentCleanUp {
  private static final double MM3_PER_ML = 1000;

  private SegmentCleanUp() {}

  /**
   * Cleans labels in place.
   *
   * @param labels on the source grid, order slice, row, column, unsigned 16-bit
   */
  public static void apply(LabelSpec spec, short[] labels, GridGeometry grid) {
    dropPieces(spec, labels, grid);
    for (LabelledChannel labelled : spec.segments()) {
      if (labelled.effectiveCleanUp().fillsHoles()) {
        Cavities.fill(labels, grid.size(), labelled.segment().number());
      }
    }
    for (AnatomicalRule rule : spec.rules()) {
      Anatomy.apply(rule, labels, grid);
    }
  }

  /** What is dropped of one segment leaves the components of the others as they are. */
  private static void dropPieces(LabelSpec spec, short[] labels, GridGeometry grid) {
    if (spec.segments().stream().noneMatch(each -> drops(each.effectiveCleanUp(), grid))) {
      return;
    }
    Map<Integer, Components> found = Components.ofEach(labels, grid.size());
    for (LabelledChannel labelled : spec.segments()) {
      CleanUp cleanUp = labelled.effectiveCleanUp();
      Components components = found.get(labelled.segment().number());
      if (components != null && drops(cleanUp, grid)) {
        components.removeSmallerThan(labels, minimumVoxels(cleanUp, grid));
        if (cleanUp.largestComponent()) {
          components.keepLargest(labels);
        }
      }
    }
  }

  private static boolean drops(CleanUp cleanUp, GridGeometry grid) {
    return cleanUp.largestComponent() || minimumVoxels(cleanUp, grid) > 1;
  }

  private static long minimumVoxels(CleanUp cleanUp, GridGeometry grid) {
    return (long) Math.ceil(cleanUp.minimumVolumeMl() * MM3_PER_ML / grid.voxelVolumeMm3());
  }
}
