package org.firstpass.stream;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.firstpass.failure.TryAgainLater;

/** Makes the topics that are not there. What is there is left as it is. */
public final class TopicCreation {
  private static final int TIMEOUT_SECONDS = 30;
  private static final int REPLICATION_FOR_TWO_IN_SYNC = 3;

  private TopicCreation() {}

  /**
   * Makes every topic of {@link Topics} and its dead letters.
   *
   * @param partitions of the topics that keep events, but for what workers take, which has one
   * @throws TryAgainLater if the broker does not answer
   */
  public static void ensure(StreamConfig stream, int partitions, short replication) {
    List<NewTopic> topics = new ArrayList<>();
    for (Topic<?> topic : Topics.kept()) {
      topics.add(topic(topic.name(), partitionsOf(topic, partitions), replication, Map.of()));
      topics.add(
          topic(
              Topics.deadLetters(topic.name()),
              1,
              replication,
              Map.of("errors.deadletterqueue.group.enable", "true")));
    }
    Map<String, String> compacted = Map.of("cleanup.policy", "compact");
    topics.add(topic(Topics.MODELS.name(), 1, replication, compacted));
    topics.add(topic(Topics.RELAY, 1, replication, compacted));
    try (Admin admin = Admin.create(stream.with(Map.of()))) {
      for (KafkaFuture<Void> made : admin.createTopics(topics).values().values()) {
        awaitMade(made);
      }
    }
  }

  /**
   * What is worked on has one partition: its share group gives every worker the whole of it, while
   * several would be dealt out, and a series would wait behind a slow one although another worker
   * is idle.
   */
  private static int partitionsOf(Topic<?> topic, int partitions) {
    return topic.equals(Topics.ARRIVALS) || topic.equals(Topics.RERUNS) ? 1 : partitions;
  }

  private static NewTopic topic(
      String name, int partitions, short replication, Map<String, String> special) {
    Map<String, String> config = new HashMap<>(special);
    // Events are the memory of the installation: none is dropped by age or size.
    config.put("retention.ms", "-1");
    config.put("retention.bytes", "-1");
    if (replication >= REPLICATION_FOR_TWO_IN_SYNC) {
      config.put("min.insync.replicas", "2");
    }
    return new NewTopic(name, partitions, replication).configs(config);
  }

  private static void awaitMade(KafkaFuture<Void> made) {
    try {
      made.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw KafkaFailure.sorted("topics cannot be made", e);
      }
    } catch (TimeoutException e) {
      throw KafkaFailure.sorted("topics cannot be made", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw KafkaFailure.sorted("interrupted while topics were made", e);
    }
  }
}
