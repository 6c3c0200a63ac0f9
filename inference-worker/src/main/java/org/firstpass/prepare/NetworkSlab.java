package org.firstpass.prepare;

import org.jspecify.annotations.Nullable;

/**
 * What the network said of some consecutive slices of its grid, final: nothing is added to them any
 * more. Order slice, row, column, the first slice of the slab at 0.
 *
 * <p>The arrays are only lent: they are used again after the sink has returned.
 */
public final class NetworkSlab {
  private final int firstSlice;
  private final int slices;
  private final float[][] channels;
  private final float @Nullable [] agreement;

  /**
   * @param firstSlice index on the network's grid
   * @param channels the values of each channel, at least slices x rows x columns long
   * @param agreement share of passes that chose what their mean chooses, 0 to 1, of the same order;
   *     null if there was one pass only
   */
  public NetworkSlab(int firstSlice, int slices, float[][] channels, float @Nullable [] agreement) {
    this.firstSlice = firstSlice;
    this.slices = slices;
    this.channels = channels;
    this.agreement = agreement;
  }

  public int firstSlice() {
    return firstSlice;
  }

  public int slices() {
    return slices;
  }

  public int channels() {
    return channels.length;
  }

  /** One channel's values, not a copy, from 0. */
  public float[] channel(int channel) {
    return channels[channel];
  }

  /** Not a copy; null if there was one pass only. */
  public float @Nullable [] agreement() {
    return agreement;
  }
}
