package org.firstpass.volume;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * A gzip stream whose blocks are compressed in parallel, as pigz does.
 *
 * <p>Block boundaries do not depend on the number of threads, and the header has no time and no
 * operating system, so the same input gives the same bytes. Not safe for use by several threads.
 *
 * @see "RFC 1952"
 */
final class ParallelGzipStream extends OutputStream {
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
  private static final int BLOCK_BYTES = 1 << 19;

  /** The budget is time: level 1 is three times as fast as 6 and 10 % larger on CT. */
  private static final int LEVEL = 1;

  private final OutputStream out;
  private final Deque<CompletableFuture<byte[]>> pending = new ArrayDeque<>();
  private final int mostPending = 2 * Runtime.getRuntime().availableProcessors();
  private final CRC32 checksum = new CRC32();
  private byte[] block = new byte[BLOCK_BYTES];
  private int filled;
  private long length;
  private boolean closed;

  ParallelGzipStream(OutputStream out) throws IOException {
    this.out = out;
    out.write(HEADER);
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] source, int from, int count) throws IOException {
    checksum.update(source, from, count);
    length += count;
    int at = from;
    int end = from + count;
    while (at < end) {
      if (filled == BLOCK_BYTES) {
        submit(false);
      }
      int taken = Math.min(end - at, BLOCK_BYTES - filled);
      System.arraycopy(source, at, block, filled, taken);
      filled += taken;
      at += taken;
    }
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (out) {
      submit(true);
      while (!pending.isEmpty()) {
        writeOldest();
      }
      ByteBuffer trailer = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      out.write(trailer.putInt((int) checksum.getValue()).putInt((int) length).array());
    }
  }

  private void submit(boolean last) throws IOException {
    byte[] input = block;
    int count = filled;
    block = new byte[BLOCK_BYTES];
    filled = 0;
    pending.add(CompletableFuture.supplyAsync(() -> deflate(input, count, last)));
    if (pending.size() > mostPending) {
      writeOldest();
    }
  }

  private void writeOldest() throws IOException {
    try {
      out.write(pending.remove().join());
    } catch (CompletionException e) {
      throw new IOException("compressing failed", e);
    }
  }

  private static byte[] deflate(byte[] input, int count, boolean last) {
    var deflater = new Deflater(LEVEL, true);
    try {
      deflater.setInput(input, 0, count);
      if (last) {
        deflater.finish();
      }
      byte[] output = new byte[count + count / 1000 + 64];
      int size = 0;
      int flush = last ? Deflater.NO_FLUSH : Deflater.SYNC_FLUSH;
      while (true) {
        int written = deflater.deflate(output, size, output.length - size, flush);
        size += written;
        if (size < output.length) {
          return Arrays.copyOf(output, size);
        }
        output = Arrays.copyOf(output, 2 * output.length);
      }
    } finally {
      deflater.end();
    }
  }
}
