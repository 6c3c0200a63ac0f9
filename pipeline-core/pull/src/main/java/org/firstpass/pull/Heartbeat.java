package org.firstpass.pull;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.firstpass.operations.Chores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the leases of this process for as long as it works on their rows; who lost one is
 * interrupted. Safe for use by many threads.
 */
final class Heartbeat implements AutoCloseable {
  /** What a killed process held comes back that late. */
  static final Duration LEASE = Duration.ofMinutes(2);

  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
  private static final Duration BEAT = Duration.ofSeconds(20);

  private final Clock clock;
  private final Map<Thread, Held> held = new ConcurrentHashMap<>();
  private final Chores chores = new Chores("pull-heartbeat");

  Heartbeat(Clock clock) {
    this.clock = clock;
  }

  private record Held(LeasedRows rows, Lease lease) {}

  void start() {
    chores.later(BEAT, "leases are not renewed for a moment", this::beat);
  }

  /** Does something while the lease is kept. */
  <T> T during(LeasedRows rows, Lease lease, Supplier<T> work) {
    Thread worker = Thread.currentThread();
    held.put(worker, new Held(rows, lease));
    try {
      return work.get();
    } finally {
      held.remove(worker);
    }
  }

  // One lease that cannot be renewed must not keep the others from it.
  void beat() {
    held.forEach(
        (worker, each) -> {
          try {
            if (!each.rows().renew(each.lease(), clock.instant().plus(LEASE))) {
              interrupt(worker, each);
            }
          } catch (RuntimeException e) {
            LOG.warn("a lease cannot be renewed now", e);
          }
        });
  }

  private void interrupt(Thread worker, Held lost) {
    held.computeIfPresent(
        worker,
        (thread, now) -> {
          if (now.equals(lost)) {
            thread.interrupt();
          }
          return now;
        });
  }

  @Override
  public void close() {
    chores.close();
  }
}
