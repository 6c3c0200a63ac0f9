package org.firstpass.correction;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.util.IntSummaryStatistics;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.firstpass.dicom.StoredSlices;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.volume.Volume;

/**
 * An image as a reader's client gets it: signed 16-bit values, little endian, in the order slice,
 * row, column (column fastest), and the one linear way back to rescaled values.
 *
 * <p>What is stored in 16 bits in one way is sent as it is stored, see {@link #arriving}. Of the
 * rest, whole numbers that fit are sent as they are, and anything else is spread over the 16 bits,
 * so that a PET between 0 and 1 does not become black and white. Immutable, but for what is still
 * on its way.
 */
public final class ViewedImage {
  private static final int BYTES = 2;
  private static final int MAX_VOXELS = (Integer.MAX_VALUE - 8) / BYTES;

  private final GridGeometry geometry;
  private final Scale scale;
  private final Range range;
  private final SliceContent content;

  private ViewedImage(GridGeometry geometry, Scale scale, Range range, SliceContent content) {
    this.geometry = geometry;
    this.scale = scale;
    this.range = range;
    this.content = content;
  }

  /** Rescaled value = sent value x slope + intercept. */
  public record Scale(double slope, double intercept) {
    double rescaled(int sent) {
      return sent * slope + intercept;
    }

    short sent(double rescaled) {
      long rounded = Math.round((rescaled - intercept) / slope);
      return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, rounded));
    }
  }

  /** The least and the largest rescaled value, of all slices or of some from everywhere. */
  public record Range(double minimum, double maximum) {}

  /**
   * The image of a volume.
   *
   * @throws StudyRefused with {@link ReasonCode#TOO_LARGE} if it does not fit into one array
   */
  public static ViewedImage of(Volume volume) {
    GridGeometry geometry = volume.geometry();
    requireRoom(geometry);
    Survey survey =
        IntStream.range(0, geometry.size().slices())
            .parallel()
            .mapToObj(slice -> Survey.of(values(volume, slice)))
            .reduce(Survey.NOTHING, Survey::and);
    Scale scale = survey.scale();
    SliceContent content = contentOf(geometry.size());
    IntStream.range(0, geometry.size().slices())
        .parallel()
        .forEach(slice -> content.put(slice, encoded(values(volume, slice), scale)));
    return new ViewedImage(geometry, scale, survey.range(), content);
  }

  /**
   * An image that is known before it is read: only some slices from everywhere are waited for. The
   * rest is read once somebody asks for a slice, see {@link SliceContent#fetch}.
   *
   * @param onFailure is told why the rest of it will never come; whoever waits for it gets that too
   * @throws StudyRefused with {@link ReasonCode#TOO_LARGE} if it does not fit into one array, or
   *     what reading the first slices throws
   */
  public static ViewedImage arriving(
      StoredSlices slices, Executor executor, Consumer<RuntimeException> onFailure) {
    GridSize size = slices.geometry().size();
    requireRoom(slices.geometry());
    SliceContent content = contentOf(size);
    var reading = new SliceReading(slices, content, executor, onFailure);
    reading.sample();
    var as = slices.storedAs();
    var scale = new Scale(as.slope(), as.intercept() - reading.offset() * as.slope());
    Range range = range(content, reading.sampledSlices(), scale);
    content.fetchedBy(reading::readRest);
    return new ViewedImage(slices.geometry(), scale, range, content);
  }

  private static Range range(SliceContent content, int[] slices, Scale scale) {
    var sent = new IntSummaryStatistics();
    for (int slice : slices) {
      ShortBuffer values = content.slice(slice);
      while (values.hasRemaining()) {
        sent.accept(values.get());
      }
    }
    double one = scale.rescaled(sent.getMin());
    double other = scale.rescaled(sent.getMax());
    return new Range(Math.min(one, other), Math.max(one, other));
  }

  private static void requireRoom(GridGeometry geometry) {
    if (geometry.size().voxels() > MAX_VOXELS) {
      throw new StudyRefused(
          ReasonCode.TOO_LARGE,
          "an image that is shown has at most "
              + MAX_VOXELS
              + " voxels, but has "
              + geometry.size().voxels());
    }
  }

  private static float[] values(Volume volume, int slice) {
    int count = volume.geometry().size().voxelsPerSlice();
    var values = new float[count];
    volume.copyTo(slice * count, values, 0, count);
    return values;
  }

  private static SliceContent contentOf(GridSize size) {
    return new SliceContent(size.slices(), size.voxelsPerSlice() * BYTES);
  }

  private static byte[] encoded(float[] values, Scale scale) {
    var out = ByteBuffer.allocate(values.length * BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      out.putShort(scale.sent(value));
    }
    return out.array();
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
    short one = scale.sent(range.minimum());
    short other = scale.sent(range.maximum());
    return new SentRange(Math.min(one, other), Math.max(one, other));
  }

  /** As {@link Range}, in sent values. */
  public record SentRange(int minimum, int maximum) {}

  public SliceContent content() {
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
