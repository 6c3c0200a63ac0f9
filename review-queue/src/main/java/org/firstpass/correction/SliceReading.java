package org.firstpass.correction;

import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.firstpass.dicom.StoredSlices;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;

/**
 * Reads a series into the bytes of an image: a few slices from everywhere first, then those near
 * which somebody waits.
 *
 * <p>Sent are the 16 bits as they are stored, unsigned ones less 32768. Thread-safe.
 */
final class SliceReading {
  /** Added to unsigned values, so that they fit into signed 16 bits. */
  private static final int UNSIGNED_OFFSET = Short.MIN_VALUE;

  private static final int SAMPLES = 16;

  private final StoredSlices slices;
  private final SliceContent content;
  private final Executor executor;
  private final Consumer<RuntimeException> onFailure;
  private final int offset;

  /** By instance; negative once it was given to a thread. */
  private final int[] firstSlice;

  private final int[] samples;
  private int sampled;
  private boolean wanted;
  private boolean failed;

  /**
   * Reads nothing yet.
   *
   * @param onFailure is told why the image will never be whole, once
   */
  SliceReading(
      StoredSlices slices,
      SliceContent content,
      Executor executor,
      Consumer<RuntimeException> onFailure) {
    this.slices = slices;
    this.content = content;
    this.executor = executor;
    this.onFailure = onFailure;
    this.offset = slices.storedAs().signed() ? 0 : UNSIGNED_OFFSET;
    this.firstSlice = IntStream.range(0, slices.instances()).map(slices::firstSliceOf).toArray();
    int count = Math.min(SAMPLES, slices.instances());
    this.samples = IntStream.range(0, count).map(i -> i * slices.instances() / count).toArray();
  }

  /** What is sent of a stored value is more by this. */
  int offset() {
    return offset;
  }

  /** The slices that come first. */
  int[] sampledSlices() {
    return Arrays.stream(samples).map(slices::firstSliceOf).toArray();
  }

  /** Begins with the slices that come first; returns at once. */
  void sample() {
    work(Runtime.getRuntime().availableProcessors());
  }

  /** Goes on with the rest, once, however often it is asked for; returns at once. */
  void readRest() {
    synchronized (this) {
      if (wanted) {
        return;
      }
      wanted = true;
    }
    work(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
  }

  private void work(int threads) {
    for (int thread = 0; thread < threads; thread++) {
      executor.execute(this::readAll);
    }
  }

  private void readAll() {
    for (int instance = take(); instance >= 0; instance = take()) {
      try {
        slices.read(instance, this::put);
      } catch (RuntimeException e) {
        fail(e);
      } catch (Error e) {
        // Whoever waits must not wait for ever.
        fail(new Defect(ReasonCode.UNEXPECTED, "reading an image failed", e));
        throw e;
      }
    }
  }

  private void fail(RuntimeException why) {
    synchronized (this) {
      if (failed) {
        return;
      }
      failed = true;
    }
    content.fail(why);
    onFailure.accept(why);
  }

  private void put(int slice, int[] stored) {
    var bytes = new byte[stored.length * Short.BYTES];
    for (int at = 0; at < stored.length; at++) {
      int value = stored[at] + offset;
      bytes[2 * at] = (byte) value;
      bytes[2 * at + 1] = (byte) (value >> Byte.SIZE);
    }
    content.put(slice, bytes);
  }

  /** The instance to be read next; negative if there is none. */
  private synchronized int take() {
    if (failed) {
      return -1;
    }
    if (sampled == samples.length && !wanted) {
      return -1;
    }
    int next = sampled < samples.length ? samples[sampled++] : nearest(content.wanted());
    if (next >= 0) {
      firstSlice[next] = -1;
    }
    return next;
  }

  private int nearest(int wanted) {
    int nearest = -1;
    for (int instance = 0; instance < firstSlice.length; instance++) {
      int slice = firstSlice[instance];
      if (slice >= 0
          && (nearest < 0 || Math.abs(slice - wanted) < Math.abs(firstSlice[nearest] - wanted))) {
        nearest = instance;
      }
    }
    return nearest;
  }
}
