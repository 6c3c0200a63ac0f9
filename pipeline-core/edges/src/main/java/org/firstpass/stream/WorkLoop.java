package org.firstpass.stream;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.firstpass.event.SeriesEvent;

/**
 * Takes events one by one through a share group, so that a worker added is throughput added,
 * whatever the number of partitions.
 *
 * <p>Each of its slots has a consumer and a thread for the work. While the work runs, the lock on
 * the event is renewed, so slow work is never taken for a dead worker. An event that was given out
 * five times without an end goes to the dead letters.
 */
public final class WorkLoop implements AutoCloseable {
  private static final int DEFECTS_IN_A_ROW = 5;

  private final List<WorkSlot<?>> slots = new ArrayList<>();
  private final AtomicInteger defectsInARow = new AtomicInteger();

  public <E extends SeriesEvent> WorkLoop(
      WorkLoopConfig<E> config, WorkHandler<E> handler, MeterRegistry meters) {
    var metrics = new StreamMetrics(meters, config.topic().name(), config.groupId());
    for (int number = 1; number <= config.concurrency(); number++) {
      slots.add(new WorkSlot<>(config, number, handler, metrics, defectsInARow));
    }
  }

  /** Starts taking work. Returns at once. */
  public void start() {
    slots.forEach(WorkSlot::start);
  }

  /** Whether all slots run and have not failed on several events in a row. */
  public boolean healthy() {
    return defectsInARow.get() < DEFECTS_IN_A_ROW && slots.stream().allMatch(WorkSlot::isAlive);
  }

  /** Interrupts the work that runs and gives its events back to other workers. */
  @Override
  public void close() {
    slots.forEach(WorkSlot::stop);
    slots.forEach(WorkSlot::join);
  }
}
