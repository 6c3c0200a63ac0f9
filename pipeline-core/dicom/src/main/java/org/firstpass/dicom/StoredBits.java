package org.firstpass.dicom;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Frames of single bits without a gap.
 *
 * @see "PS3.5 section 8.1.1"
 */
final class StoredBits implements StoredFrames {
  /** So many bytes behind the last pixel may be read. */
  static final int SLACK = Long.BYTES;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long SET = 0;
  private static final long CLEAR = -1;

  private final byte[] data;
  private final int pixelsPerFrame;

  StoredBits(byte[] data, int pixelsPerFrame) {
    this.data = data;
    this.pixelsPerFrame = pixelsPerFrame;
  }

  @Override
  public void forEachRun(int frame, RunSink sink) {
    long first = (long) frame * pixelsPerFrame;
    long end = first + pixelsPerFrame;
    long from = next(SET, first, end);
    while (from < end) {
      long to = next(CLEAR, from, end);
      sink.accept((int) (from - first), (int) (to - first), 1);
      from = next(SET, to, end);
    }
  }

  /** The next bit that is set, or clear, from one on; the end if there is none. */
  private long next(long wanted, long from, long end) {
    long bit = from;
    while (bit < end) {
      int shift = (int) (bit & 7);
      long word = ((long) LONGS.get(data, (int) (bit >> 3)) ^ wanted) >>> shift;
      if (word != 0) {
        return Math.min(end, bit + Long.numberOfTrailingZeros(word));
      }
      bit += Long.SIZE - shift;
    }
    return end;
  }
}
