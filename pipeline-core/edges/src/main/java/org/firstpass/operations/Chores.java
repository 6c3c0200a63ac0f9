package org.firstpass.operations;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.firstpass.failure.FirstpassFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a process does again and again beside its work, one chore at a time on a thread of its own.
 * A chore that fails is logged and done again. Thread-safe.
 */
public final class Chores implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Chores.class);
  private static final long END_SECONDS = 10;

  private final ScheduledExecutorService thread;

  /**
   * @param name of the thread
   */
  public Chores(String name) {
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              var made = new Thread(task, name);
              made.setDaemon(true);
              return made;
            });
  }

  /**
   * Does a chore at once, and again so long after each end of it.
   *
   * @param trouble what is amiss while it fails, for the log
   */
  public void every(Duration pause, String trouble, Runnable chore) {
    begin(Duration.ZERO, pause, trouble, chore);
  }

  /** As {@link #every}, for the first time after one pause. */
  public void later(Duration pause, String trouble, Runnable chore) {
    begin(pause, pause, trouble, chore);
  }

  private void begin(Duration first, Duration pause, String trouble, Runnable chore) {
    thread.scheduleWithFixedDelay(
        () -> attempt(trouble, chore), first.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  // An executor forgets a chore that threw; what it needs may be back the next time.
  private static void attempt(String trouble, Runnable chore) {
    try {
      chore.run();
    } catch (FirstpassFailure e) {
      LOG.warn("{}: {}", trouble, e.code().code(), e);
    } catch (RuntimeException | Error e) {
      LOG.warn(trouble, e);
    }
  }

  /** Waits for the chore that is under way, but not for ever. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
