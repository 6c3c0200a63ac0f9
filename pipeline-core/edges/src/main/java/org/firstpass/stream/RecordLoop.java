package org.firstpass.stream;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.firstpass.failure.TryAgainLater;
import org.firstpass.stream.StreamMetrics.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one topic in one thread, in order per partition, and moves the offset only after the
 * effect.
 *
 * <p>A record whose handler says {@link TryAgainLater} is tried again after a pause of its
 * partition, while the others go on. A record that fails otherwise goes to the poison handler.
 */
final class RecordLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RecordLoop.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(20);
  private static final int MAX_RECORDS = 50;
  private static final int DEFECTS_IN_A_ROW = 5;

  /** What to do with a record. */
  interface Handler {
    void handle(ConsumerRecord<byte[], byte[]> record);
  }

  /** What to do with a record that can never be handled. */
  interface Poison {
    void bury(ConsumerRecord<byte[], byte[]> record, RuntimeException reason);
  }

  private final EventLoopConfig config;
  private final Handler handler;
  private final Poison poison;
  private final StreamMetrics metrics;
  private final Thread thread;
  private final Map<TopicPartition, Pause> pauses = new HashMap<>();
  private volatile boolean running = true;
  private volatile int defectsInARow;

  RecordLoop(EventLoopConfig config, Handler handler, Poison poison, StreamMetrics metrics) {
    this.config = config;
    this.handler = handler;
    this.poison = poison;
    this.metrics = metrics;
    this.thread = new Thread(this::run, config.groupId() + " on " + config.topic().name());
    this.thread.setDaemon(true);
  }

  void start() {
    metrics.watchLag();
    thread.start();
  }

  boolean healthy() {
    return thread.isAlive() && defectsInARow < DEFECTS_IN_A_ROW;
  }

  private void run() {
    Backoff backoff = Backoff.standard();
    while (running) {
      try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
        pauses.clear();
        consumer.subscribe(List.of(config.topic().name()));
        follow(consumer, backoff);
      } catch (WakeupException | InterruptException e) {
        LOG.debug("{} is asked to stop", thread.getName());
      } catch (RuntimeException e) {
        LOG.warn("{} lost its consumer and opens another", thread.getName(), e);
        pause(backoff.next());
      }
    }
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        config.stream()
            .with(
                Map.of(
                    "group.id", config.groupId(),
                    "group.protocol", "consumer",
                    "isolation.level", "read_committed",
                    "enable.auto.commit", "false",
                    "auto.offset.reset", "earliest",
                    "allow.auto.create.topics", "false",
                    "max.poll.records", MAX_RECORDS)),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private void follow(KafkaConsumer<byte[], byte[]> consumer, Backoff backoff) {
    while (running) {
      resumeDue(consumer);
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
      for (TopicPartition partition : records.partitions()) {
        handleInOrder(consumer, partition, records.records(partition), done);
      }
      if (!done.isEmpty()) {
        commit(consumer, done);
      }
      measureLag(consumer);
      backoff.reset();
    }
  }

  private void handleInOrder(
      KafkaConsumer<byte[], byte[]> consumer,
      TopicPartition partition,
      List<ConsumerRecord<byte[], byte[]>> records,
      Map<TopicPartition, OffsetAndMetadata> done) {
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        handle(record);
        done.put(partition, new OffsetAndMetadata(record.offset() + 1));
        pauses.remove(partition);
      } catch (TryAgainLater e) {
        metrics.count(Outcome.LATER);
        hold(consumer, partition, record, e);
        return;
      }
    }
  }

  private void handle(ConsumerRecord<byte[], byte[]> record) {
    try {
      metrics.handling().record(() -> handler.handle(record));
      defectsInARow = 0;
      metrics.count(Outcome.DONE);
    } catch (TryAgainLater e) {
      throw e;
    } catch (RuntimeException e) {
      poison.bury(record, e);
      defectsInARow++;
      metrics.count(Outcome.DEAD_LETTER);
    }
  }

  private void hold(
      KafkaConsumer<byte[], byte[]> consumer,
      TopicPartition partition,
      ConsumerRecord<byte[], byte[]> record,
      TryAgainLater reason) {
    Pause pause = pauses.computeIfAbsent(partition, p -> new Pause());
    Duration wait = pause.begin();
    LOG.warn(
        "{} offset {} waits {} ms: {} {}",
        partition,
        record.offset(),
        wait.toMillis(),
        reason.code().code(),
        reason.getMessage());
    consumer.seek(partition, record.offset());
    consumer.pause(List.of(partition));
  }

  private void resumeDue(KafkaConsumer<byte[], byte[]> consumer) {
    for (TopicPartition partition : consumer.paused()) {
      Pause pause = pauses.get(partition);
      if (pause == null || pause.isOver()) {
        consumer.resume(List.of(partition));
      }
    }
  }

  private void commit(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, OffsetAndMetadata> done) {
    try {
      consumer.commitSync(done);
    } catch (WakeupException e) {
      consumer.commitSync(done);
      throw e;
    } catch (InterruptException e) {
      throw e;
    } catch (RuntimeException e) {
      // The records come again, and handlers are idempotent.
      LOG.warn("{} cannot commit its offsets", thread.getName(), e);
    }
  }

  private void measureLag(KafkaConsumer<byte[], byte[]> consumer) {
    long lag = 0;
    for (TopicPartition partition : consumer.assignment()) {
      OptionalLong known = consumer.currentLag(partition);
      lag += known.orElse(0);
    }
    metrics.lag(lag);
  }

  private void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      LOG.debug("{} is asked to stop", thread.getName());
    }
  }

  /** Lets the record that is being handled finish, then leaves the group. */
  @Override
  public void close() {
    running = false;
    try {
      thread.join(CLOSE_PATIENCE.toMillis());
      if (thread.isAlive()) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A partition that waits. */
  private static final class Pause {
    private final Backoff backoff = Backoff.standard();
    private long end;

    Duration begin() {
      Duration wait = backoff.next();
      end = System.nanoTime() + wait.toNanos();
      return wait;
    }

    boolean isOver() {
      return System.nanoTime() - end >= 0;
    }
  }
}
