package org.firstpass.dicom;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A peer that speaks the upper layer protocol byte by byte, well or badly. */
final class RawPeer implements AutoCloseable {
  static final int ASSOCIATE_AC = 2;
  static final int ASSOCIATE_RJ = 3;
  static final int P_DATA_TF = 4;
  static final int ABORT = 7;
  static final int COMMAND = 1;
  static final int LAST = 2;
  static final String VERIFICATION = "1.2.840.10008.1.1";
  static final String IMPLICIT = "1.2.840.10008.1.2";

  /** Nothing in a test takes so long; without it a test that fails would hang. */
  private static final int GIVE_UP_MS = 60_000;

  private final Socket socket;

  /** A PDU that came. */
  record Pdu(int type, ByteBuffer body) {
    /** Of a response in its first fragment: its Status (0000,0900). */
    int status() {
      ByteBuffer command = body.duplicate().order(ByteOrder.LITTLE_ENDIAN);
      command.position(6);
      while (command.remaining() >= 8) {
        int tag = command.getShort() << 16 | Short.toUnsignedInt(command.getShort());
        int length = command.getInt();
        if (tag == 0x0900) {
          return Short.toUnsignedInt(command.getShort());
        }
        command.position(command.position() + length);
      }
      throw new AssertionError("a response without a status");
    }
  }

  RawPeer(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(GIVE_UP_MS);
  }

  static RawPeer connect(int port) throws IOException {
    return new RawPeer(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  /** One with an association for one SOP class in Implicit VR, context 1. */
  static RawPeer associated(int port, String sopClass) throws IOException {
    RawPeer peer = connect(port);
    peer.send(associateRequest("RAW", context(1, sopClass, IMPLICIT), 0));
    if (peer.next().orElseThrow().type() != ASSOCIATE_AC) {
      throw new AssertionError("the association was not accepted");
    }
    return peer;
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  OutputStream out() throws IOException {
    return socket.getOutputStream();
  }

  /** The next PDU; empty if the other side has closed. */
  Optional<Pdu> next() throws IOException {
    var in = new DataInputStream(socket.getInputStream());
    try {
      int type = in.readUnsignedByte();
      in.readByte();
      return Optional.of(new Pdu(type, ByteBuffer.wrap(in.readNBytes(in.readInt()))));
    } catch (EOFException | SocketException e) {
      return Optional.empty();
    }
  }

  /** Whether the other side aborts, or closes, whatever it says before. */
  boolean isTurnedAway() throws IOException {
    Optional<Pdu> pdu = next();
    while (pdu.isPresent() && pdu.get().type() == P_DATA_TF) {
      pdu = next();
    }
    return pdu.isEmpty() || pdu.get().type() == ABORT;
  }

  static byte[] associateRequest(String callingAeTitle, byte[] contexts, int mostBytes) {
    byte[] userInformation = join(item(0x51, ints(mostBytes)), item(0x52, ascii("2.25.1")));
    return pdu(
        1,
        new byte[] {0, 1, 0, 0},
        ascii("%-16s%-16s".formatted("FIRSTPASS", callingAeTitle)),
        new byte[32],
        item(0x10, ascii("1.2.840.10008.3.1.1.1")),
        contexts,
        item(0x50, userInformation));
  }

  static byte[] associateAccept(int mostBytes) {
    byte[] userInformation = join(item(0x51, ints(mostBytes)), item(0x52, ascii("2.25.1")));
    return pdu(
        ASSOCIATE_AC,
        new byte[] {0, 1, 0, 0},
        ascii("%-16s%-16s".formatted("HOSTILE", "US")),
        new byte[32],
        item(0x10, ascii("1.2.840.10008.3.1.1.1")),
        item(0x21, join(new byte[] {1, 0, 0, 0}, item(0x40, ascii("1.2.840.10008.1.2.1")))),
        item(0x50, userInformation));
  }

  static byte[] context(int id, String abstractSyntax, String transferSyntax) {
    byte[] head = {(byte) id, 0, 0, 0};
    return item(
        0x20, join(head, item(0x30, ascii(abstractSyntax)), item(0x40, ascii(transferSyntax))));
  }

  static byte[] item(int type, byte[] value) {
    byte[] head = {(byte) type, 0, (byte) (value.length >> 8), (byte) value.length};
    return join(head, value);
  }

  static byte[] pdu(int type, byte[]... parts) {
    byte[] body = join(parts);
    return join(new byte[] {(byte) type, 0}, ints(body.length), body);
  }

  /** A P-DATA-TF with one fragment of context 1. */
  static byte[] fragment(int control, byte[] value) {
    return pdu(P_DATA_TF, ints(value.length + 2), new byte[] {1, (byte) control}, value);
  }

  /**
   * A command set: Affected SOP Class UID, Command Field, Message ID, Data Set Type, and others.
   */
  static byte[] command(String sopClass, int field, boolean dataSet, byte[]... others) {
    return join(
        element(0x0002, even(sopClass)),
        element(0x0100, shorts(field)),
        element(0x0110, shorts(1)),
        element(0x0120, shorts(1)),
        element(0x0800, shorts(dataSet ? 0 : 0x0101)),
        join(others));
  }

  /** An element of a command set. */
  static byte[] element(int number, byte[] value) {
    return element(0, number, value.length, value);
  }

  /** An element in Implicit VR Little Endian, of whatever length it says. */
  static byte[] element(int group, int number, int length, byte[] value) {
    ByteBuffer bytes = ByteBuffer.allocate(8 + value.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putShort((short) group).putShort((short) number).putInt(length).put(value);
    return bytes.array();
  }

  static byte[] shorts(int value) {
    return new byte[] {(byte) value, (byte) (value >> 8)};
  }

  static byte[] even(String text) {
    return ascii(text.length() % 2 == 0 ? text : text + "\0");
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static byte[] join(byte[]... parts) {
    var joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }

  private static byte[] ints(int value) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeInt(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
