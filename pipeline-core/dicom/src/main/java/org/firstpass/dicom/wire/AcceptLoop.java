package org.firstpass.dicom.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens, and gives each connection a thread of its own, in which TLS handshakes too, so that no
 * peer keeps another one out. Connections without an association are few: where one more comes, the
 * one that has waited longest is cut.
 *
 * <p>Safe for use by several threads.
 */
public final class AcceptLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AcceptLoop.class);
  private static final int BACKLOG = 128;

  /**
   * What is asked of those who come in has no data set in its response, and would be read unasked.
   */
  private static final int LONGEST_RESPONSE = 0;

  /** After this the toolkit has told the peer why, and closed. */
  private static final Duration FAREWELL = Duration.ofSeconds(5);

  /** Without file handles or threads; some will be free again. */
  private static final Duration PAUSE = Duration.ofMillis(100);

  /** What is done with a connection, until its association has ended. */
  @FunctionalInterface
  public interface Service {
    void serve(GuardedSocket socket) throws IOException;
  }

  private final ServerSocket server = new ServerSocket();
  private final String name;
  private final Bounds bounds;
  private final int mostWaiting;
  private final SocketWatch watch;
  private final Layer layer;
  private final ExecutorService threads;
  private final Set<GuardedSocket> waiting = new LinkedHashSet<>();

  /**
   * Begins to listen.
   *
   * @param name of its threads
   * @param place port 0: any free one
   * @param layer what is spoken on each connection
   * @param mostWaiting how many connections may be without an association
   * @throws IOException if the address cannot be bound
   */
  public AcceptLoop(
      String name, InetSocketAddress place, Layer layer, Bounds bounds, int mostWaiting)
      throws IOException {
    this.name = name;
    this.bounds = bounds;
    this.mostWaiting = mostWaiting;
    this.layer = layer;
    server.bind(place, BACKLOG);
    this.watch = new SocketWatch(bounds);
    var number = new AtomicInteger();
    this.threads =
        Executors.newCachedThreadPool(task -> daemon(task, name + "-" + number.incrementAndGet()));
  }

  /** The port it listens on. */
  public int port() {
    return server.getLocalPort();
  }

  /** Begins to accept connections. */
  public void start(Service service) {
    daemon(() -> accept(service), name + "-listener").start();
  }

  /** How many connections are open, with an association or without. */
  public int connections() {
    return watch.count();
  }

  /** The connection has an association now, and is no longer one of those that wait. */
  public void associated(GuardedSocket socket) {
    synchronized (waiting) {
      waiting.remove(socket);
    }
  }

  private void accept(Service service) {
    while (!server.isClosed()) {
      try {
        Socket tcp = server.accept();
        admit(tcp, service);
      } catch (IOException | RuntimeException | OutOfMemoryError e) {
        if (!server.isClosed()) {
          LOG.warn("a connection was not accepted: {}", e.toString());
          LockSupport.parkNanos(PAUSE.toNanos());
        }
      }
    }
  }

  private void admit(Socket tcp, Service service) throws IOException {
    try {
      var socket = new GuardedSocket(tcp, layer, LONGEST_RESPONSE, bounds, watch);
      makeRoom(socket);
      threads.execute(() -> serve(socket, service));
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      tcp.close();
      throw e;
    }
  }

  private void makeRoom(GuardedSocket socket) {
    GuardedSocket oldest = null;
    synchronized (waiting) {
      if (waiting.size() >= mostWaiting) {
        oldest = waiting.iterator().next();
        waiting.remove(oldest);
      }
      waiting.add(socket);
    }
    if (oldest != null) {
      LOG.warn(
          "the connection of {} is cut: it has no association, and others wait",
          oldest.getInetAddress());
      oldest.cut();
    }
  }

  private void serve(GuardedSocket socket, Service service) {
    try {
      socket.shakeHands();
      service.serve(socket);
      socket.cutAfter(FAREWELL);
    } catch (IOException e) {
      LOG.warn("the connection of {} failed: {}", socket.getInetAddress(), e.getMessage());
      socket.cut();
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      // The toolkit does not catch errors; without this the connection would stay for ever.
      LOG.error(
          "the connection of {} is cut after {} at {}",
          socket.getInetAddress(),
          e.getClass().getName(),
          e.getStackTrace().length == 0 ? "an unknown place" : e.getStackTrace()[0]);
      socket.cut();
    } finally {
      associated(socket);
    }
  }

  /** Accepts nobody any more; what is open stays open. */
  public void stop() {
    try {
      server.close();
    } catch (IOException e) {
      LOG.debug("a port was not closed cleanly: {}", e.getMessage());
    }
  }

  /** Does what may wait for peers with all of them at once, and waits so long for it. */
  public void atOnce(List<Runnable> tasks, Duration time) throws InterruptedException {
    var unused =
        threads.invokeAll(
            tasks.stream().map(Executors::callable).toList(),
            time.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** Stops, cuts what is open, and waits for its threads. */
  @Override
  public void close() {
    stop();
    watch.close();
    threads.shutdown();
    try {
      if (!threads.awaitTermination(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread daemon(Runnable task, String name) {
    var thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
