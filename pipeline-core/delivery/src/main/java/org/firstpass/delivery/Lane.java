package org.firstpass.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that serve one destination. No other one waits for them, whatever this one does. Safe
 * for use by many threads.
 */
final class Lane implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
  private static final long POLL_MILLIS = 500;
  private static final Duration MAKING = Duration.ofMinutes(10);
  private static final int FAILURES_TO_BE_UNHEALTHY = 5;

  private final LaneTerms terms;
  private final LaneRows rows;
  private final Attempt attempt;
  private final DeliveryMetrics metrics;
  private final Clock clock;
  private final List<Thread> threads = new ArrayList<>();
  private final Object bell = new Object();
  private volatile boolean running = true;
  private volatile int failuresInARow;

  Lane(LaneTerms terms, LaneRows rows, Attempt attempt, DeliveryMetrics metrics, Clock clock) {
    this.terms = terms;
    this.rows = rows;
    this.attempt = attempt;
    this.metrics = metrics;
    this.clock = clock;
    for (int i = 0; i < terms.workers(); i++) {
      var thread = new Thread(this::run, "delivery-" + terms.title() + "-" + i);
      thread.setDaemon(true);
      threads.add(thread);
    }
  }

  void start() {
    threads.forEach(Thread::start);
  }

  /** Something may be due. */
  void ring() {
    synchronized (bell) {
      bell.notifyAll();
    }
  }

  boolean healthy() {
    return threads.stream().allMatch(Thread::isAlive) && failuresInARow < FAILURES_TO_BE_UNHEALTHY;
  }

  private void run() {
    while (running) {
      if (!step()) {
        pause();
      }
    }
  }

  /** Works on what is due; false if nothing is, or if that cannot be known now. */
  private boolean step() {
    try {
      Duration lease = MAKING.plus(terms.limit().multipliedBy(2));
      Optional<Claim> claim = rows.claim(clock.instant(), lease);
      if (claim.isPresent()) {
        metrics.attempt(terms.title(), () -> attempt.run(claim.get()));
      }
      failuresInARow = 0;
      return claim.isPresent();
    } catch (RuntimeException e) {
      // The lease brings the object back.
      failuresInARow++;
      if (running) {
        LOG.warn("the lane to {} cannot work now", terms.title(), e);
      }
      return false;
    }
  }

  private void pause() {
    synchronized (bell) {
      try {
        if (running) {
          bell.wait(POLL_MILLIS);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        running = false;
      }
    }
  }

  /** Ends what is under way; it is given back and counts as not tried. Waits for nothing. */
  void stop() {
    running = false;
    threads.forEach(Thread::interrupt);
  }

  @Override
  public void close() {
    stop();
    try {
      for (Thread thread : threads) {
        thread.join(TimeUnit.SECONDS.toMillis(10));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
