package org.firstpass.dicom.pixel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * One run-length frame: a segment per byte of a pixel, most significant first, channel by channel.
 *
 * @see "PS3.5 annex G"
 */
final class RunLengthDecoder {
  private static final int HEADER_BYTES = 64;

  private final PixelData data;
  private final PixelFormat format;

  RunLengthDecoder(PixelData data) {
    this.data = data;
    this.format = data.format();
  }

  void decode(byte[] frame, int[] stored) {
    int bytesPerSample = format.sample().bitsAllocated() / Byte.SIZE;
    if (bytesPerSample == 0) {
      throw data.unsupported("single bits in run-length encoding");
    }
    int segments = bytesPerSample * format.samples();
    int[] offsets = offsets(frame, segments);
    var planes = new byte[segments][format.pixels()];
    for (int segment = 0; segment < segments; segment++) {
      expand(frame, offsets[segment], offsets[segment + 1], planes[segment]);
    }
    if (format.photometric().isGrey()) {
      for (int pixel = 0; pixel < stored.length; pixel++) {
        int cell = 0;
        for (byte[] plane : planes) {
          cell = cell << Byte.SIZE | plane[pixel] & 0xff;
        }
        stored[pixel] = format.sample().storedValue(cell);
      }
    } else {
      Luminance.ofPlanes(data, planes, stored);
    }
  }

  private int[] offsets(byte[] frame, int segments) {
    if (frame.length < HEADER_BYTES) {
      throw data.damaged("have a run-length frame without its header");
    }
    ByteBuffer header = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
    int found = header.getInt();
    if (found != segments) {
      throw data.damaged("have " + found + " run-length segments instead of " + segments);
    }
    var offsets = new int[segments + 1];
    offsets[segments] = frame.length;
    for (int i = 0; i < segments; i++) {
      offsets[i] = header.getInt();
    }
    for (int i = 0; i < segments; i++) {
      if (offsets[i] < HEADER_BYTES || offsets[i] > offsets[i + 1]) {
        throw data.damaged("have run-length segments that lie outside their frame");
      }
    }
    return offsets;
  }

  private void expand(byte[] source, int from, int to, byte[] target) {
    int in = from;
    int out = 0;
    while (out < target.length) {
      if (in >= to) {
        throw data.damaged("have a run-length segment that ends early");
      }
      int control = source[in++];
      if (control == Byte.MIN_VALUE) {
        continue;
      }
      int count = control >= 0 ? control + 1 : 1 - control;
      int taken = control >= 0 ? count : 1;
      if (in + taken > to || out + count > target.length) {
        throw data.damaged("have a run-length segment whose runs do not fit");
      }
      if (control >= 0) {
        System.arraycopy(source, in, target, out, count);
      } else {
        Arrays.fill(target, out, out + count, source[in]);
      }
      in += taken;
      out += count;
    }
  }
}
