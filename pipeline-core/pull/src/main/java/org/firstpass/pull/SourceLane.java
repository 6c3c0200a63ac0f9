package org.firstpass.pull;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that ask one archive. No other one waits for them, whatever this one does. Safe for
 * use by many threads.
 */
final class SourceLane implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SourceLane.class);
  private static final long POLL_MILLIS = 500;
  private static final int FAILURES_TO_BE_UNHEALTHY = 5;

  /** So many studies of backfills may wait; then no more are looked for. */
  private static final int BACKLOG = 500;

  private final PullSource source;
  private final SourceWork work;
  private final BackPressure pressure;
  private final Heartbeat heartbeat;
  private final PullMetrics metrics;
  private final Clock clock;
  private final List<Thread> threads = new ArrayList<>();
  private final Object bell = new Object();
  private volatile boolean running = true;
  private volatile int failuresInARow;

  SourceLane(
      PullSource source,
      SourceWork work,
      BackPressure pressure,
      Heartbeat heartbeat,
      PullMetrics metrics,
      Clock clock) {
    this.source = source;
    this.work = work;
    this.pressure = pressure;
    this.heartbeat = heartbeat;
    this.metrics = metrics;
    this.clock = clock;
    for (int i = 0; i < source.workers(); i++) {
      var thread = new Thread(this::run, "pull-" + source.title() + "-" + i);
      thread.setDaemon(true);
      threads.add(thread);
    }
  }

  void start() {
    work.fetches().begin(clock.instant());
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
      if (running) {
        // Of a lease that was lost.
        Thread.interrupted();
      }
    }
  }

  /** Works on what is due; false if nothing is, or if that cannot be known now. */
  private boolean step() {
    try {
      boolean worked = search() || fetch() || look();
      failuresInARow = 0;
      return worked;
    } catch (RuntimeException e) {
      // The lease brings it back.
      failuresInARow++;
      if (running) {
        LOG.warn("the lane of {} cannot work now", source.title(), e);
      }
      return false;
    }
  }

  private boolean search() {
    Optional<PriorSearch> claim =
        work.priors().claim(work.rules(), clock.instant(), Heartbeat.LEASE);
    claim.ifPresent(
        search ->
            metrics.query(
                source.title(),
                () ->
                    heartbeat.during(
                        work.priors().rows(), search.lease(), () -> work.run(search))));
    return claim.isPresent();
  }

  private boolean fetch() {
    Optional<FetchClaim> claim =
        work.fetches().claim(clock.instant(), Heartbeat.LEASE, held().isEmpty());
    claim.ifPresent(
        fetch -> {
          var tally = new Tally();
          metrics.fetch(
              source.title(),
              tally,
              () ->
                  heartbeat.during(
                      work.fetches().rows(), fetch.lease(), () -> work.run(fetch, tally)));
        });
    return claim.isPresent();
  }

  private boolean look() {
    if (held().isPresent() || work.fetches().waitingOfBackfills() >= BACKLOG) {
      return false;
    }
    Optional<QueryWindow> claim = work.windows().claim(clock.instant(), Heartbeat.LEASE);
    claim.ifPresent(
        window ->
            metrics.query(
                source.title(),
                () ->
                    heartbeat.during(
                        work.windows().rows(), window.lease(), () -> work.run(window))));
    return claim.isPresent();
  }

  /** Why backfills do nothing now. */
  Optional<String> held() {
    return source
        .limits()
        .opens(clock.instant())
        .map(opens -> "outside its hours, the next begin " + opens)
        .or(pressure::held);
  }

  /** Writes down how backfills are. */
  void settle() {
    work.windows().settle(clock.instant());
    work.fetches().held(held().orElse(null));
  }

  private void pause() {
    synchronized (bell) {
      try {
        if (running) {
          bell.wait(POLL_MILLIS);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
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
