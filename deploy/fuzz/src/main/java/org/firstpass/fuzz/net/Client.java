package org.firstpass.fuzz.net;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/**
 * A connection to an SCP, and what comes back on it. It is reset when it is closed, so that no port
 * is kept. Not thread-safe.
 */
final class Client implements AutoCloseable {
  /** The last message of an input, which is honest: its answer says that the SCP is through. */
  static final int MARK = 0x7EEE;

  private static final int SHORT_MS = 30;
  private static final int GIVE_UP_MS = 45_000;

  private final Socket socket;
  private final DataInputStream in;
  private final ByteArrayOutputStream command = new ByteArrayOutputStream();
  private final Map<Integer, Integer> statuses = new HashMap<>();

  Client(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoLinger(true, 0);
    in = new DataInputStream(socket.getInputStream());
  }

  /** How an SCP left the connection. */
  enum End {
    /** It answered the last message. */
    READY,
    /** It let the association begin. */
    ACCEPTED,
    /** It released, rejected, aborted or closed. */
    CLOSED
  }

  /** Sends as much as the other side takes. */
  void send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      // It has closed; reading tells how.
    }
  }

  /** By message, of what was answered since the last call. */
  Map<Integer, Integer> statuses() {
    Map<Integer, Integer> taken = Map.copyOf(statuses);
    statuses.clear();
    return taken;
  }

  /** Reads until the last message is answered, or no answer can come any more. */
  End answered() throws IOException {
    socket.setSoTimeout(GIVE_UP_MS);
    return read(false);
  }

  /** Reads until the association has begun, or not. */
  End begun() throws IOException {
    socket.setSoTimeout(GIVE_UP_MS);
    return read(true);
  }

  /**
   * Reads until the last message is answered. If no answer comes at once, the SCP may wait for more
   * of what was sent, and learns that there is none.
   *
   * @throws SocketTimeoutException if it waits for ever
   */
  End ended() throws IOException {
    socket.setSoTimeout(SHORT_MS);
    try {
      return read(false);
    } catch (SocketTimeoutException e) {
      return closed();
    }
  }

  /** Sends no more, and reads until the SCP closes. */
  End closed() throws IOException {
    socket.setSoTimeout(GIVE_UP_MS);
    try {
      socket.shutdownOutput();
    } catch (SocketException e) {
      return End.CLOSED;
    }
    End end = read(false);
    while (end != End.CLOSED) {
      end = read(false);
    }
    return end;
  }

  private End read(boolean forAcceptance) throws IOException {
    try {
      while (true) {
        int type = in.readUnsignedByte();
        in.readByte();
        byte[] body = in.readNBytes(in.readInt());
        if (type == Wire.ASSOCIATE_AC && forAcceptance) {
          return End.ACCEPTED;
        }
        if (type == Wire.P_DATA_TF) {
          if (answersMark(ByteBuffer.wrap(body))) {
            return End.READY;
          }
        } else if (type != Wire.ASSOCIATE_AC) {
          return End.CLOSED;
        }
      }
    } catch (EOFException | SocketException e) {
      return End.CLOSED;
    }
  }

  private boolean answersMark(ByteBuffer pdu) {
    boolean mark = false;
    while (pdu.remaining() >= 6) {
      byte[] value = new byte[pdu.getInt() - 2];
      pdu.get();
      int control = pdu.get();
      pdu.get(value);
      if ((control & Wire.COMMAND) != 0) {
        command.writeBytes(value);
        if ((control & Wire.LAST) != 0) {
          mark |= note(ByteBuffer.wrap(command.toByteArray()).order(ByteOrder.LITTLE_ENDIAN));
          command.reset();
        }
      }
    }
    return mark;
  }

  /** Notes a status; whether it is that of the last message. */
  private boolean note(ByteBuffer response) {
    int answered = -1;
    int status = -1;
    while (response.remaining() >= 8) {
      int tag = response.getShort() << 16 | Short.toUnsignedInt(response.getShort());
      int length = response.getInt();
      int next = response.position() + length;
      if (tag == 0x0120) {
        answered = Short.toUnsignedInt(response.getShort());
      } else if (tag == 0x0900) {
        status = Short.toUnsignedInt(response.getShort());
      }
      response.position(next);
    }
    statuses.put(answered, status);
    return answered == MARK;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is reset anyway.
    }
  }
}
