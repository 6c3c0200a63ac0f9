package org.firstpass.stream;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.ProducerRecord;

/** How far a relay has come, as records of a compacted topic: its name, and a position as text. */
final class RelayPosition {
  private RelayPosition() {}

  static ProducerRecord<byte[], byte[]> record(String relay, long position) {
    return new ProducerRecord<>(
        Topics.RELAY, EventRecords.bytes(relay), EventRecords.bytes(Long.toString(position)));
  }

  /** The last position in a committed transaction, 0 if there is none. */
  static long read(StreamConfig stream, String relay) {
    var last = new AtomicLong();
    TopicReading.forEach(
        stream,
        Topics.RELAY,
        record -> {
          if (relay.equals(EventRecords.text(record.key())) && record.value() != null) {
            last.set(Long.parseLong(EventRecords.text(record.value())));
          }
        });
    return last.get();
  }
}
