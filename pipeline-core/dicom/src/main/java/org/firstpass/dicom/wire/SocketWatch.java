package org.firstpass.dicom.wire;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections that are open, and a thread of its own that cuts those that are overdue. It does
 * nothing that could wait for a peer. Safe for use by several threads.
 */
public final class SocketWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SocketWatch.class);

  /** How often it looks, as a part of the time to stall. */
  private static final int LOOKS = 20;

  private final Set<GuardedSocket> open = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService thread;

  public SocketWatch(Bounds bounds) {
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              var watch = new Thread(task, "dicom-watch");
              watch.setDaemon(true);
              return watch;
            });
    Duration shortest =
        bounds.stall().compareTo(bounds.associate()) < 0 ? bounds.stall() : bounds.associate();
    long tick = Math.max(1, shortest.toMillis() / LOOKS);
    var unused = thread.scheduleWithFixedDelay(this::look, tick, tick, TimeUnit.MILLISECONDS);
  }

  /** How many connections are open. */
  public int count() {
    return open.size();
  }

  void add(GuardedSocket socket) {
    open.add(socket);
  }

  void remove(GuardedSocket socket) {
    open.remove(socket);
  }

  private void look() {
    long now = System.nanoTime();
    for (GuardedSocket socket : open) {
      if (socket.isOverdue(now)) {
        LOG.warn("the connection of {} is cut: its time is up", socket.getInetAddress());
        socket.cut();
      }
    }
  }

  /** Cuts whatever is still open. */
  @Override
  public void close() {
    thread.shutdownNow();
    open.forEach(GuardedSocket::cut);
  }
}
