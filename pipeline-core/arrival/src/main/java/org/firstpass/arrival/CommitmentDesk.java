package org.firstpass.arrival;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.firstpass.arrival.CommitmentRows.Asked;
import org.firstpass.arrival.CommitmentRows.Open;
import org.firstpass.dicom.CommitmentReceiver;
import org.firstpass.dicom.CommitmentReport;
import org.firstpass.dicom.CommitmentReport.Failure;
import org.firstpass.dicom.CommitmentRequest;
import org.firstpass.dicom.ReferencedInstance;
import org.firstpass.failure.FirstpassFailure;
import org.firstpass.store.ObjectStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers storage commitment requests. A request is in the database before it is acknowledged, and
 * stays there until its requester has taken the answer, so a restart loses none.
 *
 * <p>An instance that is not there yet may be on its way by another association; it is waited for a
 * moment. Safe for use by many threads.
 *
 * @see "PS3.4 annex J"
 */
final class CommitmentDesk implements CommitmentReceiver, AutoCloseable {
  /** How the answer gets to who asked. */
  interface Courier {
    /** Whether the requester took it. */
    boolean deliver(String requester, String called, CommitmentReport report);
  }

  static final Duration GRACE = Duration.ofSeconds(10);
  static final Duration GIVE_UP = Duration.ofDays(3);
  private static final Duration KEEP = Duration.ofDays(30);
  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  private static final int MOST_DOUBLINGS = 9;
  private static final int THREADS = 4;
  private static final Logger LOG = LoggerFactory.getLogger(CommitmentDesk.class);

  private final CommitmentRows rows;
  private final ObjectStore store;
  private final Courier courier;
  private final ArrivalMetrics metrics;
  private final Clock clock;
  private final Set<String> busy = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, this::thread);

  CommitmentDesk(
      CommitmentRows rows,
      ObjectStore store,
      Courier courier,
      ArrivalMetrics metrics,
      Clock clock) {
    this.rows = rows;
    this.store = store;
    this.courier = courier;
    this.metrics = metrics;
    this.clock = clock;
  }

  private Thread thread(Runnable task) {
    var thread = new Thread(task, "arrival-commitment");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void request(CommitmentRequest request) {
    rows.add(request, clock.instant());
    try {
      answerDue();
    } catch (FirstpassFailure e) {
      // It is kept, so the next turn answers it.
      LOG.warn("commitment {} waits: {}", request.transaction(), e.getMessage());
    }
  }

  /**
   * Answers what is due, each requester on a thread of its own, so that one does not hold others.
   */
  void answerDue() {
    int free = THREADS - busy.size();
    if (free <= 0) {
      return;
    }
    for (Open open : rows.take(clock.instant(), LEASE, busy, free)) {
      if (busy.add(open.requester())) {
        threads.execute(() -> answer(open));
      } else {
        rows.tryAgain(open, clock.instant(), false);
      }
    }
  }

  /** Forgets what was answered long ago. */
  void forget() {
    rows.forget(clock.instant().minus(KEEP));
  }

  private void answer(Open open) {
    try {
      CommitmentReport report = judge(open);
      Instant now = clock.instant();
      if (isMissingSome(report) && now.isBefore(open.requested().plus(GRACE))) {
        rows.tryAgain(open, now.plus(FIRST_PAUSE), false);
      } else if (courier.deliver(open.requester(), open.called(), report)) {
        rows.end(open, true, now);
        metrics.commitment(report.isComplete() ? "committed" : "incomplete");
        LOG.info(
            "commitment {} of {} answered: {} committed, {} not",
            open.transaction(),
            open.requester(),
            report.committed().size(),
            report.failed().size());
      } else {
        postpone(open, now);
      }
    } catch (FirstpassFailure e) {
      LOG.warn(
          "commitment {} of {} cannot be answered now: {} {}",
          open.transaction(),
          open.requester(),
          e.code().code(),
          e.getMessage());
    } catch (RuntimeException e) {
      // The lease ends and it is tried again.
      LOG.error("commitment {} of {} failed", open.transaction(), open.requester(), e);
    } finally {
      busy.remove(open.requester());
    }
  }

  private void postpone(Open open, Instant now) {
    if (now.isAfter(open.requested().plus(GIVE_UP))) {
      rows.end(open, false, now);
      metrics.commitment("given_up");
      LOG.error(
          "commitment {} of {} was not taken within {} and is given up",
          open.transaction(),
          open.requester(),
          GIVE_UP);
      return;
    }
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(open.attempts(), MOST_DOUBLINGS));
    rows.tryAgain(open, now.plus(pause), true);
    metrics.commitment("postponed");
  }

  private CommitmentReport judge(Open open) {
    List<ReferencedInstance> committed = new ArrayList<>();
    List<Failure> failed = new ArrayList<>();
    for (Asked asked : rows.asked(open.entry())) {
      Optional<Failure> failure = asked.failure(store::contains);
      failure.ifPresentOrElse(failed::add, () -> committed.add(asked.instance()));
    }
    return new CommitmentReport(open.transaction(), committed, failed);
  }

  private static boolean isMissingSome(CommitmentReport report) {
    return report.failed().stream()
        .anyMatch(failure -> failure.reason() == Failure.NO_SUCH_INSTANCE);
  }

  @Override
  public void close() {
    threads.shutdownNow();
    try {
      threads.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
