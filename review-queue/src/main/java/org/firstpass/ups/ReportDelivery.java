package org.firstpass.ups;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.firstpass.dicom.DicomPeer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends event reports to the application entities that are reached: each that has some waiting has
 * a thread, so that none waits for another. Thread-safe.
 *
 * @see "PS3.4 CC.2.4"
 */
public final class ReportDelivery implements AutoCloseable {
  /** The names of this room's meters. */
  public static final class Names {
    public static final String REPORTS = "worklist.reports";

    private Names() {}
  }

  private static final Logger LOG = LoggerFactory.getLogger(ReportDelivery.class);
  private static final long LOOK_MILLIS = 500;
  private static final long END_SECONDS = 5;

  private final ReportLedger ledger;
  private final Map<String, ReportLane> lanes = new HashMap<>();
  private final ScheduledExecutorService schedule =
      Executors.newSingleThreadScheduledExecutor(task -> thread(task, "ups-event-reports"));
  private final ExecutorService threads =
      Executors.newCachedThreadPool(task -> thread(task, "ups-event-report"));

  /**
   * @param receivers where entities are reached, by AE title
   */
  public ReportDelivery(
      ReportLedger ledger,
      WorkitemLedger workitems,
      SubscriptionLedger subscriptions,
      Map<String, DicomPeer> receivers,
      Clock clock) {
    this.ledger = ledger;
    receivers.forEach(
        (title, peer) ->
            lanes.put(title, new ReportLane(peer, ledger, workitems, subscriptions, clock)));
  }

  private static Thread thread(Runnable task, String name) {
    var thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Counts what waits. */
  public void bind(MeterRegistry meters) {
    Gauge.builder(Names.REPORTS, ledger, ReportLedger::waiting)
        .description("Event reports of the worklist that wait for their application entity")
        .baseUnit("reports")
        .strongReference(true)
        .register(meters);
  }

  /** Whether an entity can be told anything. */
  public boolean reaches(String aeTitle) {
    return lanes.containsKey(aeTitle);
  }

  public void start() {
    if (!lanes.isEmpty()) {
      ledger.restarted(lanes.keySet());
      schedule.scheduleWithFixedDelay(this::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }
    schedule.scheduleWithFixedDelay(this::giveUp, 1, 1, TimeUnit.MINUTES);
  }

  // A schedule forgets a task that threw.
  private void look() {
    try {
      for (String title : ledger.entities()) {
        ReportLane lane = lanes.get(title);
        if (lane != null) {
          threads.execute(lane);
        }
      }
    } catch (RuntimeException e) {
      LOG.warn("nobody looks for event reports for a moment", e);
    }
  }

  private void giveUp() {
    try {
      int given = ledger.giveUp();
      if (given > 0) {
        LOG.warn("{} event reports are given up: their entities took none of them", given);
      }
    } catch (RuntimeException e) {
      LOG.warn("old event reports are not given up for a moment", e);
    }
  }

  @Override
  public void close() {
    schedule.shutdownNow();
    threads.shutdown();
    try {
      if (!threads.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
