package org.firstpass.server;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.firstpass.dicom.dataset.DataSet;
import org.firstpass.dicom.dataset.DataSet.Element;
import org.firstpass.dicom.dataset.DataSetSyntax;
import org.firstpass.dicom.dataset.ElementReader;
import org.firstpass.dicom.dataset.ElementReader.Token;
import org.firstpass.dicom.dataset.ElementWriter;
import org.firstpass.dicom.dataset.Value;
import org.firstpass.dicom.dataset.Vr;
import org.jspecify.annotations.Nullable;

/**
 * An association without a toolkit, byte by byte, so that the worklist is not only understood by
 * what it is made of. Data sets go in Explicit VR Little Endian.
 *
 * @see "PS3.7 section 9 and 10, PS3.8 section 9"
 */
final class RawAssociation implements AutoCloseable {
  private static final String EXPLICIT = "1.2.840.10008.1.2.1";
  private static final int ASSOCIATE_RQ = 1;
  private static final int ASSOCIATE_AC = 2;
  private static final int DATA = 4;
  private static final int RELEASE_RQ = 5;
  private static final int RELEASE_RP = 6;
  private static final int COMMAND = 1;
  private static final int LAST = 2;
  private static final int NO_DATA_SET = 0x0101;
  private static final int PATIENCE_MS = 30_000;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final Map<String, Integer> contexts = new TreeMap<>();

  private String proposal = "";

  /** A message: its command by element number of group 0000, and its data set. */
  record Message(int context, Map<Integer, Object> command, @Nullable DataSet data) {
    int number(int element) {
      return (Integer) command.getOrDefault(element, -1);
    }

    String text(int element) {
      return (String) command.getOrDefault(element, "");
    }
  }

  private RawAssociation(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(PATIENCE_MS);
    this.in = new DataInputStream(socket.getInputStream());
    this.out = new DataOutputStream(socket.getOutputStream());
  }

  /**
   * Proposes an association.
   *
   * @throws IOException if it is rejected
   */
  static RawAssociation request(
      Socket socket, String calling, String called, List<String> sopClasses) throws IOException {
    var association = new RawAssociation(socket);
    var body = new ByteArrayOutputStream();
    body.write(head(called, calling));
    for (String sopClass : sopClasses) {
      int id = 2 * association.contexts.size() + 1;
      association.contexts.put(sopClass, id);
      var context = new ByteArrayOutputStream();
      context.write(new byte[] {(byte) id, 0, 0, 0});
      context.write(item(0x30, ascii(sopClass)));
      context.write(item(0x40, ascii(EXPLICIT)));
      body.write(item(0x20, context.toByteArray()));
    }
    body.write(item(0x50, userInformation()));
    association.write(ASSOCIATE_RQ, body.toByteArray());
    int type = association.in.readUnsignedByte();
    association.body();
    if (type != ASSOCIATE_AC) {
      association.close();
      throw new IOException("rejected");
    }
    return association;
  }

  /** Accepts all that a peer proposes, in its roles. */
  static RawAssociation accept(Socket socket) throws IOException {
    var association = new RawAssociation(socket);
    if (association.in.readUnsignedByte() != ASSOCIATE_RQ) {
      throw new IOException("expected a proposal");
    }
    byte[] proposed = association.body();
    association.proposal = new String(proposed, StandardCharsets.ISO_8859_1);
    var body = new ByteArrayOutputStream();
    body.write(proposed, 0, 68);
    byte[] user = userInformation();
    ByteBuffer items = ByteBuffer.wrap(proposed, 68, proposed.length - 68);
    while (items.hasRemaining()) {
      int type = items.getShort() >>> 8;
      byte[] content = new byte[items.getShort()];
      items.get(content);
      if (type == 0x20) {
        var context = new ByteArrayOutputStream();
        context.write(new byte[] {content[0], 0, 0, 0});
        context.write(item(0x40, ascii(EXPLICIT)));
        body.write(item(0x21, context.toByteArray()));
      } else if (type == 0x50) {
        user = joined(user, roles(content));
      } else {
        body.write(item(type, content));
      }
    }
    body.write(item(0x50, user));
    association.write(ASSOCIATE_AC, body.toByteArray());
    return association;
  }

  private static byte[] roles(byte[] user) {
    ByteBuffer items = ByteBuffer.wrap(user);
    byte[] roles = new byte[0];
    while (items.hasRemaining()) {
      int type = items.getShort() >>> 8;
      byte[] content = new byte[items.getShort()];
      items.get(content);
      if (type == 0x54) {
        roles = joined(roles, item(0x54, content));
      }
    }
    return roles;
  }

  private static byte[] head(String called, String calling) {
    ByteBuffer head = ByteBuffer.allocate(68).putShort((short) 1).putShort((short) 0);
    head.put(ascii("%-16s%-16s".formatted(called, calling)));
    return joined(head.array(), item(0x10, ascii("1.2.840.10008.3.1.1.1")));
  }

  private static byte[] userInformation() {
    byte[] length = item(0x51, ByteBuffer.allocate(4).putInt(16384).array());
    return joined(length, item(0x52, ascii("1.2.3.4.5")));
  }

  /** What a peer proposed, byte by byte. */
  String proposal() {
    return proposal;
  }

  /** The AE title that a peer called. */
  String called() {
    return proposal.substring(4, 20).strip();
  }

