package org.firstpass.dataset;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A tar file in the ustar form, the same bytes for the same files: no times, no owners.
 *
 * @see "POSIX.1-1988, ustar interchange format"
 */
final class TarWriter {
  private static final int BLOCK = 512;
  private static final int LONGEST_NAME = 100;
  private static final int CHECKSUM_AT = 148;
  private static final long LARGEST = (1L << 33) - 1;

  private final OutputStream out;

  TarWriter(OutputStream out) {
    this.out = out;
  }

  void file(String name, Path content) throws IOException {
    long size = Files.size(content);
    out.write(header(name, size));
    Files.copy(content, out);
    pad(size);
  }

  void file(String name, byte[] content) throws IOException {
    out.write(header(name, content.length));
    out.write(content);
    pad(content.length);
  }

  /** Two empty blocks; the stream is left open. */
  void end() throws IOException {
    out.write(new byte[2 * BLOCK]);
  }

  private void pad(long size) throws IOException {
    out.write(new byte[(int) ((BLOCK - size % BLOCK) % BLOCK)]);
  }

  private static byte[] header(String name, long size) {
    byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
    if (bytes.length > LONGEST_NAME || size > LARGEST) {
      throw new IllegalArgumentException(name + " of " + size + " bytes does not fit into a tar");
    }
    var header = new byte[BLOCK];
    System.arraycopy(bytes, 0, header, 0, bytes.length);
    put(header, 100, "0000644\0");
    put(header, 108, "0000000\0");
    put(header, 116, "0000000\0");
    put(header, 124, String.format(Locale.ROOT, "%011o\0", size));
    put(header, 136, "00000000000\0");
    put(header, CHECKSUM_AT, "        ");
    put(header, 156, "0");
    put(header, 257, "ustar\000000");
    int sum = 0;
    for (byte one : header) {
      sum += one & 0xff;
    }
    put(header, CHECKSUM_AT, String.format(Locale.ROOT, "%06o\0 ", sum));
    return header;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
