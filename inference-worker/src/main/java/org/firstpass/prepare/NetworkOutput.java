package org.firstpass.prepare;

import org.firstpass.geometry.GridGeometry;
import org.firstpass.model.OutputSpec.Activation;

/**
 * What the network said on its grid: one value per channel and voxel, order D, H, W (slice, row,
 * column).
 *
 * <p>Logits for {@link Activation#SOFTMAX} and {@link Activation#SIGMOID}; for {@link
 * Activation#ARGMAX} the share of votes, which sum to 1. All values are finite.
 */
public final class NetworkOutput {
  private final GridGeometry grid;
  private final Activation activation;
  private final float[][] channels;

  /** The arrays are taken over, not copied. */
  public NetworkOutput(GridGeometry grid, Activation activation, float[][] channels) {
    for (float[] channel : channels) {
      if (channel.length != grid.size().voxels()) {
        throw new IllegalArgumentException(
            "a grid of "
                + grid.size()
                + " has "
                + grid.size().voxels()
                + " values, but got "
                + channel.length);
      }
    }
    this.grid = grid;
    this.activation = activation;
    this.channels = channels;
  }

  public GridGeometry grid() {
    return grid;
  }

  public Activation activation() {
    return activation;
  }

  public int channels() {
    return channels.length;
  }

  /** One channel's values, not a copy, from 0. */
  public float[] channel(int channel) {
    return channels[channel];
  }
}
