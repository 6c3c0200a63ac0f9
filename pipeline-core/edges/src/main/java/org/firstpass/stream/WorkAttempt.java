package org.firstpass.stream;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.firstpass.event.SeriesEvent;
import org.firstpass.failure.Defect;
import org.firstpass.failure.TryAgainLater;
import org.firstpass.stream.StreamMetrics.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One worker's attempt at one event, to its outcome.
 *
 * <p>While a neighbour is away the event stays with this worker: giving it back would use up its
 * deliveries and end in the dead letters though nothing is wrong with it.
 */
final class WorkAttempt<E extends SeriesEvent> implements Callable<Outcome> {
  private static final Logger LOG = LoggerFactory.getLogger(WorkAttempt.class);

  private final Topic<E> topic;
  private final ConsumerRecord<byte[], byte[]> record;
  private final WorkHandler<E> handler;
  private final StreamMetrics metrics;

  WorkAttempt(
      Topic<E> topic,
      ConsumerRecord<byte[], byte[]> record,
      WorkHandler<E> handler,
      StreamMetrics metrics) {
    this.topic = topic;
    this.record = record;
    this.handler = handler;
    this.metrics = metrics;
  }

  @Override
  public Outcome call() {
    E event;
    try {
      event = EventRecords.read(topic, record);
    } catch (Defect e) {
      LOG.error("{} offset {} goes to the dead letters", record.topic(), record.offset(), e);
      return Outcome.DEAD_LETTER;
    }
    Backoff backoff = Backoff.standard();
    while (!Thread.currentThread().isInterrupted()) {
      try {
        metrics.running().record(() -> metrics.handling().record(() -> handle(event)));
        return Outcome.DONE;
      } catch (TryAgainLater e) {
        metrics.count(Outcome.LATER);
        Duration wait = backoff.next();
        LOG.warn(
            "event {} series {} waits {} ms: {} {}",
            event.id(),
            event.series(),
            wait.toMillis(),
            e.code().code(),
            e.getMessage());
        if (!pause(wait)) {
          return Outcome.RELEASED;
        }
      } catch (RuntimeException e) {
        return failed(event, e);
      }
    }
    return Outcome.RELEASED;
  }

  private void handle(E event) {
    handler.handle(event, record.deliveryCount().map(Short::intValue).orElse(1));
  }

  private static Outcome failed(SeriesEvent event, RuntimeException failure) {
    if (Thread.currentThread().isInterrupted()) {
      LOG.info("event {} series {} was interrupted and is given back", event.id(), event.series());
      return Outcome.RELEASED;
    }
    LOG.error("event {} series {} goes to the dead letters", event.id(), event.series(), failure);
    return Outcome.DEAD_LETTER;
  }

  private static boolean pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }
}
