package org.firstpass.ups;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.firstpass.dicom.DicomPeer;
import org.firstpass.operations.Chores;
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
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration GIVE_UP = Duration.ofMinutes(1);
  private static final long END_SECONDS = 5;

  private final ReportLedger ledger;
  private final Map<String, ReportLane> lanes = new HashMap<>();
  private final Chores chores = new Chores("ups-event-reports");
  private final ExecutorService threads = Executors.newCachedThreadPool(ReportDelivery::thread);

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

  private static Thread thread(Runnable task) {
    var thread = new Thread(task, "ups-event-report");
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
      chores.every(LOOK, "nobody looks for event reports for a moment", this::look);
    }
    chores.later(GIVE_UP, "old event reports are not given up for a moment", this::giveUp);
  }

  private void look() {
    for (String title : ledger.entities()) {
      ReportLane lane = lanes.get(title);
      if (lane != null) {
        threads.execute(lane);
      }
    }
  }

  private void giveUp() {
    int given = ledger.giveUp();
    if (given > 0) {
      LOG.warn("{} event reports are given up: their entities took none of them", given);
    }
  }

  @Override
  public void close() {
    chores.close();
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
