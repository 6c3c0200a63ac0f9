package org.firstpass.dicom.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.dcm4che3.net.pdu.AAbort;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedSocketTest {
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Bounds BOUNDS = new Bounds(LONG, LONG, LONG);
  private static final byte[] RELEASE = {5, 0, 0, 0, 0, 4, 0, 0, 0, 0};

  private final SocketWatch watch = new SocketWatch(BOUNDS);

  @AfterEach
  void end() {
    watch.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7, 10, 1000})
  void whatAPeerSendsPassesUnchangedInWhateverPieces(int piece) throws IOException {
    byte[] command = {0, 0, 0, 1, 2, 0, 0, 0, 0x30, 0, 0, 0, 0, 8, 2, 0, 0, 0, 1, 1};
    byte[] first = data(1, 1, java.util.Arrays.copyOf(command, 9));
    byte[] last = data(1, 3, java.util.Arrays.copyOfRange(command, 9, command.length));
    ByteBuffer all = ByteBuffer.allocate(first.length + last.length + RELEASE.length);
    all.put(first).put(last).put(RELEASE);
    try (var socket = guarded(new Pieces(all.array(), piece), 0)) {
      assertArrayEquals(all.array(), socket.getInputStream().readAllBytes());
    }
  }

  @Test
  void aFragmentLongerThanItsPduIsRefused() throws IOException {
    byte[] lying = data(1, 3, new byte[8]);
    lying[9]++;
    try (var socket = guarded(new Pieces(lying, 1000), 0)) {
      assertThrows(AAbort.class, () -> socket.getInputStream().readAllBytes());
    }
  }

  @Test
  void theDataSetOfAResponseIsAsLongAsItMayBe() throws IOException {
    byte[] command = {0, 0, 0, 1, 2, 0, 0, 0, 0x20, (byte) 0x80, 0, 0, 0, 8, 2, 0, 0, 0, 0, 0};
    ByteBuffer all = ByteBuffer.allocate(12 + command.length + 2 * (12 + 8));
    all.put(data(1, 3, command)).put(data(1, 0, new byte[8])).put(data(1, 2, new byte[8]));
    try (var socket = guarded(new Pieces(all.array(), 7), 16)) {
      assertEquals(all.capacity(), socket.getInputStream().readAllBytes().length);
    }
    try (var socket = guarded(new Pieces(all.array(), 7), 15)) {
      assertThrows(AAbort.class, () -> socket.getInputStream().readAllBytes());
    }
  }

  @Test
  void anAbortThatCannotBeWrittenIsNoFailure() throws IOException {
    byte[] abort = {7, 0, 0, 0, 0, 4, 0, 0, 2, 0};
    try (var socket = guarded(new Pieces(new byte[0], 1), 0)) {
      assertThrows(IOException.class, () -> socket.getOutputStream().write(RELEASE));
      socket.getOutputStream().write(abort);
      assertEquals(1, watch.count());
    }
    assertEquals(0, watch.count());
  }

  @Test
  void aSocketWhoseTimeIsUpIsCut() throws IOException {
    var quick = new Bounds(Duration.ofMillis(20), LONG, LONG);
    var tcp = new Pieces(new byte[0], 1);
    try (var looking = new SocketWatch(quick);
        var socket = new GuardedSocket(tcp, Layer.PLAIN, 0, quick, looking)) {
      socket.cutAfter(Duration.ZERO);
      while (looking.count() > 0) {
        Thread.onSpinWait();
      }
      assertTrue(tcp.closed);
    }
  }

  private GuardedSocket guarded(Pieces tcp, int longestResponse) throws IOException {
    return new GuardedSocket(tcp, Layer.PLAIN, longestResponse, BOUNDS, watch);
  }

  private static byte[] data(int context, int control, byte[] value) {
    ByteBuffer pdu = ByteBuffer.allocate(12 + value.length);
    pdu.put((byte) 4).put((byte) 0).putInt(6 + value.length);
    pdu.putInt(2 + value.length).put((byte) context).put((byte) control).put(value);
    return pdu.array();
  }

  /** A connection that brings bytes in pieces and takes none. */
  private static final class Pieces extends Socket {
    private final byte[] bytes;
    private final int piece;
    volatile boolean closed;

    Pieces(byte[] bytes, int piece) {
      this.bytes = bytes;
      this.piece = piece;
    }

    @Override
    public InputStream getInputStream() {
      return new ByteArrayInputStream(bytes) {
        @Override
        public synchronized int read(byte[] target, int offset, int length) {
          return super.read(target, offset, Math.min(length, piece));
        }
      };
    }

    @Override
    public OutputStream getOutputStream() {
      return new OutputStream() {
        @Override
        public void write(int octet) throws IOException {
          throw new IOException("the peer is gone");
        }
      };
    }

    @Override
    public void setTcpNoDelay(boolean on) {
      // There is no network.
    }

    @Override
    public void setSoTimeout(int millis) {
      // There is no network.
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
