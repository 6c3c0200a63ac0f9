package org.firstpass.stream;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.firstpass.event.EventCodec;
import org.firstpass.event.FirstpassEvent;
import org.firstpass.failure.TryAgainLater;

/** Publishes events, one at a time, and waits until they are safe. Safe for use by many threads. */
public final class EventPublisher implements AutoCloseable {
  private final KafkaProducer<byte[], byte[]> producer;
  private final EventCodec codec = new EventCodec();
  private final String source;

  /**
   * @param source the role that speaks, for instance {@code /firstpass/worker}
   */
  public EventPublisher(StreamConfig stream, String source) {
    this.producer = Producers.open(stream, Map.of());
    this.source = source;
  }

  /**
   * Returns when every in-sync replica has the event.
   *
   * @throws TryAgainLater if the broker does not take it in time; it may have been written all the
   *     same, so readers go by the event's id
   */
  public <E extends FirstpassEvent> void publish(Topic<E> topic, E event) {
    topic.accept(event);
    var encoded = codec.encode(event, source);
    try {
      Future<RecordMetadata> sent =
          producer.send(EventRecords.toRecord(topic.name(), event.key(), encoded));
      sent.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw KafkaFailure.sorted("event " + event.id() + " was interrupted", e);
    } catch (ExecutionException | KafkaException e) {
      throw KafkaFailure.sorted("event " + event.id() + " cannot be published", e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }

  /** How this room opens producers: of bytes, idempotent, acknowledged by all. */
  static final class Producers {
    private static final int MAX_BLOCK_MILLIS = 10_000;
    private static final int REQUEST_TIMEOUT_MILLIS = 10_000;
    private static final int DELIVERY_TIMEOUT_MILLIS = 30_000;

    private Producers() {}

    static KafkaProducer<byte[], byte[]> open(StreamConfig stream, Map<String, ?> special) {
      Map<String, Object> config =
          stream.with(
              Map.of(
                  "acks",
                  "all",
                  "enable.idempotence",
                  "true",
                  "linger.ms",
                  "0",
                  "max.block.ms",
                  MAX_BLOCK_MILLIS,
                  "request.timeout.ms",
                  REQUEST_TIMEOUT_MILLIS,
                  "delivery.timeout.ms",
                  DELIVERY_TIMEOUT_MILLIS));
      config.putAll(special);
      return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }
  }
}
