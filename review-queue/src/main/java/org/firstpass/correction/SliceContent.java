package org.firstpass.correction;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import java.util.IntSummaryStatistics;
import java.util.stream.IntStream;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an image, slice after slice, some of which may still be on their way; who asks for
 * one waits until it is there. Thread-safe.
 */
public final class SliceContent {
  private final byte[] bytes;
  private final int slices;
  private final BitSet there = new BitSet();
  private volatile int wanted;
  private @Nullable RuntimeException failure;

  private SliceContent(byte[] bytes, int slices) {
    this.bytes = bytes;
    this.slices = slices;
    this.wanted = slices / 2;
  }

  /** All of it. The array is taken over, not copied: the caller lets go of it. */
  static SliceContent whole(byte[] bytes, int slices) {
    var content = new SliceContent(bytes, slices);
    content.there.set(0, slices);
    return content;
  }

  /** Nothing yet. */
  public static SliceContent awaited(int slices, int bytesPerSlice) {
    return new SliceContent(new byte[Math.multiplyExact(slices, bytesPerSlice)], slices);
  }

  /** The order in which the slices around one are sent: it, then those after and before it. */
  public static IntStream around(int first, int slices) {
    return IntStream.range(0, 2 * slices)
        .map(step -> first + (step % 2 == 1 ? (step + 1) / 2 : -step / 2))
        .filter(slice -> slice >= 0 && slice < slices);
  }

  public int size() {
    return bytes.length;
  }

  public int slices() {
    return slices;
  }

  /** The slice near which somebody waits. */
  public int wanted() {
    return wanted;
  }

  /** Writes the bytes of one slice. */
  @FunctionalInterface
  interface Filling {
    void fill(byte[] bytes, int from);
  }

  /** From now on the slice is there. */
  void fill(int slice, Filling filling) {
    filling.fill(bytes, slice * perSlice());
    synchronized (there) {
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
    write(IntStream.range(0, slices), out);
  }

  /**
   * Writes all slices, those around one before those that are further away, see {@link #around}.
   */
  public void writeTo(OutputStream out, int first) throws IOException {
    wanted = first;
    write(around(first, slices), out);
  }

  private void write(IntStream order, OutputStream out) throws IOException {
    for (int slice : order.toArray()) {
      await(slice);
      out.write(bytes, slice * perSlice(), perSlice());
    }
  }

  /** All of it, once it is there. */
  public InputStream open() {
    IntStream.range(0, slices).forEach(this::await);
    return new ByteArrayInputStream(bytes);
  }

  /** The values of one slice, once it is there. */
  IntSummaryStatistics summary(int slice) {
    await(slice);
    var values = new IntSummaryStatistics();
    var shorts =
        ByteBuffer.wrap(bytes, slice * perSlice(), perSlice()).order(ByteOrder.LITTLE_ENDIAN);
    while (shorts.hasRemaining()) {
      values.accept(shorts.getShort());
    }
    return values;
  }

  void await(int slice) {
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
    }
  }

  private int perSlice() {
    return bytes.length / slices;
  }
}
