package org.firstpass.prepare;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.firstpass.model.LabelSpec;
import org.firstpass.model.LabelSpec.LabelledChannel;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.OutputSpec;
import org.firstpass.model.OutputSpec.Activation;

/**
 * Which segment the values of a voxel's channels speak for.
 *
 * <p>Classes that exclude each other: the channel with the largest value, the first of equals.
 * Classes that stand alone: the surest of those that reach the threshold. Regions: of those that
 * exceed the threshold the one that the manifest names last. Immutable.
 */
public final class SegmentChoice {
  private final int[] channels;
  private final short[] numbers;
  private final float baseline;
  private final boolean lastWins;

  private SegmentChoice(int[] channels, short[] numbers, float baseline, boolean lastWins) {
    this.channels = channels;
    this.numbers = numbers;
    this.baseline = baseline;
    this.lastWins = lastWins;
  }

  public static SegmentChoice of(ModelManifest manifest) {
    OutputSpec output = manifest.output();
    if (!output.activation().standsAlone()) {
      int[] all = IntStream.range(0, output.channels()).toArray();
      short[] numbers = numbers(manifest.labels(), all);
      return new SegmentChoice(all, numbers, Float.NEGATIVE_INFINITY, false);
    }
    int[] labelled =
        manifest.labels().segments().stream().mapToInt(LabelledChannel::channel).toArray();
    short[] numbers = numbers(manifest.labels(), labelled);
    double threshold = output.effectiveThreshold();
    float least =
        (float)
            (output.activation() == Activation.FRACTION
                ? threshold
                : Math.log(threshold / (1 - threshold)));
    // What is at its threshold says yes, but nnU-Net's regions have to exceed it.
    boolean regions = output.activation() == Activation.REGIONS;
    return new SegmentChoice(labelled, numbers, regions ? least : Math.nextDown(least), regions);
  }

  /** Channels that have a say, and so have to be interpolated. */
  public int candidates() {
    return channels.length;
  }

  public int channel(int candidate) {
    return channels[candidate];
  }

  /** The segment that a candidate speaks for, 0 for background. */
  public int segmentNumber(int candidate) {
    return Short.toUnsignedInt(numbers[candidate]);
  }

  /** The segment number that these values of the candidates choose, 0 for background. */
  short choose(float[] values) {
    float best = baseline;
    short number = 0;
    for (int candidate = 0; candidate < values.length; candidate++) {
      if (values[candidate] > best) {
        best = lastWins ? baseline : values[candidate];
        number = numbers[candidate];
      }
    }
    return number;
  }

  /** The segment numbers of a whole output, on its own grid, order slice, row, column. */
  public short[] onGridOf(NetworkOutput output) {
    var labels = new short[output.grid().size().voxels()];
    int slices = output.grid().size().slices();
    int perSlice = output.grid().size().voxelsPerSlice();
    var channels = new float[output.channels()][];
    for (int channel = 0; channel < channels.length; channel++) {
      channels[channel] = output.channel(channel);
    }
    chooseAll(new NetworkSlab(0, slices, channels, null), perSlice, labels);
    return labels;
  }

  /** Writes the segment numbers of a slab to their place on the network's grid. */
  public void chooseAll(NetworkSlab slab, int perSlice, short[] labels) {
    IntStream.range(0, slab.slices())
        .parallel()
        .forEach(slice -> chooseSlice(slab, slice, perSlice, labels));
  }

  private void chooseSlice(NetworkSlab slab, int slice, int perSlice, short[] labels) {
    var best = new float[perSlice];
    Arrays.fill(best, baseline);
    int from = slice * perSlice;
    int to = (slab.firstSlice() + slice) * perSlice;
    Arrays.fill(labels, to, to + perSlice, (short) 0);
    for (int candidate = 0; candidate < channels.length; candidate++) {
      float[] values = slab.channel(channels[candidate]);
      short number = numbers[candidate];
      for (int i = 0; i < perSlice; i++) {
        if (values[from + i] > best[i]) {
          best[i] = lastWins ? baseline : values[from + i];
          labels[to + i] = number;
        }
      }
    }
  }

  private static short[] numbers(LabelSpec labels, int[] channels) {
    var numbers = new short[channels.length];
    for (int candidate = 0; candidate < channels.length; candidate++) {
      for (LabelledChannel labelled : labels.segments()) {
        if (labelled.channel() == channels[candidate]) {
          numbers[candidate] = (short) labelled.segment().number();
        }
      }
    }
    return numbers;
  }
}
