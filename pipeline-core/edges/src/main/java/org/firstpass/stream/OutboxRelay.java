package org.firstpass.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.firstpass.event.Outbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the events of an outbox to Kafka, each exactly once and in the order of their positions.
 *
 * <p>The position of the last event is written in the same Kafka transaction as the events. After a
 * crash the relay reads it back and marks what was sent before it sends anything. Readers must read
 * committed records only.
 */
public final class OutboxRelay implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);
  private static final int BATCH = 200;
  private static final Duration IDLE = Duration.ofMillis(50);
  private static final Duration STANDBY = Duration.ofSeconds(1);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(20);
  private static final int FAILURES_TO_BE_UNHEALTHY = 5;

  private final StreamConfig stream;
  private final Outbox outbox;
  private final String name;
  private final Counter relayed;
  private final Counter failures;
  private final Thread thread;
  private volatile boolean running = true;
  private volatile int failuresInARow;

  /**
   * @param name of the outbox in metrics and logs; in the broker its id is beside it, so that the
   *     outboxes of two databases do not fence each other or take each other's positions
   */
  public OutboxRelay(StreamConfig stream, Outbox outbox, String name, MeterRegistry meters) {
    this.stream = stream;
    this.outbox = outbox;
    this.name = name;
    this.relayed =
        Counter.builder(StreamMetrics.Names.RELAYED)
            .description("Events that went from the outbox to Kafka")
            .baseUnit("events")
            .tag("outbox", name)
            .register(meters);
    this.failures =
        Counter.builder(StreamMetrics.Names.RELAY_FAILURES)
            .description("Times that the relay had to begin anew")
            .baseUnit("failures")
            .tag("outbox", name)
            .register(meters);
    this.thread = new Thread(this::run, "outbox-relay-" + name);
    this.thread.setDaemon(true);
  }

  /** Starts relaying, or standing by while another process relays. Returns at once. */
  public void start() {
    thread.start();
  }

  public boolean healthy() {
    return thread.isAlive() && failuresInARow < FAILURES_TO_BE_UNHEALTHY;
  }

  private void run() {
    Backoff backoff = Backoff.standard();
    while (running) {
      try {
        if (outbox.lock()) {
          relay(backoff);
        } else {
          pause(STANDBY);
        }
      } catch (RuntimeException e) {
        failures.increment();
        failuresInARow = backoff.failures() + 1;
        LOG.warn("outbox relay {} begins anew", name, e);
        pause(backoff.next());
      }
    }
  }

  private void relay(Backoff backoff) {
    String id = name + "-" + outbox.id();
    Map<String, String> identity = Map.of("transactional.id", "firstpass-relay-" + id);
    try (KafkaProducer<byte[], byte[]> producer = EventPublisher.Producers.open(stream, identity)) {
      // Ends the transaction of a predecessor, which must be settled before its position is read.
      producer.initTransactions();
      long last = RelayPosition.read(stream, id);
      if (last > 0) {
        outbox.sent(last);
      }
      while (running && outbox.lock()) {
        List<Outbox.Row> rows = outbox.next(BATCH);
        backoff.reset();
        failuresInARow = 0;
        if (rows.isEmpty()) {
          pause(IDLE);
        } else {
          send(producer, id, rows);
        }
      }
    }
  }

  private void send(KafkaProducer<byte[], byte[]> producer, String id, List<Outbox.Row> rows) {
    long last = rows.get(rows.size() - 1).position();
    producer.beginTransaction();
    for (Outbox.Row row : rows) {
      producer.send(EventRecords.toRecord(row.topic(), row.key(), row.event()));
    }
    ProducerRecord<byte[], byte[]> position = RelayPosition.record(id, last);
    producer.send(position);
    producer.commitTransaction();
    outbox.sent(last);
    relayed.increment(rows.size());
    rows.forEach(row -> LOG.info("event {} went to {}", row.eventId(), row.topic()));
  }

  private void pause(Duration time) {
    if (running) {
      LockSupport.parkNanos(time.toNanos());
    }
  }

  @Override
  public void close() {
    running = false;
    LockSupport.unpark(thread);
    try {
      thread.join(CLOSE_PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
