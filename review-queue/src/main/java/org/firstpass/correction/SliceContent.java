package org.firstpass.correction;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an image, slice after slice, some of which may still be on their way; who asks for
 * one waits until it is there. Thread-safe.
 */
public final class SliceContent {
  private final byte[][] slices;
  private final int bytesPerSlice;
  private final BitSet there = new BitSet();
  private volatile Runnable fetching = () -> {};
  private volatile boolean fetched;
  private volatile int wanted;
  private @Nullable RuntimeException failure;

  /** Nothing yet. */
  SliceContent(int slices, int bytesPerSlice) {
    this.slices = new byte[slices][];
    this.bytesPerSlice = bytesPerSlice;
    this.wanted = slices / 2;
    Math.multiplyExact(slices, bytesPerSlice);
  }

  /** The order in which the slices around one are sent: it, then those after and before it. */
  public static IntStream around(int first, int slices) {
    return IntStream.range(0, 2 * slices)
        .map(step -> first + (step % 2 == 1 ? (step + 1) / 2 : -step / 2))
        .filter(slice -> slice >= 0 && slice < slices);
  }

  public int size() {
    return slices.length * bytesPerSlice;
  }

  public int slices() {
    return slices.length;
  }

  /** The slice near which somebody waits. */
  public int wanted() {
    return wanted;
  }

  /** What begins to fetch the slices that are not there; may be called at any time, and often. */
  void fetchedBy(Runnable fetching) {
    this.fetching = fetching;
    fetched = false;
  }

  /** How many bytes it holds, or will hold when what is being fetched has come. */
  public int held() {
    if (fetched) {
      return size();
    }
    synchronized (there) {
      return there.cardinality() * bytesPerSlice;
    }
  }

  /** Begins to fetch what is not there; returns at once. */
  public void fetch() {
    fetched = true;
    fetching.run();
  }

  /** From now on the slice is there. The array is taken over, not copied. */
  void put(int slice, byte[] bytes) {
    if (bytes.length != bytesPerSlice) {
      throw new IllegalArgumentException(bytesPerSlice + " bytes expected, not " + bytes.length);
    }
    synchronized (there) {
      slices[slice] = bytes;
      there.set(slice);
      there.notifyAll();
    }
  }

  /** From now on whoever waits for a slice that is not there gets this. */
  public void fail(RuntimeException why) {
    synchronized (there) {
      failure = why;
      there.notifyAll();
    }
  }

  /** Writes all slices in their order. */
  public void writeTo(OutputStream out) throws IOException {
    write(IntStream.range(0, slices.length), out);
  }

  /**
   * Writes all slices, those around one before those that are further away, see {@link #around}.
   */
  public void writeTo(OutputStream out, int first) throws IOException {
    wanted = first;
    write(around(first, slices.length), out);
  }

  private void write(IntStream order, OutputStream out) throws IOException {
    for (int slice : order.toArray()) {
      out.write(await(slice));
    }
  }

  /** The values of a slice, once it is there. */
  public ShortBuffer slice(int slice) {
    return ByteBuffer.wrap(await(slice))
        .asReadOnlyBuffer()
        .order(ByteOrder.LITTLE_ENDIAN)
        .asShortBuffer();
  }

  private byte[] await(int slice) {
    fetch();
    synchronized (there) {
      while (!there.get(slice)) {
        if (failure != null) {
          throw failure;
        }
        try {
          there.wait();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new Defect(ReasonCode.UNEXPECTED, "interrupted while an image is read", e);
        }
      }
      return slices[slice];
    }
  }
}
