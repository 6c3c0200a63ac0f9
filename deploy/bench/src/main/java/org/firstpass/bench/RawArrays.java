package org.firstpass.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.firstpass.geometry.GridSize;

/** Arrays as files without a header, little-endian, slice, row, column, for peers in Python. */
final class RawArrays {
  private static final int CHUNK = 1 << 16;

  private RawArrays() {}

  static void write(float[] values, Path file) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      ByteBuffer chunk = ByteBuffer.allocate(Float.BYTES * CHUNK).order(ByteOrder.LITTLE_ENDIAN);
      for (int at = 0; at < values.length; at += CHUNK) {
        int count = Math.min(CHUNK, values.length - at);
        chunk.clear().asFloatBuffer().put(values, at, count);
        out.write(chunk.array(), 0, Float.BYTES * count);
      }
    }
  }

  static void write(short[] values, Path file) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      ByteBuffer chunk = ByteBuffer.allocate(Short.BYTES * CHUNK).order(ByteOrder.LITTLE_ENDIAN);
      for (int at = 0; at < values.length; at += CHUNK) {
        int count = Math.min(CHUNK, values.length - at);
        chunk.clear().asShortBuffer().put(values, at, count);
        out.write(chunk.array(), 0, Short.BYTES * count);
      }
    }
  }

  /** The largest difference to the values in a file, as a share of their range. */
  static double difference(float[] values, Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      FloatBuffer others =
          channel
              .map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
              .order(ByteOrder.LITTLE_ENDIAN)
              .asFloatBuffer();
      if (others.remaining() != values.length) {
        throw new IOException(
            "a peer made " + others.remaining() + " values, not " + values.length);
      }
      float low = Float.POSITIVE_INFINITY;
      float high = Float.NEGATIVE_INFINITY;
      double largest = 0;
      for (float value : values) {
        float other = others.get();
        low = Math.min(low, other);
        high = Math.max(high, other);
        largest = Math.max(largest, Math.abs((double) value - other));
      }
      return largest / (high - low);
    }
  }

  /** As the scripts take a size: slices, rows and columns. */
  static String size(GridSize size) {
    return size.slices() + "x" + size.rows() + "x" + size.columns();
  }
}
