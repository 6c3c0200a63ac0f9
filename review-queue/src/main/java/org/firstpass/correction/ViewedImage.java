package org.firstpass.correction;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.IntStream;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.volume.Volume;

/**
 * An image as a reader's client gets it: signed 16-bit values, little endian, in the order slice,
 * row, column (column fastest), and the one linear way back to rescaled values.
 *
 * <p>Whole numbers that fit are sent as they are (CT: the value is the Hounsfield unit). Anything
 * else is spread over the 16 bits, so that a PET between 0 and 1 does not become black and white.
 * Immutable.
 */
public final class ViewedImage {
  private static final int BYTES = 2;
  private static final int MAX_VOXELS = (Integer.MAX_VALUE - 8) / BYTES;

  private final GridGeometry geometry;
  private final Scale scale;
  private final Range range;
  private final ByteContent content;

  private ViewedImage(GridGeometry geometry, Scale scale, Range range, ByteContent content) {
    this.geometry = geometry;
    this.scale = scale;
    this.range = range;
    this.content = content;
  }

  /** Rescaled value = sent value x slope + intercept. */
  public record Scale(double slope, double intercept) {
    short sent(double rescaled) {
      long rounded = Math.round((rescaled - intercept) / slope);
      return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, rounded));
    }
  }

  /** The least and the largest rescaled value. */
  public record Range(double minimum, double maximum) {}

  /**
   * The image of a volume.
   *
   * @throws StudyRefused with {@link ReasonCode#TOO_LARGE} if it does not fit into one array
   */
  public static ViewedImage of(Volume volume) {
    GridGeometry geometry = volume.geometry();
    if (geometry.size().voxels() > MAX_VOXELS) {
      throw new StudyRefused(
          ReasonCode.TOO_LARGE,
          "an image that is shown has at most "
              + MAX_VOXELS
              + " voxels, but has "
              + geometry.size().voxels());
    }
    Survey survey =
        IntStream.range(0, geometry.size().slices())
            .parallel()
            .mapToObj(slice -> Survey.of(values(volume, slice)))
            .reduce(Survey.NOTHING, Survey::and);
    Scale scale = survey.scale();
    var bytes = new byte[geometry.size().voxels() * BYTES];
    IntStream.range(0, geometry.size().slices())
        .parallel()
        .forEach(slice -> encode(values(volume, slice), slice, scale, bytes));
    return new ViewedImage(geometry, scale, survey.range(), new ByteContent(bytes));
  }

  private static float[] values(Volume volume, int slice) {
    int count = volume.geometry().size().voxelsPerSlice();
    var values = new float[count];
    volume.copyTo(slice * count, values, 0, count);
    return values;
  }

  private static void encode(float[] values, int slice, Scale scale, byte[] bytes) {
    var out =
        ByteBuffer.wrap(bytes, slice * values.length * BYTES, values.length * BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      out.putShort(scale.sent(value));
    }
  }

  public GridGeometry geometry() {
    return geometry;
  }

  public Scale scale() {
    return scale;
  }

  public Range range() {
    return range;
  }

  /** The least and the largest value that is sent. */
  public SentRange sentRange() {
    return new SentRange(scale.sent(range.minimum()), scale.sent(range.maximum()));
  }

  /** As {@link Range}, in sent values. */
  public record SentRange(int minimum, int maximum) {}

  public ByteContent content() {
    return content;
  }

  /** What the values are like, of a slice or of all. */
  private record Survey(float minimum, float maximum, boolean whole) {
    static final Survey NOTHING =
        new Survey(Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, true);

    static Survey of(float[] values) {
      float minimum = Float.POSITIVE_INFINITY;
      float maximum = Float.NEGATIVE_INFINITY;
      boolean whole = true;
      for (float value : values) {
        if (Float.isFinite(value)) {
          minimum = Math.min(minimum, value);
          maximum = Math.max(maximum, value);
          whole &= value == (int) value;
        }
      }
      return new Survey(minimum, maximum, whole);
    }

    Survey and(Survey other) {
      return new Survey(
          Math.min(minimum, other.minimum), Math.max(maximum, other.maximum), whole && other.whole);
    }

    Range range() {
      return minimum > maximum ? new Range(0, 0) : new Range(minimum, maximum);
    }

    Scale scale() {
      Range range = range();
      boolean fits = range.minimum() >= Short.MIN_VALUE && range.maximum() <= Short.MAX_VALUE;
      double span = range.maximum() - range.minimum();
      if (fits && whole) {
        return new Scale(1, 0);
      }
      if (span == 0) {
        return new Scale(1, range.minimum());
      }
      // The middle of the range is sent as 0, its ends as -32767 and 32767.
      return new Scale(span / (2.0 * Short.MAX_VALUE), (range.minimum() + range.maximum()) / 2);
    }
  }
}
