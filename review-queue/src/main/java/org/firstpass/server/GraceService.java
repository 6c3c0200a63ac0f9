package org.firstpass.server;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.firstpass.correction.GraceDesk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for decisions whose grace is over; every process does, and each decision ends once. */
final class GraceService implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GraceService.class);
  private static final long EVERY_MILLIS = 500;

  private final GraceDesk desk;
  private final ScheduledExecutorService chores =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            var thread = new Thread(task, "grace");
            thread.setDaemon(true);
            return thread;
          });

  GraceService(GraceDesk desk) {
    this.desk = desk;
  }

  void start() {
    chores.scheduleWithFixedDelay(this::acceptDue, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void acceptDue() {
    try {
      desk.acceptDue();
    } catch (RuntimeException e) {
      // An executor forgets a chore that threw; the database may be back the next time.
      LOG.warn("no decision becomes final for a moment", e);
    }
  }

  @Override
  public void close() {
    chores.shutdown();
    try {
      if (!chores.awaitTermination(5, TimeUnit.SECONDS)) {
        chores.shutdownNow();
      }
    } catch (InterruptedException e) {
      chores.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
