package org.firstpass.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.firstpass.failure.TryAgainLater;

/**
 * How much there is in a topic now.
 *
 * @param positions from the first offset that is kept to behind the last one, over all partitions;
 *     marks of transactions, and what was compacted away, count too
 */
public record TopicFigures(Topic<?> topic, int partitions, long positions) {

  /**
   * Of every topic that is there.
   *
   * @throws TryAgainLater if the broker does not answer
   */
  public static List<TopicFigures> all(StreamConfig stream) {
    try (var consumer =
        new KafkaConsumer<>(
            stream.with(Map.of("allow.auto.create.topics", "false")),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicFigures> figures = new ArrayList<>();
      for (Topic<?> topic : Topics.all()) {
        List<TopicPartition> partitions =
            consumer.partitionsFor(topic.name()).stream()
                .map(info -> new TopicPartition(topic.name(), info.partition()))
                .toList();
        long positions =
            sum(consumer.endOffsets(partitions)) - sum(consumer.beginningOffsets(partitions));
        figures.add(new TopicFigures(topic, partitions.size(), positions));
      }
      return figures;
    } catch (KafkaException e) {
      throw KafkaFailure.sorted("topics cannot be looked at", e);
    }
  }

  private static long sum(Map<TopicPartition, Long> offsets) {
    return offsets.values().stream().mapToLong(Long::longValue).sum();
  }
}
