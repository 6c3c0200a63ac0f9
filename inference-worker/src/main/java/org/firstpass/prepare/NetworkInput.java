package org.firstpass.prepare;

import java.util.List;
import org.firstpass.geometry.GridGeometry;

/**
 * The channels of a volume on the network's grid, ready for it: float32, each in the order D, H, W
 * (slice, row, column).
 *
 * <p>Whoever holds it may read the arrays and must not write to them.
 */
public final class NetworkInput {
  private final GridGeometry grid;
  private final List<float[]> channels;

  /** The arrays are taken over, not copied. */
  public NetworkInput(GridGeometry grid, List<float[]> channels) {
    for (float[] values : channels) {
      if (values.length != grid.size().voxels()) {
        throw new IllegalArgumentException(
            "a grid of "
                + grid.size()
                + " has "
                + grid.size().voxels()
                + " values, but got "
                + values.length);
      }
    }
    this.grid = grid;
    this.channels = List.copyOf(channels);
  }

  /** One channel; its array is taken over, not copied. */
  public NetworkInput(GridGeometry grid, float[] values) {
    this(grid, List.of(values));
  }

  public GridGeometry grid() {
    return grid;
  }

  /** How many channels there are. */
  public int channels() {
    return channels.size();
  }

  /** The values of a channel themselves, not a copy: a network's input is large. */
  public float[] channel(int channel) {
    return channels.get(channel);
  }

  /** The values of the first channel. */
  public float[] values() {
    return channels.get(0);
  }
}
