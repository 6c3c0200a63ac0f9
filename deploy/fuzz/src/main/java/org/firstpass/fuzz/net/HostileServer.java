package org.firstpass.fuzz.net;

import static org.firstpass.fuzz.net.Wire.ascii;
import static org.firstpass.fuzz.net.Wire.bigEndian;
import static org.firstpass.fuzz.net.Wire.item;
import static org.firstpass.fuzz.net.Wire.join;
import static org.firstpass.fuzz.net.Wire.number;
import static org.firstpass.fuzz.net.Wire.text;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server that answers proposals and requests as an input says, and resets the connection when the
 * input is used up. Safe for use by several threads.
 */
final class HostileServer {
  /** Then the client waits, too, and is answered whatever comes next. */
  private static final int SHORT_MS = 5;

  private static final int FIRST_ITEM = 68;
  private static final List<Integer> STATUSES =
      List.of(0x0000, 0x0000, 0xFF00, 0xFF01, 0xB000, 0xA700, 0x0122, 0x0211, 0xFE00, 0xC000);

  private final ServerSocket listener;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            var thread = new Thread(task, "hostile-server");
            thread.setDaemon(true);
            return thread;
          });
  private volatile byte[] input = new byte[0];

  HostileServer() {
    try {
      listener = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** What it answers from now on. */
  void behave(byte[] answers) {
    input = answers;
  }

  private void accept() {
    while (true) {
      try {
        Socket client = listener.accept();
        threads.execute(() -> serve(client));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void serve(Socket client) {
    var choices = new Choices(input);
    try (client) {
      client.setTcpNoDelay(true);
      client.setSoLinger(true, 0);
      var in = new DataInputStream(client.getInputStream());
      Pdu proposal = Pdu.read(in);
      if (choices.oneIn(4)) {
        client.getOutputStream().write(choices.rest());
      } else {
        client.getOutputStream().write(answer(choices, proposal));
      }
      client.setSoTimeout(SHORT_MS);
      while (!choices.isEmpty()) {
        if (isAsked(in)) {
          client.getOutputStream().write(response(choices));
        }
      }
    } catch (IOException e) {
      // The client went away.
    }
  }

  /** What a client sent. */
  private record Pdu(int type, ByteBuffer body) {
    static Pdu read(DataInputStream in) throws IOException {
      int type = in.readUnsignedByte();
      in.readByte();
      return new Pdu(type, ByteBuffer.wrap(in.readNBytes(in.readInt())));
    }

    /** Whether a message, or something shorter, ends with it. */
    boolean isWhole() {
      return type != Wire.P_DATA_TF || (body.get(5) & Wire.LAST) != 0;
    }
  }

  /** Whether the client has asked something, or waits. */
  private static boolean isAsked(DataInputStream in) throws IOException {
    try {
      return Pdu.read(in).isWhole();
    } catch (SocketTimeoutException e) {
      return true;
    }
  }

  /** Accepts all contexts that were proposed, more or less. */
  private static byte[] answer(Choices choices, Pdu proposal) {
    var contexts = new ByteArrayOutputStream();
    ByteBuffer body = proposal.body().position(FIRST_ITEM);
    while (body.remaining() >= 4) {
      int type = body.get();
      body.get();
      ByteBuffer item = body.slice().position(2).limit(2 + body.getShort());
      body.position(body.position() + item.remaining());
      if (type == 0x20) {
        contexts.writeBytes(context(choices, item));
      }
    }
    int most = choices.oneIn(8) ? choices.number() : 16_384;
    byte[] user =
        join(
            item(choices, 0x51, bigEndian(most, 4)),
            item(choices, 0x52, ascii("2.25.1")),
            choices.oneIn(8) ? item(choices, 0x53, choices.bytes(4)) : new byte[0],
            choices.oneIn(8) ? item(choices, choices.octet(), choices.bytes(12)) : new byte[0]);
    byte[] all =
        join(
            new byte[] {0, 1, 0, 0},
            ascii("%-16s%-16s".formatted("HOSTILE", "FIRSTPASS")),
            new byte[32],
            item(choices, 0x10, ascii(Wire.APPLICATION_CONTEXT)),
            contexts.toByteArray(),
            item(choices, 0x50, user));
    int type = choices.oneIn(24) ? 1 + choices.below(7) : Wire.ASSOCIATE_AC;
    return Wire.pdu(type, choices.length(all.length), all);
  }

  private static byte[] context(Choices choices, ByteBuffer proposed) {
    int id = choices.oneIn(24) ? choices.octet() : proposed.get();
    int result = choices.oneIn(24) ? choices.below(6) : 0;
    String all = StandardCharsets.ISO_8859_1.decode(proposed).toString();
    String syntax = all.contains(Proposal.EXPLICIT) ? Proposal.EXPLICIT : Proposal.IMPLICIT;
    byte[] accepted =
        choices.oneIn(24)
            ? new byte[0]
            : item(choices, 0x40, ascii(choices.oneIn(24) ? "1.2.3" : syntax));
    return item(choices, 0x21, join(new byte[] {(byte) id, 0, (byte) result, 0}, accepted));
  }

  private static byte[] response(Choices choices) {
    if (choices.oneIn(16)) {
      return Wire.pdu(choices.octet() % 9, choices.length(4), choices.bytes(4));
    }
    int context = choices.oneIn(24) ? choices.octet() : 1;
    int field = choices.oneIn(12) ? choices.number() : 0x8000 | requests(choices);
    boolean data = choices.oneIn(3);
    byte[] command =
        join(
            text(0x0002, choices.oneIn(4) ? "1.2.840.10008.1.20.1" : "1.2.840.10008.1.1"),
            number(0x0100, field),
            number(0x0110, choices.octet()),
            number(0x0120, choices.oneIn(16) ? choices.octet() : 1),
            number(0x0800, data ? 0 : 0x0101),
            number(0x0900, choices.of(STATUSES)),
            number(0x1002, 1 + choices.below(3)));
    byte[] sent = fragment(choices, context, Wire.COMMAND, command);
    return data ? join(sent, fragment(choices, context, 0, dataSet(choices))) : sent;
  }

  private static int requests(Choices choices) {
    return choices.of(List.of(0x0001, 0x0020, 0x0030, 0x0100, 0x0110, 0x0130, 0x0140));
  }

  private static byte[] dataSet(Choices choices) {
    byte[] whole = choices.bytes(choices.octet());
    return choices.oneIn(2) ? join(text(0x0008_0018, "2.25.5"), whole) : whole;
  }

  private static byte[] fragment(Choices choices, int context, int kind, byte[] value) {
    int control = choices.oneIn(48) ? choices.octet() : kind | Wire.LAST;
    byte[] fragment = Wire.fragment(choices.length(value.length + 2), context, control, value);
    return Wire.pdu(Wire.P_DATA_TF, choices.length(fragment.length), fragment);
  }
}
