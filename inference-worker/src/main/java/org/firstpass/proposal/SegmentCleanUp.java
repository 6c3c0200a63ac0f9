package org.firstpass.proposal;

import org.firstpass.geometry.GridGeometry;
import org.firstpass.model.LabelSpec;
import org.firstpass.model.LabelSpec.CleanUp;
import org.firstpass.model.LabelSpec.LabelledChannel;
import org.firstpass.volume.Components;

/** What the manifest says is done to each segment after the network. */
public final class SegmentCleanUp {
  private static final double MM3_PER_ML = 1000;

  private SegmentCleanUp() {}

  /**
   * Cleans labels in place.
   *
   * @param labels on the source grid, order slice, row, column, unsigned 16-bit
   */
  public static void apply(LabelSpec spec, short[] labels, GridGeometry grid) {
    for (LabelledChannel labelled : spec.segments()) {
      CleanUp cleanUp = labelled.effectiveCleanUp();
      long minimum =
          (long) Math.ceil(cleanUp.minimumVolumeMl() * MM3_PER_ML / grid.voxelVolumeMm3());
      if (!cleanUp.largestComponent() && minimum <= 1) {
        continue;
      }
      Components components = Components.of(labels, grid.size(), labelled.segment().number());
      components.removeSmallerThan(labels, minimum);
      if (cleanUp.largestComponent()) {
        components.keepLargest(labels);
      }
    }
  }
}
