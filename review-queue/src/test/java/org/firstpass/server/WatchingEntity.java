package org.firstpass.server;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.firstpass.dicom.DicomPeer;
import org.firstpass.dicom.dataset.DataSet;
import org.firstpass.server.RawAssociation.Message;
import org.firstpass.ups.UpsAttribute;

/** Application entities on one port that take event reports, each under the title it is called. */
final class WatchingEntity implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 30;

  private final ServerSocket listener;
  private final Map<String, BlockingQueue<Message>> heard = new ConcurrentHashMap<>();
  private final Map<String, Integer> answers = new ConcurrentHashMap<>();
  volatile String lastProposal = "";

  /**
   * @param port 0 for any free one
   */
  WatchingEntity(int port) {
    try {
      listener = new ServerSocket(port, 10, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var thread = new Thread(this::listen, "watching-entity");
    thread.setDaemon(true);
    thread.start();
  }

  DicomPeer peer(String title) {
    return peer(title, port());
  }

  /** One that will listen there. */
  static DicomPeer peer(String title, int port) {
    return new DicomPeer("127.0.0.1", port, title, "FIRSTPASS_WL");
  }

  int port() {
    return listener.getLocalPort();
  }

  /** From now on reports to a title are answered with this status. */
  void answer(String title, int status) {
    answers.put(title, status);
  }

  private void listen() {
    while (!listener.isClosed()) {
      try (RawAssociation association = RawAssociation.accept(listener.accept())) {
        lastProposal = association.proposal();
        take(association, association.called());
      } catch (IOException e) {
        // The next one may be better; when the listener is closed, there is none.
      }
    }
  }

  private void take(RawAssociation association, String title) throws IOException {
    Optional<Message> message = association.receive();
    while (message.isPresent()) {
      Message report = message.get();
      int status = answers.getOrDefault(title, 0);
      queue(title).add(report);
      association.send(
          report.context(),
          Map.of(0x0100, 0x8100, 0x0120, report.number(0x0110), 0x0900, status),
          null);
      message = association.receive();
    }
  }

  private BlockingQueue<Message> queue(String title) {
    return heard.computeIfAbsent(title, any -> new LinkedBlockingQueue<>());
  }

  Message next(String title) {
    try {
      Message message = queue(title).poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertNotNull(message, "an event report to " + title + " was expected, none came");
      return message;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The next one in short: event type, workitem and, of a state report, the state. */
  String nextInShort(String title) {
    Message message = next(title);
    DataSet data = message.data();
    String state = data == null ? "" : data.text(UpsAttribute.STATE).orElse("");
    return message.number(0x1002)
        + " "
        + message.text(0x1000)
        + (state.isEmpty() ? "" : " " + state);
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
