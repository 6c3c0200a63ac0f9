package org.firstpass.ups;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.firstpass.dicom.DicomPeer;
import org.firstpass.dicom.EventReporter;
import org.firstpass.failure.FirstpassFailure;
import org.firstpass.ups.ReportLedger.Claimed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reports for one application entity, one after the other over one association; after a failure
 * it pauses, the longer the more there were. Thread-safe: what two threads ask for, one does.
 */
final class ReportLane implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(ReportLane.class);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration CLAIM = Duration.ofMinutes(5);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
  private static final int DOUBLINGS = 7;
  private static final int MOST_REFUSALS = 3;
  private static final int PAGE = 100;

  private final DicomPeer peer;
  private final Subscriber subscriber;
  private final ReportLedger ledger;
  private final WorkitemLedger workitems;
  private final SubscriptionLedger subscriptions;
  private final Clock clock;
  private final AtomicBoolean running = new AtomicBoolean();
  private Instant pausedUntil = Instant.MIN;
  private int failures;

  ReportLane(
      DicomPeer peer,
      ReportLedger ledger,
      WorkitemLedger workitems,
      SubscriptionLedger subscriptions,
      Clock clock) {
    this.peer = peer;
    this.subscriber = Subscriber.entity(peer.calledAeTitle());
    this.ledger = ledger;
    this.workitems = workitems;
    this.subscriptions = subscriptions;
    this.clock = clock;
  }

  /** Sends what waits, unless that is being done already. */
  @Override
  public void run() {
    if (running.compareAndSet(false, true)) {
      try {
        send();
      } finally {
        running.set(false);
      }
    }
  }

  private void send() {
    if (now().isBefore(pausedUntil)) {
      return;
    }
    try {
      Optional<Claimed> first = claim();
      if (first.isPresent()) {
        sendFrom(first.get());
      }
    } catch (RuntimeException e) {
      pause();
      LOG.warn("event reports for {} are not sent for a moment", peer, e);
    }
  }

  private void sendFrom(Claimed first) {
    Claimed report = first;
    try (var reporter = EventReporter.call(peer, PATIENCE)) {
      while (true) {
        if (!send(reporter, report)) {
          refused(report);
          return;
        }
        ledger.done(report);
        failures = 0;
        Optional<Claimed> next = claim();
        if (next.isEmpty()) {
          return;
        }
        report = next.get();
      }
    } catch (FirstpassFailure e) {
      pause();
      LOG.warn("event reports wait: {} {}", e.code().code(), e.getMessage());
      ledger.putBack(report, false);
    }
  }

  private void refused(Claimed report) {
    if (report.refusals() + 1 < MOST_REFUSALS) {
      pause();
      ledger.putBack(report, true);
      return;
    }
    LOG.warn("an event report is given up: {} answered it with a failure each time", peer);
    ledger.done(report);
  }

  private boolean send(EventReporter reporter, Claimed report) {
    WorkitemNotice notice = report.notice();
    if (notice.kind() == WorkitemNotice.Kind.RESTARTED) {
      return send(reporter, EventReport.server(EventReport.ServerStatus.RESTARTED));
    }
    UUID task = notice.task();
    if (task == null) {
      return sendAll(reporter, report);
    }
    if (!subscriptions.subscribers(task).contains(subscriber)) {
      // It unsubscribed meanwhile.
      return true;
    }
    Workitem workitem = workitems.find(task).orElseThrow();
    return send(reporter, EventReport.of(notice, workitem, clock.instant()));
  }

  private boolean sendAll(EventReporter reporter, Claimed report) {
    Claimed current = report;
    while (true) {
      List<Workitem> page = subscriptions.subscribed(subscriber, current.toldUpTo(), PAGE);
      for (Workitem workitem : page) {
        if (!send(reporter, EventReport.of(report.notice(), workitem, clock.instant()))) {
          return false;
        }
      }
      if (page.size() < PAGE) {
        return true;
      }
      current = ledger.toldUpTo(current, page.get(page.size() - 1).id(), now().plus(CLAIM));
    }
  }

  private static boolean send(EventReporter reporter, EventReport report) {
    return reporter.send(report.instance(), report.type(), report.attributes());
  }

  private Optional<Claimed> claim() {
    Instant now = now();
    return ledger.claim(subscriber.aeTitle(), now, now.plus(CLAIM));
  }

  private void pause() {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, DOUBLINGS));
    failures++;
    pausedUntil = now().plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
