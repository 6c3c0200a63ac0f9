package org.firstpass.stream;

import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.firstpass.event.FirstpassEvent;
import org.firstpass.failure.Defect;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads dead letters, with the header names that Kafka's share groups use for theirs, so
 * that both kinds read alike.
 */
final class DeadLetters {
  private static final String TOPIC = "__dlq.errors.topic";
  private static final String PARTITION = "__dlq.errors.partition";
  private static final String OFFSET = "__dlq.errors.offset";
  private static final String GROUP = "__dlq.errors.group";
  private static final String REASON = "__dlq.errors.message";

  private DeadLetters() {}

  /** Writes the record as it came, raw bytes and headers, and says where it came from and why. */
  static void write(
      KafkaProducer<byte[], byte[]> producer,
      ConsumerRecord<byte[], byte[]> record,
      String group,
      String reason) {
    var letter =
        new ProducerRecord<byte[], byte[]>(
            Topics.deadLetters(record.topic()), record.key(), record.value());
    for (Header header : record.headers()) {
      letter.headers().add(header);
    }
    add(letter.headers(), TOPIC, record.topic());
    add(letter.headers(), PARTITION, Integer.toString(record.partition()));
    add(letter.headers(), OFFSET, Long.toString(record.offset()));
    add(letter.headers(), GROUP, group);
    add(letter.headers(), REASON, reason);
    try {
      producer.send(letter).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw KafkaFailure.sorted("a dead letter was interrupted", e);
    } catch (ExecutionException | KafkaException e) {
      throw KafkaFailure.sorted("a dead letter cannot be written", e);
    }
  }

  static <E extends FirstpassEvent> DeadLetter read(
      Topic<E> original, ConsumerRecord<byte[], byte[]> letter) {
    return new DeadLetter(
        header(letter, TOPIC, original.name()),
        (int) number(letter, PARTITION),
        number(letter, OFFSET),
        header(letter, REASON, "unknown"),
        event(original, letter));
  }

  private static @Nullable FirstpassEvent event(
      Topic<?> original, ConsumerRecord<byte[], byte[]> letter) {
    try {
      return EventRecords.readWithoutHeaders(original, letter);
    } catch (Defect e) {
      return null;
    }
  }

  private static void add(Headers headers, String key, String value) {
    headers.add(key, EventRecords.bytes(value));
  }

  private static String header(
      ConsumerRecord<byte[], byte[]> letter, String key, String otherwise) {
    Header header = letter.headers().lastHeader(key);
    return header == null || header.value() == null ? otherwise : EventRecords.text(header.value());
  }

  private static long number(ConsumerRecord<byte[], byte[]> letter, String key) {
    try {
      return Long.parseLong(header(letter, key, "-1"));
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
