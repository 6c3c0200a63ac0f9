package org.firstpass.dicom.wire;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to a peer, with or without TLS, whose PDUs pass {@link PduInput}. A {@link
 * SocketWatch} cuts it if its time is up, or if the peer does not take what is written: nothing
 * else ends a write.
 *
 * <p>Safe for one reading and one writing thread at a time; may be closed and cut by any.
 */
public final class GuardedSocket extends Socket {
  /** Of what we ask; more than any answer that was met. */
  private static final int LONGEST_RESPONSE = 8 << 20;

  private static final int ABORT = 7;
  private static final int ABORT_LENGTH = 10;
  private static final Logger LOG = LoggerFactory.getLogger(GuardedSocket.class);

  private final Socket tcp;
  private final Socket spoken;
  private final Bounds bounds;
  private final SocketWatch watch;
  private final InputStream in;
  private final OutputStream out;

  /** When it is cut, whatever happens on it; null: not for its time. */
  private volatile @Nullable Long until;

  /** Since when a write waits; null: none does. */
  private volatile @Nullable Long writingSince;

  /**
   * @param longestResponse of the data set of a response, in bytes
   */
  GuardedSocket(Socket tcp, Layer layer, int longestResponse, Bounds bounds, SocketWatch watch)
      throws IOException {
    this.tcp = tcp;
    this.spoken = layer.on(tcp);
    this.bounds = bounds;
    this.watch = watch;
    this.in = new PduInput(layer.received(spoken.getInputStream()), longestResponse, bounds);
    this.out = new TimedOutput(spoken.getOutputStream());
    tcp.setTcpNoDelay(true);
    tcp.setSoTimeout(bounds.silenceMillis());
    watch.add(this);
  }

  /**
   * Connects to a peer, and shakes hands if it speaks TLS.
   *
   * @param connectMillis 0: as long as the network takes
   */
  public static GuardedSocket connect(
      InetSocketAddress peer, int connectMillis, Layer layer, Bounds bounds, SocketWatch watch)
      throws IOException {
    var tcp = new Socket();
    try {
      tcp.connect(peer, connectMillis);
      var socket = new GuardedSocket(tcp, layer, LONGEST_RESPONSE, bounds, watch);
      socket.shakeHands();
      return socket;
    } catch (IOException | RuntimeException e) {
      tcp.close();
      throw e;
    }
  }

  /** Shakes hands if it is a TLS socket, within the time for that. */
  void shakeHands() throws IOException {
    if (spoken instanceof SSLSocket tls) {
      cutAfter(bounds.associate());
      tls.startHandshake();
      until = null;
    }
  }

  /** What was agreed on in the TLS handshake; empty without TLS. */
  public Optional<SSLSession> tlsSession() {
    return spoken instanceof SSLSocket tls ? Optional.of(tls.getSession()) : Optional.empty();
  }

  /** Cuts it after a while, whatever happens on it then. */
  public void cutAfter(Duration time) {
    until = System.nanoTime() + time.toNanos();
  }

  /** Ends it at once, and with it every read and write that waits. */
  public void cut() {
    try {
      tcp.close();
    } catch (IOException e) {
      LOG.debug("a connection was not closed cleanly: {}", e.getMessage());
    }
    watch.remove(this);
  }

  boolean isOverdue(long now) {
    Long end = until;
    Long start = writingSince;
    return end != null && now - end >= 0
        || start != null && now - start >= bounds.stall().toNanos();
  }

  @Override
  public InputStream getInputStream() {
    return in;
  }

  @Override
  public OutputStream getOutputStream() {
    return out;
  }

  @Override
  public void close() throws IOException {
    // The end of TLS is written, too.
    writingSince = System.nanoTime();
    try {
      spoken.close();
    } finally {
      cut();
    }
  }

  @Override
  public boolean isClosed() {
    return tcp.isClosed();
  }

  @Override
  public boolean isConnected() {
    return tcp.isConnected();
  }

  @Override
  public boolean isBound() {
    return tcp.isBound();
  }

  @Override
  public InetAddress getInetAddress() {
    return tcp.getInetAddress();
  }

  @Override
  public int getPort() {
    return tcp.getPort();
  }

  @Override
  public InetAddress getLocalAddress() {
    return tcp.getLocalAddress();
  }

  @Override
  public int getLocalPort() {
    return tcp.getLocalPort();
  }

  @Override
  public SocketAddress getRemoteSocketAddress() {
    return tcp.getRemoteSocketAddress();
  }

  @Override
  public SocketAddress getLocalSocketAddress() {
    return tcp.getLocalSocketAddress();
  }

  @Override
  public void setSoTimeout(int millis) throws SocketException {
    tcp.setSoTimeout(millis);
  }

  @Override
  public int getSoTimeout() throws SocketException {
    return tcp.getSoTimeout();
  }

  @Override
  public String toString() {
    return spoken.toString();
  }

  /** Notes since when a write waits. */
  private final class TimedOutput extends FilterOutputStream {
    TimedOutput(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      writingSince = System.nanoTime();
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        // The toolkit waits without end for an association to close whose abort was not written.
        if (length != ABORT_LENGTH || bytes[offset] != ABORT) {
          throw e;
        }
      } finally {
        writingSince = null;
      }
    }

    @Override
    public void flush() {
      // Nothing is held back.
    }

    @Override
    public void close() throws IOException {
      GuardedSocket.this.close();
    }
  }
}
