package org.firstpass.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);

  @TempDir Path folder;

  @Test
  void recordsAreThereAfterARestart() throws ExecutionException, InterruptedException {
    try (var broker = EmbeddedBroker.start(folder, 0)) {
      create(broker, "kept");
      try (var producer =
          new KafkaProducer<>(client(broker), new StringSerializer(), new StringSerializer())) {
        producer.send(new ProducerRecord<>("kept", "key", "value")).get();
      }
      assertTrue(broker.healthy());
    }
    try (var broker = EmbeddedBroker.start(folder, 0);
        var consumer =
            new KafkaConsumer<>(
                client(broker), new StringDeserializer(), new StringDeserializer())) {
      var partition = new TopicPartition("kept", 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      ConsumerRecords<String, String> records = consumer.poll(LONG_ENOUGH);
      assertEquals("value", records.iterator().next().value());
    }
  }

  private static void create(EmbeddedBroker broker, String topic)
      throws ExecutionException, InterruptedException {
    try (var admin = Admin.create(client(broker))) {
      admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
    }
  }

  private static Map<String, Object> client(EmbeddedBroker broker) {
    return Map.of("bootstrap.servers", broker.bootstrapServers());
  }
}
