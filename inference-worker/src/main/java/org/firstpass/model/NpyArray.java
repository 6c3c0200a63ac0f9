package org.firstpass.model;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * An array of a NumPy file, as float32 in C order: how golden cases are kept.
 *
 * <p>Reads {@code <f4}, {@code <f2}, {@code <i8} and {@code |u1}, version 1 to 3, plain or gzipped.
 */
public final class NpyArray {
  private static final int MAGIC_LENGTH = 8;
  private static final int ALIGNMENT = 64;
  private static final Pattern DESCRIPTION = Pattern.compile("'descr': *'([^']+)'");
  private static final Pattern SHAPE = Pattern.compile("'shape': *\\(([^)]*)\\)");

  private final List<Integer> shape;
  private final float[] values;

  /** The array is taken over, not copied. */
  public NpyArray(List<Integer> shape, float[] values) {
    long count = shape.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
    if (count != values.length) {
      throw new IllegalArgumentException(
          "an array of shape " + shape + " has " + count + " values, but got " + values.length);
    }
    this.shape = List.copyOf(shape);
    this.values = values;
  }

  public List<Integer> shape() {
    return shape;
  }

  /** The values themselves, not a copy; last axis fastest. */
  public float[] values() {
    return values;
  }

  /** Reads a file; one whose name ends in {@code .gz} is unpacked. */
  public static NpyArray read(Path file) throws IOException {
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
        InputStream in = isGzip(file) ? new GZIPInputStream(raw, 1 << 16) : raw) {
      byte[] start = in.readNBytes(MAGIC_LENGTH);
      if (start.length < MAGIC_LENGTH || start[0] != (byte) 0x93 || start[1] != 'N') {
        throw new IOException(file.getFileName() + " is not a NumPy file");
      }
      int lengthBytes = start[6] == 1 ? Short.BYTES : Integer.BYTES;
      byte[] length = Arrays.copyOf(in.readNBytes(lengthBytes), Integer.BYTES);
      int headerLength = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getInt();
      String header = new String(in.readNBytes(headerLength), StandardCharsets.UTF_8);
      if (header.contains("'fortran_order': True")) {
        throw new IOException(file.getFileName() + " is in Fortran order, which is not read");
      }
      List<Integer> shape =
          Arrays.stream(find(SHAPE, header).split(","))
              .map(String::strip)
              .filter(axis -> !axis.isEmpty())
              .map(Integer::valueOf)
              .toList();
      ByteBuffer data = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
      return new NpyArray(shape, decode(find(DESCRIPTION, header), data));
    }
  }

  /** Writes float32; the same array always gives the same bytes. */
  public void write(Path file) throws IOException {
    String axes = shape.stream().map(String::valueOf).collect(Collectors.joining(", "));
    String header =
        "{'descr': '<f4', 'fortran_order': False, 'shape': ("
            + axes
            + (shape.size() == 1 ? "," : "")
            + "), }";
    int used = MAGIC_LENGTH + Short.BYTES + header.length() + 1;
    header = header + " ".repeat((ALIGNMENT - used % ALIGNMENT) % ALIGNMENT) + "\n";
    ByteBuffer data =
        ByteBuffer.allocate(
                MAGIC_LENGTH + Short.BYTES + header.length() + values.length * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    data.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    data.put((byte) 1).put((byte) 0).putShort((short) header.length());
    data.put(header.getBytes(StandardCharsets.US_ASCII));
    data.asFloatBuffer().put(values);
    try (OutputStream raw = Files.newOutputStream(file);
        OutputStream out = isGzip(file) ? new GZIPOutputStream(raw) : raw) {
      out.write(data.array());
    }
  }

  private static boolean isGzip(Path file) {
    return file.toString().endsWith(".gz");
  }

  private static float[] decode(String type, ByteBuffer data) throws IOException {
    var values = new float[data.remaining() / elementBytes(type)];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (type) {
            case "<f4" -> data.getFloat();
            case "<f2" -> halfToFloat(data.getShort());
            case "<i8" -> data.getLong();
            default -> Byte.toUnsignedInt(data.get());
          };
    }
    return values;
  }

  private static int elementBytes(String type) throws IOException {
    return switch (type) {
      case "<f4" -> Float.BYTES;
      case "<f2" -> Short.BYTES;
      case "<i8" -> Long.BYTES;
      case "|u1" -> Byte.BYTES;
      default -> throw new IOException("NumPy type " + type + " is not read");
    };
  }

  /** IEEE 754 binary16; the platform's own conversion came after Java 17. */
  private static float halfToFloat(short half) {
    int exponent = half >> 10 & 0x1f;
    int fraction = half & 0x3ff;
    float sign = half < 0 ? -1 : 1;
    if (exponent == 0) {
      return sign * fraction * 0x1p-24f;
    }
    if (exponent == 0x1f) {
      return fraction == 0 ? sign * Float.POSITIVE_INFINITY : Float.NaN;
    }
    return sign * Math.scalb(1 + fraction * 0x1p-10f, exponent - 15);
  }

  private static String find(Pattern pattern, String header) throws IOException {
    Matcher matcher = pattern.matcher(header);
    if (!matcher.find()) {
      throw new IOException("a NumPy header lacks " + pattern);
    }
    return matcher.group(1);
  }
}
