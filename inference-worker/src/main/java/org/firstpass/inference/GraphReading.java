package org.firstpass.inference;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Walks through the protobuf of an ONNX file without taking in its weights: who is called, and
 * which weights lie elsewhere. The runtime tells neither before it has loaded them.
 *
 * @see <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto, IR version
 *     10</a>
 */
final class GraphReading {
  /** Domains of operators that ONNX or the runtime itself defines. */
  private static final Set<String> KNOWN_DOMAINS =
      Set.of(
          "",
          "ai.onnx",
          "ai.onnx.ml",
          "ai.onnx.preview",
          "com.microsoft",
          "com.microsoft.nchwc",
          "com.ms.internal.nhwc");

  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;
  private static final int LONGEST_TEXT = 1 << 16;

  private final InputStream in;
  private final Set<String> externalFiles = new TreeSet<>();
  private final Set<String> operators = new TreeSet<>();
  private final Set<String> functions = new HashSet<>();
  private boolean graphSeen;

  private GraphReading(InputStream in) {
    this.in = in;
  }

  static GraphReading of(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      var reading = new GraphReading(in);
      reading.message(Files.size(file), reading::model);
      if (!reading.graphSeen) {
        throw new IOException("there is no graph in it");
      }
      return reading;
    }
  }

  Set<String> externalFiles() {
    return externalFiles;
  }

  /** Operators that nobody here defines, {@code domain:name}. */
  Set<String> foreignOperators() {
    var foreign = new TreeSet<String>();
    for (String operator : operators) {
      String domain = operator.substring(0, operator.indexOf(':'));
      if (!KNOWN_DOMAINS.contains(domain) && !functions.contains(operator)) {
        foreign.add(operator);
      }
    }
    return foreign;
  }

  /** Takes a field of known length in, or returns false to have it skipped. */
  private interface Field {
    boolean take(int number, long length) throws IOException;
  }

  private boolean model(int number, long length) throws IOException {
    if (number == 7) {
      graphSeen = true;
      message(length, this::graph);
      return true;
    }
    return number == 25 && named(length, 1, 10, 7, functions);
  }

  private boolean graph(int number, long length) throws IOException {
    switch (number) {
      case 1 -> node(length);
      case 5 -> message(length, this::tensor);
      case 15 -> message(length, this::sparseTensor);
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean node(long length) throws IOException {
    return named(length, 4, 7, 5, operators);
  }

  /** A node or a function: its name and domain, and what it contains. */
  private boolean named(long length, int name, int domain, int inner, Set<String> names)
      throws IOException {
    var found = new String[] {"", ""};
    message(
        length,
        (number, bytes) -> {
          if (number == name || number == domain) {
            found[number == name ? 1 : 0] = text(bytes);
            return true;
          }
          if (number != inner) {
            return false;
          }
          return names == functions ? node(bytes) : attribute(bytes);
        });
    names.add(found[0] + ":" + found[1]);
    return true;
  }

  private boolean attribute(long length) throws IOException {
    message(
        length,
        (number, bytes) -> {
          switch (number) {
            case 5, 10 -> message(bytes, this::tensor);
            case 6, 11 -> message(bytes, this::graph);
            case 22, 23 -> message(bytes, this::sparseTensor);
            default -> {
              return false;
            }
          }
          return true;
        });
    return true;
  }

  private boolean sparseTensor(int number, long length) throws IOException {
    if (number != 1 && number != 2) {
      return false;
    }
    message(length, this::tensor);
    return true;
  }

  private boolean tensor(int number, long length) throws IOException {
    if (number != 13) {
      return false;
    }
    var entry = new String[] {"", ""};
    message(
        length,
        (field, bytes) -> {
          if (field != 1 && field != 2) {
            return false;
          }
          entry[field - 1] = text(bytes);
          return true;
        });
    if (entry[0].equals("location")) {
      externalFiles.add(entry[1]);
    }
    return true;
  }

  private void message(long length, Field field) throws IOException {
    long left = length;
    while (left > 0) {
      Varint tag = varint();
      left -= tag.bytes();
      int wire = (int) (tag.value() & 7);
      long size;
      switch (wire) {
        case VARINT -> {
          left -= varint().bytes();
          continue;
        }
        case FIXED64 -> size = Long.BYTES;
        case FIXED32 -> size = Integer.BYTES;
        case BYTES -> {
          Varint stated = varint();
          left -= stated.bytes();
          size = stated.value();
        }
        default -> throw new IOException("a field has wire type " + wire);
      }
      left -= size;
      if (size < 0 || left < 0) {
        throw new IOException("a field is longer than what holds it");
      }
      if (wire != BYTES || !field.take((int) (tag.value() >>> 3), size)) {
        in.skipNBytes(size);
      }
    }
    if (left < 0) {
      throw new IOException("a field is longer than what holds it");
    }
  }

  private record Varint(long value, int bytes) {}

  private Varint varint() throws IOException {
    long value = 0;
    for (int count = 0; count < 10; count++) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("it ends early");
      }
      value |= (long) (next & 0x7f) << (7 * count);
      if (next < 0x80) {
        return new Varint(value, count + 1);
      }
    }
    throw new IOException("a number is longer than 10 bytes");
  }

  private String text(long length) throws IOException {
    if (length > LONGEST_TEXT) {
      throw new IOException("a name has " + length + " bytes");
    }
    byte[] bytes = in.readNBytes((int) length);
    if (bytes.length < length) {
      throw new EOFException("it ends early");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
