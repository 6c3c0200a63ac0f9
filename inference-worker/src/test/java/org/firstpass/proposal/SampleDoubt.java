package org.firstpass.proposal;

import java.util.Arrays;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.model.ModelManifest;
import org.firstpass.prepare.NetworkSlab;

/** Doubts of what a network said, handed over in slabs. */
final class SampleDoubt {
  private SampleDoubt() {}

  /**
   * @param slices how many slices each slab has
   * @param agreement share of passes that agree, or an empty array for one pass
   */
  static Doubt of(
      ModelManifest manifest,
      GridGeometry grid,
      float[][] channels,
      float[] agreement,
      int slices) {
    var doubt = new Doubt(manifest, grid);
    GridSize size = grid.size();
    for (int first = 0; first < size.slices(); first += slices) {
      int count = Math.min(slices, size.slices() - first);
      int from = first * size.voxelsPerSlice();
      int to = (first + count) * size.voxelsPerSlice();
      var part = new float[channels.length][];
      for (int channel = 0; channel < channels.length; channel++) {
        part[channel] = Arrays.copyOfRange(channels[channel], from, to);
      }
      float[] share = agreement.length == 0 ? null : Arrays.copyOfRange(agreement, from, to);
      doubt.accept(new NetworkSlab(first, count, part, share));
    }
    return doubt;
  }

  /** All in one slab, of one pass. */
  static Doubt of(ModelManifest manifest, GridGeometry grid, float[][] channels) {
    return of(manifest, grid, channels, new float[0], grid.size().slices());
  }
}