  void send(String sopClass, Map<Integer, Object> command, @Nullable DataSet data)
      throws IOException {
    send(contexts.get(sopClass), command, data);
  }

  void send(int context, Map<Integer, Object> command, @Nullable DataSet data) throws IOException {
    Map<Integer, Object> all = new TreeMap<>(command);
    all.put(0x0800, data == null ? NO_DATA_SET : 1);
    fragment(context, COMMAND | LAST, commandSet(all));
    if (data != null) {
      var bytes = new ByteArrayOutputStream();
      data.write(new ElementWriter(bytes), uri -> Optional.empty());
      fragment(context, LAST, bytes.toByteArray());
    }
  }

  private void fragment(int context, int header, byte[] bytes) throws IOException {
    ByteBuffer value = ByteBuffer.allocate(6 + bytes.length).putInt(2 + bytes.length);
    value.put((byte) context).put((byte) header).put(bytes);
    write(DATA, value.array());
  }

  private static byte[] commandSet(Map<Integer, Object> command) {
    var elements = new ByteArrayOutputStream();
    command.forEach(
        (element, value) ->
            elements.writeBytes(
                value instanceof Integer number
                    ? element(element, little(2).putShort(number.shortValue()).array())
                    : element(element, ascii(padded((String) value)))));
    byte[] length = element(0, little(4).putInt(elements.size()).array());
    return joined(length, elements.toByteArray());
  }

  private static String padded(String uid) {
    return uid.length() % 2 == 0 ? uid : uid + "\0";
  }

  private static byte[] element(int element, byte[] value) {
    ByteBuffer bytes = little(8 + value.length).putShort((short) 0).putShort((short) element);
    return bytes.putInt(value.length).put(value).array();
  }

  /** The next message; none if the peer released the association. */
  Optional<Message> receive() throws IOException {
    var command = new ByteArrayOutputStream();
    var data = new ByteArrayOutputStream();
    int context = 0;
    boolean last = false;
    while (!last) {
      int type = in.readUnsignedByte();
      byte[] body = body();
      if (type == RELEASE_RQ) {
        write(RELEASE_RP, new byte[4]);
        return Optional.empty();
      }
      if (type != DATA) {
        throw new EOFException("the association ended, PDU type " + type);
      }
      ByteBuffer values = ByteBuffer.wrap(body);
      while (values.hasRemaining()) {
        byte[] bytes = new byte[values.getInt() - 2];
        context = values.get();
        int header = values.get();
        values.get(bytes);
        (header % 2 == COMMAND ? command : data).write(bytes);
        boolean alone =
            header % 2 != COMMAND || parsed(command.toByteArray()).get(0x0800).equals(NO_DATA_SET);
        last = header >= LAST && alone;
      }
    }
    return Optional.of(
        new Message(
            context,
            parsed(command.toByteArray()),
            data.size() == 0 ? null : dataSet(data.toByteArray())));
  }

  private static Map<Integer, Object> parsed(byte[] commandSet) {
    ByteBuffer bytes = ByteBuffer.wrap(commandSet).order(ByteOrder.LITTLE_ENDIAN);
    Map<Integer, Object> command = new TreeMap<>();
    while (bytes.hasRemaining()) {
      bytes.getShort();
      int element = bytes.getShort() & 0xffff;
      byte[] value = new byte[bytes.getInt()];
      bytes.get(value);
      command.put(
          element,
          value.length == 2
              ? (Object) (ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getShort() & 0xffff)
              : new String(value, StandardCharsets.US_ASCII).replace("\0", "").strip());
    }
    return command;
  }

  private static DataSet dataSet(byte[] bytes) throws IOException {
    return dataSet(
        new ElementReader(new ByteArrayInputStream(bytes), DataSetSyntax.EXPLICIT_LITTLE_ENDIAN));
  }

  private static DataSet dataSet(ElementReader reader) throws IOException {
    var set = new DataSet();
    Token token = reader.next();
    while (token == Token.ELEMENT || token == Token.SEQUENCE) {
      int tag = reader.tag();
      if (token == Token.SEQUENCE) {
        List<DataSet> items = new ArrayList<>();
        while (reader.next() == Token.ITEM) {
          items.add(dataSet(reader));
        }
        set.put(tag, Element.of(items));
      } else {
        Vr vr = reader.vr();
        set.put(tag, Element.of(vr, Value.of(reader.value())));
      }
      token = reader.next();
    }
    return set;
  }

  private byte[] body() throws IOException {
    in.readByte();
    return in.readNBytes(in.readInt());
  }

  private void write(int type, byte[] body) throws IOException {
    out.write(
        ByteBuffer.allocate(6 + body.length)
            .put((byte) type)
            .put((byte) 0)
            .putInt(body.length)
            .put(body)
            .array());
    out.flush();
  }

  private static byte[] item(int type, byte[] content) {
    ByteBuffer item = ByteBuffer.allocate(4 + content.length).put((byte) type).put((byte) 0);
    return item.putShort((short) content.length).put(content).array();
  }

  private static byte[] joined(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  void release() throws IOException {
    write(RELEASE_RQ, new byte[4]);
    int type = in.readUnsignedByte();
    if (type != RELEASE_RP) {
      throw new IOException("expected the answer to a release, found PDU type " + type);
    }
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
