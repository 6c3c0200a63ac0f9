package org.firstpass.arrival;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.firstpass.arrival.InstanceIndex.Outcome;
import org.firstpass.failure.FirstpassFailure;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.TryAgainLater;

/**
 * Puts the rows of all associations that wait at the same moment into one transaction, so that they
 * share one flush of the database. Safe for use by many threads.
 */
final class IndexWriter implements AutoCloseable {
  private static final int BATCH = 64;
  private static final int PATIENCE_SECONDS = 60;
  private static final long CLOSE_MILLIS = 10_000;

  /** A row and whoever waits for it. */
  private record Waiting(IndexRow row, CompletableFuture<Outcome> answer) {}

  private final InstanceIndex index;
  private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean running = true;

  IndexWriter(InstanceIndex index) {
    this.index = index;
    this.thread = new Thread(this::run, "arrival-index");
    this.thread.setDaemon(true);
    this.thread.start();
  }

  /** A row on its way. */
  static final class Ticket {
    private final CompletableFuture<Outcome> answer;

    private Ticket(CompletableFuture<Outcome> answer) {
      this.answer = answer;
    }

    /**
     * Returns when the row is committed.
     *
     * @throws TryAgainLater if it may not be
     */
    Outcome await() {
      try {
        return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof FirstpassFailure known) {
          throw known;
        }
        throw new IllegalStateException("the index row was not written", e);
      } catch (TimeoutException e) {
        throw new TryAgainLater(
            ReasonCode.DATABASE_UNAVAILABLE, "the index row was not written in time", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new TryAgainLater(ReasonCode.DATABASE_UNAVAILABLE, "interrupted", e);
      }
    }
  }

  /**
   * Puts a row on its way; it is not in the index before its ticket says so.
   *
   * @throws TryAgainLater if no rows are taken any more
   */
  Ticket add(IndexRow row) {
    if (!running) {
      throw new TryAgainLater(ReasonCode.DATABASE_UNAVAILABLE, "the gateway is closing");
    }
    var waiting = new Waiting(row, new CompletableFuture<>());
    queue.add(waiting);
    return new Ticket(waiting.answer());
  }

  boolean healthy() {
    return thread.isAlive();
  }

  private void run() {
    List<Waiting> batch = new ArrayList<>();
    while (running || !queue.isEmpty()) {
      batch.clear();
      try {
        Waiting first = queue.poll(200, TimeUnit.MILLISECONDS);
        if (first != null) {
          batch.add(first);
          queue.drainTo(batch, BATCH - 1);
          write(batch);
        }
      } catch (InterruptedException e) {
        running = false;
      }
    }
    var closing = new TryAgainLater(ReasonCode.DATABASE_UNAVAILABLE, "the gateway is closing");
    queue.forEach(late -> late.answer().completeExceptionally(closing));
  }

  private void write(List<Waiting> batch) {
    try {
      List<Outcome> outcomes = index.add(batch.stream().map(Waiting::row).toList());
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).answer().complete(outcomes.get(i));
      }
    } catch (RuntimeException e) {
      if (batch.size() == 1) {
        batch.get(0).answer().completeExceptionally(e);
      } else {
        // One row that cannot be written must not fail its neighbours.
        batch.forEach(one -> write(List.of(one)));
      }
    }
  }

  @Override
  public void close() {
    running = false;
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
