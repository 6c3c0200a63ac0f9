package org.firstpass.prepare;

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
 * Classes that stand alone: the surest of those that reach the threshold. Immutable.
 */
public final class SegmentChoice {
  private final int[] channels;
  private final short[] numbers;
  private final float baseline;

  private SegmentChoice(int[] channels, short[] numbers, float baseline) {
    this.channels = channels;
    this.numbers = numbers;
    this.baseline = baseline;
  }

  public static SegmentChoice of(ModelManifest manifest) {
    OutputSpec output = manifest.output();
    if (output.activation() == Activation.SIGMOID) {
      double threshold = output.effectiveThreshold();
      float logit = (float) Math.log(threshold / (1 - threshold));
      int[] labelled =
          manifest.labels().segments().stream().mapToInt(LabelledChannel::channel).toArray();
      return new SegmentChoice(labelled, numbers(manifest.labels(), labelled), logit);
    }
    int[] all = IntStream.range(0, output.channels()).toArray();
    return new SegmentChoice(all, numbers(manifest.labels(), all), Float.NEGATIVE_INFINITY);
  }

  /** Channels that have a say, and so have to be interpolated. */
  int candidates() {
    return channels.length;
  }

  int channel(int candidate) {
    return channels[candidate];
  }

  /** The segment number that these values of the candidates choose, 0 for background. */
  short choose(float[] values) {
    float best = baseline;
    short number = 0;
    for (int candidate = 0; candidate < values.length; candidate++) {
      // A sigmoid at its threshold says yes; of equal classes the first one stands.
      boolean atThreshold = number == 0 && values[candidate] == baseline;
      if (values[candidate] > best || atThreshold) {
        best = values[candidate];
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
    IntStream.range(0, slices)
        .parallel()
        .forEach(slice -> chooseRange(output, labels, slice * perSlice, (slice + 1) * perSlice));
    return labels;
  }

  private void chooseRange(NetworkOutput output, short[] labels, int from, int to) {
    var values = new float[channels.length];
    for (int at = from; at < to; at++) {
      for (int candidate = 0; candidate < channels.length; candidate++) {
        values[candidate] = output.channel(channels[candidate])[at];
      }
      labels[at] = choose(values);
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
