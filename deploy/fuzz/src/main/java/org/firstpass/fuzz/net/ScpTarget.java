package org.firstpass.fuzz.net;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.firstpass.fuzz.FuzzTarget;
import org.firstpass.fuzz.Limits;
import org.jspecify.annotations.Nullable;

/**
 * An SCP as a target. The first byte of an input says what the others are: the bytes of a
 * connection, the choices of a proposal and the messages after it, or the choices of messages on an
 * association that goes on from input to input while it can. After every input the SCP has answered
 * or closed; after some it serves an honest peer, and nothing is left open.
 */
final class ScpTarget implements FuzzTarget {
  static final String VERIFICATION = "1.2.840.10008.1.1";
  private static final int C_ECHO_RQ = 0x0030;
  private static final int MOST_MESSAGES = 6;
  private static final int INPUTS_BETWEEN_CHECKS = 1 << 10;
  private static final long THREADS_TO_SPARE = 64;
  private static final long HEAP_TO_SPARE = 48L << 20;
  private static final long PATIENCE_NANOS = 45_000_000_000L;

  private final String name;
  private final String aeTitle;
  private final List<String> sopClasses;
  private final Supplier<Door> opening;
  private final AtomicReference<@Nullable Throwable> uncaught = new AtomicReference<>();
  private @Nullable Session session;
  private long inputs;
  private long heapAtFirst;
  private int threadsAtFirst;

  /**
   * @param sopClasses what it takes; Verification is the last one
   */
  ScpTarget(String name, String aeTitle, List<String> sopClasses, Supplier<Door> opening) {
    this.name = name;
    this.aeTitle = aeTitle;
    this.sopClasses = sopClasses;
    this.opening = opening;
  }

  /** The SCP, and the association that goes on. */
  private static final class Session {
    final Door door;
    final Proposal proposal;
    final Messages messages;
    final byte[] mark;
    @Nullable Client client;

    Session(Door door, String aeTitle, List<String> sopClasses) {
      this.door = door;
      this.proposal = new Proposal(aeTitle, sopClasses);
      this.messages = new Messages(sopClasses);
      this.mark =
          Wire.data(
              2 * sopClasses.size() - 1,
              Wire.COMMAND | Wire.LAST,
              Wire.request(VERIFICATION, C_ECHO_RQ, Client.MARK));
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<byte[]> seeds() {
    byte[] proposal = new Proposal(aeTitle, sopClasses).honest();
    byte[] echo = Wire.request(VERIFICATION, C_ECHO_RQ, 1);
    int context = 2 * sopClasses.size() - 1;
    byte[] whole =
        Wire.join(
            new byte[1],
            proposal,
            Wire.data(context, Wire.COMMAND | Wire.LAST, echo),
            Wire.short4(Wire.RELEASE_RQ));
    byte[] choices = new byte[600];
    for (int i = 0; i < choices.length; i++) {
      choices[i] = (byte) (i * 7 % 251);
    }
    byte[] onNew = choices.clone();
    onNew[0] = 1;
    byte[] onOld = choices.clone();
    onOld[0] = 2;
    byte[] plain = new byte[64];
    plain[0] = 2;
    return List.of(whole, onNew, onOld, plain);
  }

  /** What is made of the choices counts too, and sequences nest. */
  @Override
  public Limits limits(byte[] input) {
    return new Limits(96L << 20, 1024, Duration.ofSeconds(2));
  }

  @Override
  public int longestInput() {
    return 1 << 12;
  }

  @Override
  public void run(byte[] input) throws Exception {
    Session open = session;
    if (open == null) {
      open = new Session(opening.get(), aeTitle, sopClasses);
      session = open;
      Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> uncaught.set(failure));
    }
    var choices = new Choices(input);
    try {
      switch (choices.octet() % 4) {
        case 0 -> connection(open, choices.rest());
        case 1 -> proposed(open, choices);
        default -> messages(open, choices);
      }
    } catch (SocketTimeoutException e) {
      throw new AssertionError("the SCP neither answers nor closes", e);
    }
    Throwable failure = uncaught.getAndSet(null);
    if (failure != null) {
      throw new AssertionError("a thread ended with an exception", failure);
    }
    if (++inputs % INPUTS_BETWEEN_CHECKS == 0) {
      requireAsAtFirst(open);
    }
  }

  private static void connection(Session open, byte[] bytes) throws IOException {
    try (var client = new Client(open.door.port())) {
      client.send(bytes);
      client.closed();
    }
  }

  private static void proposed(Session open, Choices choices) throws IOException {
    try (var client = new Client(open.door.port())) {
      client.send(open.proposal.of(choices));
      client.send(several(open, choices));
      client.closed();
      settle(open, client.statuses());
    }
  }

  private static void messages(Session open, Choices choices) throws IOException {
    Client client = open.client;
    if (client == null) {
      client = associated(open);
      open.client = client;
    }
    client.send(Wire.join(several(open, choices), open.mark));
    Client.End end = client.ended();
    settle(open, client.statuses());
    if (end == Client.End.CLOSED) {
      client.close();
      open.client = null;
    }
  }

  private static Client associated(Session open) throws IOException {
    var client = new Client(open.door.port());
    client.send(open.proposal.honest());
    if (client.begun() != Client.End.ACCEPTED) {
      throw new AssertionError("an honest peer is not let in");
    }
    return client;
  }

  private static byte[] several(Session open, Choices choices) {
    var bytes = new ByteArrayOutputStream();
    for (int message = 1; message <= MOST_MESSAGES && !choices.isEmpty(); message++) {
      bytes.writeBytes(open.messages.next(choices, message));
    }
    return bytes.toByteArray();
  }

  /** What was acknowledged was taken as it was sent, and what was refused was not taken. */
  private static void settle(Session open, Map<Integer, Integer> statuses) {
    for (Messages.Stored stored : open.messages.stores()) {
      Integer status = statuses.get(stored.message());
      byte[] taken = open.door.taken(stored.instance());
      if (status == null) {
        continue;
      }
      if (status == 0 && (taken == null || !stored.isIn(taken))) {
        throw new AssertionError("an acknowledged instance was not taken as it was sent");
      }
      if (status != 0 && taken != null) {
        throw new AssertionError("an instance was taken and refused");
      }
    }
  }

  private void requireAsAtFirst(Session open) throws IOException {
    if (open.client != null) {
      open.client.close();
      open.client = null;
    }
    try (Client honest = associated(open)) {
      honest.send(open.mark);
      if (honest.answered() != Client.End.READY) {
        throw new AssertionError("an honest peer is not served");
      }
    }
    Door door = open.door;
    await("connections", () -> door.openConnections() == 0);
    await("associations", () -> door.openAssociations() == 0);
    await("instances", () -> door.instancesUnderWay() == 0);
    System.gc();
    long heap = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    int threads = Thread.activeCount();
    if (heapAtFirst == 0) {
      heapAtFirst = heap;
      threadsAtFirst = threads;
    } else if (heap > heapAtFirst + HEAP_TO_SPARE) {
      throw new AssertionError(heap + " bytes are kept, at first it were " + heapAtFirst);
    } else if (threads > threadsAtFirst + THREADS_TO_SPARE) {
      throw new AssertionError(threads + " threads live, at first it were " + threadsAtFirst);
    }
  }

  private static void await(String what, BooleanSupplier none) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!none.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(what + " stay open");
      }
      LockSupport.parkNanos(1_000_000);
    }
  }
}
