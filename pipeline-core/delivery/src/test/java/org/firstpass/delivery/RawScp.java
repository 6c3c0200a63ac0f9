package org.firstpass.delivery;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.firstpass.peer.DimseAddress;
import org.jspecify.annotations.Nullable;

/**
 * A storage SCP of the upper layer's bytes (PS3.8), so that it can behave as no toolkit would: it
 * accepts what is proposed, keeps what it says that it keeps, and answers C-FIND about it.
 */
final class RawScp implements AutoCloseable {
  /** How it treats who calls. */
  enum Manner {
    HONEST,
    /** Rejects every association. */
    REJECTS,
    /** Never answers the association request. */
    IGNORES_ASSOCIATIONS,
    /** Answers A700H, out of resources. */
    BUSY,
    /** Answers C000H, cannot understand. */
    REFUSES,
    /** Takes the object and never answers. */
    HANGS,
    /** Stops reading in the middle of the object. */
    STOPS_READING,
    /** Closes the connection in the middle of the object. */
    CLOSES,
    /** Says success and keeps nothing. */
    LIES
  }

  static final String AE_TITLE = "RAW_SCP";

  private final ServerSocket server;
  private final AtomicReference<Manner> manner;
  private final Map<String, Received> kept = new ConcurrentHashMap<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger stores = new AtomicInteger();
  private final AtomicInteger calls = new AtomicInteger();
  private final Set<String> refusedSyntaxes = ConcurrentHashMap.newKeySet();

  /** An object as it came. */
  @SuppressWarnings("ArrayRecordComponent")
  record Received(String transferSyntax, byte[] dataset) {}

  RawScp(Manner manner) {
    this.manner = new AtomicReference<>(manner);
    try {
      this.server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  DimseAddress address() {
    return new DimseAddress("127.0.0.1", server.getLocalPort(), AE_TITLE, "FIRSTPASS", null);
  }

  void behave(Manner now) {
    manner.set(now);
  }

  /** Does not take presentation contexts in this transfer syntax from now on. */
  void refuse(String transferSyntax) {
    refusedSyntaxes.add(transferSyntax);
  }

  /** Takes them again. */
  void accept(String transferSyntax) {
    refusedSyntaxes.remove(transferSyntax);
  }

  /** SOP Instance UIDs that it keeps. */
  Set<String> kept() {
    return Set.copyOf(kept.keySet());
  }

  /** The objects that it keeps. */
  List<Received> received() {
    return List.copyOf(kept.values());
  }

  /** How many C-STORE requests came whole. */
  int stores() {
    return stores.get();
  }

  /** How many connections came. */
  int calls() {
    return calls.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        calls.incrementAndGet();
        open.add(socket);
        daemon(() -> serve(socket));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private static void daemon(Runnable work) {
    var thread = new Thread(work, "raw-scp");
    thread.setDaemon(true);
    thread.start();
  }

  private void serve(Socket socket) {
    try (socket) {
      new Conversation(socket).run();
    } catch (IOException e) {
      // The other side went.
    } finally {
      open.remove(socket);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  /** One association. */
  private final class Conversation {
    private final DataInputStream in;
    private final DataOutputStream out;
    private final ByteArrayOutputStream command = new ByteArrayOutputStream();
    private final ByteArrayOutputStream object = new ByteArrayOutputStream();
    private final Map<Integer, String> contexts = new HashMap<>();
    private Command request = new Command(new byte[0]);

    Conversation(Socket socket) throws IOException {
      this.in = new DataInputStream(socket.getInputStream());
      this.out = new DataOutputStream(socket.getOutputStream());
    }

    void run() throws IOException {
      while (true) {
        int type = in.readUnsignedByte();
        in.readUnsignedByte();
        int length = in.readInt();
        if (type == 4 && manner.get() == Manner.STOPS_READING && length > 1000) {
          stall();
        }
        byte[] body = in.readNBytes(length);
        switch (type) {
          case 1 -> associate(body);
          case 4 -> data(body);
          case 5 -> pdu(6, new byte[4]);
          default -> {
            return;
          }
        }
      }
    }

    private void associate(byte[] body) throws IOException {
      switch (manner.get()) {
        case REJECTS -> pdu(3, new byte[] {0, 1, 1, 3});
        case IGNORES_ASSOCIATIONS -> stall();
        default -> pdu(2, Negotiation.accept(body, refusedSyntaxes, contexts));
      }
    }

    private void data(byte[] body) throws IOException {
      int at = 0;
      while (at < body.length) {
        int length = Negotiation.number(body, at, 4);
        int context = body[at + 4];
        int control = body[at + 5];
        boolean last = (control & 2) != 0;
        if ((control & 1) != 0) {
          command.write(body, at + 6, length - 2);
          if (last) {
            request = new Command(command.toByteArray());
            command.reset();
          }
        } else {
          object.write(body, at + 6, length - 2);
          if (manner.get() == Manner.CLOSES && object.size() > 500) {
            throw new IOException("closed on purpose");
          }
          if (last) {
            answer(context);
            object.reset();
          }
        }
        at += 4 + length;
      }
    }

    private void answer(int context) throws IOException {
      if (request.field() == Command.C_FIND) {
        find(context);
        return;
      }
      if (request.field() == Command.N_ACTION) {
        reply(context, request.acknowledgement(), null);
        return;
      }
      stores.incrementAndGet();
      switch (manner.get()) {
        case HANGS -> stall();
        case BUSY -> reply(context, request.response(0xA700, false), null);
        case REFUSES -> reply(context, request.response(0xC000, false), null);
        case LIES -> reply(context, request.response(0, false), null);
        default -> {
          String syntax = contexts.getOrDefault(context, "");
          kept.put(request.instance(), new Received(syntax, object.toByteArray()));
          reply(context, request.response(0, false), null);
        }
      }
    }

    private void find(int context) throws IOException {
      for (String instance : kept.keySet()) {
        reply(context, request.response(0xFF00, true), Command.identifier(instance));
      }
      reply(context, request.response(0, false), null);
    }

    private void reply(int context, byte[] message, byte @Nullable [] data) throws IOException {
      pdu(4, pdv(context, 3, message));
      if (data != null) {
        pdu(4, pdv(context, 2, data));
      }
    }

    private byte[] pdv(int context, int control, byte[] content) throws IOException {
      var bytes = new ByteArrayOutputStream();
      var data = new DataOutputStream(bytes);
      data.writeInt(content.length + 2);
      data.writeByte(context);
      data.writeByte(control);
      data.write(content);
      return bytes.toByteArray();
    }

    private void pdu(int type, byte[] body) throws IOException {
      out.writeByte(type);
      out.writeByte(0);
      out.writeInt(body.length);
      out.write(body);
      out.flush();
    }

    /** Until the server is closed. */
    private void stall() throws IOException {
      synchronized (this) {
        while (!server.isClosed()) {
          try {
            wait(100);
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
        }
      }
      throw new IOException("stalled to the end");
    }
  }
}
