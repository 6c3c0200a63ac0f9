package org.firstpass.training.data;

import java.util.SplittableRandom;
import org.firstpass.geometry.GridSize;

/**
 * A case as the network sees it, prepared by the worker's own code, with the channel of the output
 * that each voxel belongs to. Order D, H, W. Immutable.
 */
public final class TrainingCase {
  /** Of voxels of which nobody knows. */
  public static final byte UNKNOWN = -1;

  /** How many voxels of each channel are remembered as places to draw windows around. */
  private static final int PLACES = 1000;

  private final GridSize size;
  private final double[] spacing;
  private final float[] values;
  private final byte[] channels;
  private final int[][] places;

  /**
   * The arrays are taken over, not copied.
   *
   * @param spacing of D, H, W in mm
   * @param count how many channels the output has
   */
  TrainingCase(GridSize size, double[] spacing, float[] values, byte[] channels, int count) {
    this.size = size;
    this.spacing = spacing;
    this.values = values;
    this.channels = channels;
    this.places = places(channels, count);
  }

  /** Drawn evenly from the voxels of each channel but the first, always the same ones. */
  private static int[][] places(byte[] channels, int count) {
    var places = new int[count][PLACES];
    var seen = new int[count];
    var draw = new SplittableRandom(channels.length);
    for (int i = 0; i < channels.length; i++) {
      int channel = channels[i];
      if (channel > 0) {
        int at = seen[channel] < PLACES ? seen[channel] : draw.nextInt(seen[channel] + 1);
        seen[channel]++;
        if (at < PLACES) {
          places[channel][at] = i;
        }
      }
    }
    for (int channel = 0; channel < count; channel++) {
      places[channel] = java.util.Arrays.copyOf(places[channel], Math.min(PLACES, seen[channel]));
    }
    return places;
  }

  GridSize size() {
    return size;
  }

  double spacing(int axis) {
    return spacing[axis];
  }

  float valueAt(int index) {
    return values[index];
  }

  byte channelAt(int index) {
    return channels[index];
  }

  /** Voxels of a channel, by their index; none if the case does not have it. */
  int[] places(int channel) {
    return places[channel];
  }

  int channelCount() {
    return places.length;
  }

  /** What it takes in memory. */
  public long bytes() {
    return 5L * values.length;
  }
}
