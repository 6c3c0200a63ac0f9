package org.firstpass.stream;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.firstpass.event.FirstpassEvent;
import org.firstpass.failure.FirstpassFailure;
import org.firstpass.failure.TryAgainLater;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a topic and hands each event to a handler, in order per series, at least once. Tombstones
 * are passed over.
 *
 * <p>The handler is idempotent by the event's id. {@link TryAgainLater} from it means the same
 * event again after a pause; any other exception sends the record to the dead-letter topic and goes
 * on.
 */
public final class EventLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);

  private final EventLoopConfig config;
  private final Consumer<FirstpassEvent> handler;
  private final KafkaProducer<byte[], byte[]> producer;
  private final RecordLoop loop;

  public EventLoop(EventLoopConfig config, Consumer<FirstpassEvent> handler, MeterRegistry meters) {
    this.config = config;
    this.handler = handler;
    this.producer = EventPublisher.Producers.open(config.stream(), Map.of());
    this.loop =
        new RecordLoop(
            config,
            this::handle,
            this::bury,
            new StreamMetrics(meters, config.topic().name(), config.name()));
  }

  /** Starts following, from the beginning of the topic if the group is new. Returns at once. */
  public void start() {
    loop.start();
  }

  /** Whether it runs and has not failed on several events in a row. */
  public boolean healthy() {
    return loop.healthy();
  }

  private void handle(ConsumerRecord<byte[], byte[]> record) {
    if (!EventRecords.isTombstone(record)) {
      handler.accept(EventRecords.read(config.topic(), record));
    }
  }

  private void bury(ConsumerRecord<byte[], byte[]> record, RuntimeException reason) {
    LOG.error(
        "{} partition {} offset {} goes to the dead letters",
        record.topic(),
        record.partition(),
        record.offset(),
        reason);
    DeadLetters.write(producer, record, config.groupId(), reason(reason));
  }

  // Only messages of our own are known to be free of patient data.
  static String reason(RuntimeException failure) {
    return failure instanceof FirstpassFailure known
        ? known.code().code() + " " + known.getMessage()
        : failure.getClass().getName();
  }

  @Override
  public void close() {
    loop.close();
    producer.close();
  }
}
