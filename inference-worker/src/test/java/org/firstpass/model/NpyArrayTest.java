package org.firstpass.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NpyArrayTest {
  @TempDir private Path folder;

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    var array = new NpyArray(List.of(1, 2, 3), new float[] {0, -1.5f, 2, 3e10f, 4, 5});
    for (String name : List.of("a.npy", "a.npy.gz")) {
      array.write(folder.resolve(name));
      NpyArray read = NpyArray.read(folder.resolve(name));
      assertEquals(array.shape(), read.shape());
      assertArrayEquals(array.values(), read.values());
    }
    assertEquals(0, (Files.size(folder.resolve("a.npy")) - 6 * Float.BYTES) % 64);
  }

  @Test
  void halfPrecisionIsReadExactly() throws IOException {
    short[] halves = {0x3c00, (short) 0xc000, 0x0001, 0x7bff, 0x7c00, 0x3555};
    ByteBuffer data = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    for (short half : halves) {
      data.putShort(half);
    }
    Path file = file("<f2", "(6,)", "False", data.array());
    assertArrayEquals(
        new float[] {1, -2, 0x1p-24f, 65504, Float.POSITIVE_INFINITY, 0.333251953125f},
        NpyArray.read(file).values());
  }

  @Test
  void bytesAreUnsigned() throws IOException {
    Path file = file("|u1", "(1, 2)", "False", new byte[] {1, (byte) 200});
    assertArrayEquals(new float[] {1, 200}, NpyArray.read(file).values());
  }

  @Test
  void whatCannotBeReadIsRefused() throws IOException {
    Path fortran = file("<f4", "(1,)", "True", new byte[4]);
    assertThrows(IOException.class, () -> NpyArray.read(fortran));
    Path strings = file("<U4", "(1,)", "False", new byte[16]);
    assertThrows(IOException.class, () -> NpyArray.read(strings));
    Path cut = file("<f4", "(2,)", "False", new byte[4]);
    assertThrows(IllegalArgumentException.class, () -> NpyArray.read(cut));
    Path other = Files.writeString(folder.resolve("other.npy"), "something else");
    assertThrows(IOException.class, () -> NpyArray.read(other));
  }

  private Path file(String type, String shape, String fortran, byte[] data) throws IOException {
    String header =
        "{'descr': '" + type + "', 'fortran_order': " + fortran + ", 'shape': " + shape + ", }\n";
    var out = new ByteArrayOutputStream();
    out.write(0x93);
    out.writeBytes("NUMPY".getBytes(StandardCharsets.US_ASCII));
    out.write(1);
    out.write(0);
    out.write(header.length());
    out.write(0);
    out.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(data);
    Path file = Files.createTempFile(folder, "array", ".npy");
    return Files.write(file, out.toByteArray());
  }
}
