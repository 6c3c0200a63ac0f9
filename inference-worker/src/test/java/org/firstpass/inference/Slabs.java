package org.firstpass.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.firstpass.geometry.GridSize;
import org.firstpass.prepare.NetworkSlab;
import org.firstpass.prepare.SlabSink;

/** Puts slabs together and insists that they come one after the other. */
final class Slabs implements SlabSink {
  private final GridSize size;
  private final float[][] channels;
  private final float[] agreement;
  private int next;

  Slabs(GridSize size, int channels) {
    this.size = size;
    this.channels = new float[channels][size.voxels()];
    this.agreement = new float[size.voxels()];
  }

  @Override
  public void accept(NetworkSlab slab) {
    assertEquals(next, slab.firstSlice());
    assertEquals(channels.length, slab.channels());
    int to = next * size.voxelsPerSlice();
    int count = slab.slices() * size.voxelsPerSlice();
    for (int channel = 0; channel < channels.length; channel++) {
      System.arraycopy(slab.channel(channel), 0, channels[channel], to, count);
    }
    float[] agreed = slab.agreement();
    if (agreed != null) {
      System.arraycopy(agreed, 0, agreement, to, count);
    }
    next += slab.slices();
  }

  float[] channel(int channel) {
    assertEquals(size.slices(), next, "slices that have come");
    return channels[channel];
  }

  float[] agreement() {
    return agreement;
  }
}
