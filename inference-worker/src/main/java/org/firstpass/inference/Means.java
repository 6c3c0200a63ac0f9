package org.firstpass.inference;

import java.util.Arrays;

/**
 * Weighted means of what windows said of the voxels of a few slices, per channel, that move with
 * each window: mean += share x (value - mean). So they need not be divided at the end, and keep to
 * the range of the values, which half precision needs: sums of nnU-Net's smallest weights would
 * drown in it.
 */
sealed interface Means {
  /** Forgets what was there. */
  void clear();

  /**
   * Moves the means of a line.
   *
   * @param at of the line's first voxel among the means
   * @param values of the line, from an index on
   * @param shares how far each mean moves, 0 to 1, from the same index on
   */
  void move(int channel, int at, float[] values, float[] shares, int from, int count);

  /** Sets the means of a line. */
  void set(int channel, int at, float[] values, int from, int count);

  /**
   * The means, each channel for itself.
   *
   * @param room where they may be written; not used if they are there already
   * @param count values of each channel
   */
  float[][] values(float[][] room, int count);

  /** In float32. */
  final class Full implements Means {
    private final float[][] means;

    Full(int channels, int voxels) {
      means = new float[channels][voxels];
    }

    @Override
    public void clear() {
      for (float[] channel : means) {
        Arrays.fill(channel, 0);
      }
    }

    @Override
    public void move(int channel, int at, float[] values, float[] shares, int from, int count) {
      float[] own = means[channel];
      for (int i = 0; i < count; i++) {
        float mean = own[at + i];
        own[at + i] = mean + shares[from + i] * (values[from + i] - mean);
      }
    }

    @Override
    public void set(int channel, int at, float[] values, int from, int count) {
      System.arraycopy(values, from, means[channel], at, count);
    }

    @Override
    public float[][] values(float[][] room, int count) {
      return means;
    }
  }

  /** In binary16: half the memory, rounded to 11 bits with each window; at most 65504. */
  final class Halved implements Means {
    private final short[][] means;

    Halved(int channels, int voxels) {
      means = new short[channels][voxels];
    }

    @Override
    public void clear() {
      for (short[] channel : means) {
        Arrays.fill(channel, (short) 0);
      }
    }

    @Override
    public void move(int channel, int at, float[] values, float[] shares, int from, int count) {
      short[] own = means[channel];
      for (int i = 0; i < count; i++) {
        float mean = Half.toFloat(own[at + i]);
        own[at + i] = Half.of(mean + shares[from + i] * (values[from + i] - mean));
      }
    }

    @Override
    public void set(int channel, int at, float[] values, int from, int count) {
      for (int i = 0; i < count; i++) {
        means[channel][at + i] = Half.of(values[from + i]);
      }
    }

    @Override
    public float[][] values(float[][] room, int count) {
      for (int channel = 0; channel < means.length; channel++) {
        for (int at = 0; at < count; at++) {
          room[channel][at] = Half.toFloat(means[channel][at]);
        }
      }
      return room;
    }
  }
}
