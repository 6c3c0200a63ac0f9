package org.firstpass.inference;

import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.model.ModelManifest;
import org.firstpass.prepare.NetworkOutput;
import org.firstpass.prepare.NetworkSlab;
import org.firstpass.prepare.SlabSink;

/** Keeps all that a network says: for small grids, tests and comparisons. One thread at a time. */
final class CollectedOutput implements SlabSink {
  private final ModelManifest manifest;
  private final GridGeometry grid;
  private final float[][] channels;

  CollectedOutput(ModelManifest manifest, GridGeometry grid) {
    this.manifest = manifest;
    this.grid = grid;
    this.channels = new float[manifest.output().channels()][grid.size().voxels()];
  }

  @Override
  public void accept(NetworkSlab slab) {
    GridSize size = grid.size();
    int to = slab.firstSlice() * size.voxelsPerSlice();
    int count = slab.slices() * size.voxelsPerSlice();
    for (int channel = 0; channel < channels.length; channel++) {
      System.arraycopy(slab.channel(channel), 0, channels[channel], to, count);
    }
  }

  NetworkOutput output() {
    return new NetworkOutput(grid, manifest.output().activation(), channels);
  }
}
