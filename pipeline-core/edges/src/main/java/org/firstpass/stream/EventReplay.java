package org.firstpass.stream;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.firstpass.event.FirstpassEvent;
import org.firstpass.failure.Defect;

/** Tells again everything that a topic holds. */
public final class EventReplay {
  private EventReplay() {}

  /**
   * Hands over every committed event from the beginning to the end as of now, in order per series.
   * Tombstones are passed over.
   *
   * @throws Defect if a record is not an event of the topic
   */
  public static <E extends FirstpassEvent> void forEach(
      StreamConfig stream, Topic<E> topic, Consumer<E> reader) {
    forEachAt(stream, topic, (event, position) -> reader.accept(event));
  }

  /**
   * {@link #forEach}, and where each event lies.
   *
   * @throws Defect if a record is not an event of the topic
   */
  public static <E extends FirstpassEvent> void forEachAt(
      StreamConfig stream, Topic<E> topic, BiConsumer<E, LogPosition> reader) {
    TopicReading.forEach(
        stream,
        topic.name(),
        record -> {
          if (!EventRecords.isTombstone(record)) {
            reader.accept(
                EventRecords.read(topic, record),
                new LogPosition(record.partition(), record.offset()));
          }
        });
  }
}
