package org.firstpass.stream;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.firstpass.event.EncodedEvent;
import org.firstpass.event.EventCodec;
import org.firstpass.event.FirstpassEvent;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;

/**
 * Events to and from Kafka records: attributes as headers, data as the value, the series as the
 * key.
 *
 * @see "CloudEvents Kafka protocol binding 1.0, binary content mode"
 */
final class EventRecords {
  private static final String PREFIX = "ce_";
  private static final String CONTENT_TYPE = "content-type";
  private static final String CONTENT_TYPE_ATTRIBUTE = "datacontenttype";
  private static final EventCodec CODEC = new EventCodec();

  private EventRecords() {}

  static ProducerRecord<byte[], byte[]> toRecord(String topic, String key, EncodedEvent event) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, bytes(key), event.isTombstone() ? null : bytes(event.json()));
    event
        .attributes()
        .forEach(
            (name, value) -> {
              boolean isType = name.equals(CONTENT_TYPE_ATTRIBUTE);
              record.headers().add(isType ? CONTENT_TYPE : PREFIX + name, bytes(value));
            });
    return record;
  }

  /** Whether a record says that what was told by its key is erased, and is no event. */
  static boolean isTombstone(ConsumerRecord<byte[], byte[]> record) {
    return record.value() == null;
  }

  /**
   * The event in a record of this topic.
   *
   * @throws Defect with {@link ReasonCode#EVENT_UNREADABLE} if there is none
   */
  static <E extends FirstpassEvent> E read(Topic<E> topic, ConsumerRecord<byte[], byte[]> record) {
    return read(topic, record, Map.of());
  }

  /**
   * The same for a record whose headers a share group dropped when it wrote the dead letter: the
   * topic says what it is, if it carries one type only.
   */
  static <E extends FirstpassEvent> E readWithoutHeaders(
      Topic<E> topic, ConsumerRecord<byte[], byte[]> record) {
    Map<String, String> known = new HashMap<>();
    if (topic.types().size() == 1) {
      topic.types().forEach(type -> known.put("type", type.wireName()));
    }
    return read(topic, record, known);
  }

  private static <E extends FirstpassEvent> E read(
      Topic<E> topic, ConsumerRecord<byte[], byte[]> record, Map<String, String> known) {
    byte[] value = record.value();
    if (value == null) {
      throw new Defect(ReasonCode.EVENT_UNREADABLE, "a record without a value is no event");
    }
    Map<String, String> attributes = new HashMap<>(known);
    for (Header header : record.headers()) {
      if (header.value() != null) {
        addAttribute(attributes, header.key(), text(header.value()));
      }
    }
    return topic.accept(CODEC.decode(new EncodedEvent(attributes, text(value))));
  }

  private static void addAttribute(Map<String, String> attributes, String key, String value) {
    if (key.equals(CONTENT_TYPE)) {
      attributes.put(CONTENT_TYPE_ATTRIBUTE, value);
    } else if (key.startsWith(PREFIX)) {
      attributes.put(key.substring(PREFIX.length()), value);
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
