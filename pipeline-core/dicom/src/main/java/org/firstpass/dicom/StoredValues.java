package org.firstpass.dicom;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.firstpass.dicom.pixel.RunLengthFrame;

/** Frames of 8 or 16 bits per pixel, as they are or in run-length encoding. */
final class StoredValues implements StoredFrames {
  /** Most runs of a structure's surface are short: so many pixels are compared one by one. */
  private static final int SHORT_RUN = 8;

  private final byte[] data;
  private final List<RunLengthFrame> encoded;
  private final int pixelsPerFrame;
  private final int bytes;
  private final IntUnaryOperator meaning;

  private StoredValues(
      byte[] data,
      List<RunLengthFrame> encoded,
      int pixelsPerFrame,
      int bytes,
      IntUnaryOperator meaning) {
    this.data = data;
    this.encoded = encoded;
    this.pixelsPerFrame = pixelsPerFrame;
    this.bytes = bytes;
    this.meaning = meaning;
  }

  /**
   * Values least significant byte first.
   *
   * @param meaning what a stored value stands for: 0 for no segment
   */
  static StoredValues plain(byte[] data, int pixelsPerFrame, int bytes, IntUnaryOperator meaning) {
    return new StoredValues(data, List.of(), pixelsPerFrame, bytes, meaning);
  }

  /** Frames that are expanded each time that they are needed, so that they stay small. */
  static StoredValues encoded(
      List<RunLengthFrame> frames, int pixelsPerFrame, int bytes, IntUnaryOperator meaning) {
    return new StoredValues(new byte[0], frames, pixelsPerFrame, bytes, meaning);
  }

  @Override
  public void forEachRun(int frame, RunSink sink) {
    if (encoded.isEmpty()) {
      scan(data, frame * pixelsPerFrame * bytes, sink);
    } else {
      byte[] expanded = new byte[pixelsPerFrame * bytes];
      for (int plane = 0; plane < bytes; plane++) {
        encoded.get(frame).expand(bytes - 1 - plane, expanded, plane, bytes);
      }
      scan(expanded, 0, sink);
    }
  }

  private void scan(byte[] values, int offset, RunSink sink) {
    int end = offset + pixelsPerFrame * bytes;
    int at = offset;
    while (at < end) {
      int stored = stored(values, at);
      int after = endOfRun(values, at, end, stored);
      int value = meaning.applyAsInt(stored);
      if (value != 0) {
        sink.accept((at - offset) / bytes, (after - offset) / bytes, value);
      }
      at = after;
    }
  }

  private int stored(byte[] values, int at) {
    int low = values[at] & 0xff;
    return bytes == 1 ? low : low | (values[at + 1] & 0xff) << Byte.SIZE;
  }

  private int endOfRun(byte[] values, int start, int end, int stored) {
    int at = start + bytes;
    int near = Math.min(end, start + SHORT_RUN * bytes);
    while (at < near && stored(values, at) == stored) {
      at += bytes;
    }
    if (at < near || at == end) {
      return at;
    }
    // Each value beside the one before it: compared as long vectors.
    int same = Arrays.mismatch(values, at - bytes, end - bytes, values, at, end);
    return same < 0 ? end : at + same / bytes * bytes;
  }
}
