package org.firstpass.dicom.pixel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Function;
import org.firstpass.failure.StudyRefused;

/**
 * One frame in RLE Lossless, known to be whole: a segment per byte of a pixel, most significant
 * first, channel by channel.
 *
 * <p>It is checked before anything is allocated for its pixels. Immutable; safe to share between
 * threads.
 *
 * @see "PS3.5 annex G"
 */
public final class RunLengthFrame {
  private static final int HEADER_BYTES = 64;
  private static final int MAX_SEGMENTS = 15;

  private final byte[] bytes;
  private final int[] offsets;
  private final int pixels;

  private RunLengthFrame(byte[] bytes, int[] offsets, int pixels) {
    this.bytes = bytes;
    this.offsets = offsets;
    this.pixels = pixels;
  }

  /**
   * The frame in these bytes, which are not copied.
   *
   * @param damaged makes the refusal of what is wrong with it
   * @throws StudyRefused if it has not so many segments of so many pixels
   */
  public static RunLengthFrame of(
      byte[] bytes, int segments, int pixels, Function<String, StudyRefused> damaged) {
    var frame = new RunLengthFrame(bytes, offsets(bytes, segments, damaged), pixels);
    for (int segment = 0; segment < segments; segment++) {
      frame.check(segment, damaged);
    }
    return frame;
  }

  /** Writes a segment's bytes to every so many places of an array. */
  public void expand(int segment, byte[] target, int first, int step) {
    int in = offsets[segment];
    int out = first;
    int end = first + pixels * step;
    while (out < end) {
      int control = bytes[in++];
      if (control == Byte.MIN_VALUE) {
        continue;
      }
      int count = control >= 0 ? control + 1 : 1 - control;
      if (step == 1) {
        if (control >= 0) {
          System.arraycopy(bytes, in, target, out, count);
        } else {
          Arrays.fill(target, out, out + count, bytes[in]);
        }
      } else {
        int move = control >= 0 ? 1 : 0;
        for (int i = 0; i < count; i++) {
          target[out + i * step] = bytes[in + i * move];
        }
      }
      in += control >= 0 ? count : 1;
      out += count * step;
    }
  }

  private void check(int segment, Function<String, StudyRefused> damaged) {
    int in = offsets[segment];
    int to = offsets[segment + 1];
    int out = 0;
    while (out < pixels) {
      if (in >= to) {
        throw damaged.apply("have a run-length segment that ends early");
      }
      int control = bytes[in++];
      if (control == Byte.MIN_VALUE) {
        continue;
      }
      int count = control >= 0 ? control + 1 : 1 - control;
      int taken = control >= 0 ? count : 1;
      if (taken > to - in || count > pixels - out) {
        throw damaged.apply("have a run-length segment whose runs do not fit");
      }
      in += taken;
      out += count;
    }
  }

  private static int[] offsets(byte[] bytes, int segments, Function<String, StudyRefused> damaged) {
    if (bytes.length < HEADER_BYTES) {
      throw damaged.apply("have a run-length frame without its header");
    }
    ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int found = header.getInt();
    if (found != segments || segments > MAX_SEGMENTS) {
      throw damaged.apply("have " + found + " run-length segments instead of " + segments);
    }
    var offsets = new int[segments + 1];
    offsets[segments] = bytes.length;
    for (int i = 0; i < segments; i++) {
      offsets[i] = header.getInt();
    }
    for (int i = 0; i < segments; i++) {
      if (offsets[i] < HEADER_BYTES || offsets[i] > offsets[i + 1]) {
        throw damaged.apply("have run-length segments that lie outside their frame");
      }
    }
    return offsets;
  }
}
