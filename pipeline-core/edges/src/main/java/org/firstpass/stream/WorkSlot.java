package org.firstpass.stream;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.firstpass.event.SeriesEvent;
import org.firstpass.stream.StreamMetrics.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One share consumer and the thread that does its work. The consumer stays in its own thread,
 * because Kafka allows no other; the work runs beside it.
 */
final class WorkSlot<E extends SeriesEvent> {
  private static final Logger LOG = LoggerFactory.getLogger(WorkSlot.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);
  private static final int RENEWALS_PER_LOCK = 3;

  private final WorkLoopConfig<E> config;
  private final WorkHandler<E> handler;
  private final StreamMetrics metrics;
  private final AtomicInteger defectsInARow;
  private final Thread thread;
  private final ExecutorService work;
  private volatile boolean running = true;

  WorkSlot(
      WorkLoopConfig<E> config,
      int number,
      WorkHandler<E> handler,
      StreamMetrics metrics,
      AtomicInteger defectsInARow) {
    this.config = config;
    this.handler = handler;
    this.metrics = metrics;
    this.defectsInARow = defectsInARow;
    String name = config.groupId() + "-" + number;
    this.thread = daemon(this::run, name);
    this.work = Executors.newSingleThreadExecutor(task -> daemon(task, name + "-work"));
  }

  private static Thread daemon(Runnable task, String name) {
    var thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  void start() {
    thread.start();
  }

  boolean isAlive() {
    return thread.isAlive();
  }

  void stop() {
    running = false;
    work.shutdownNow();
  }

  void join() {
    try {
      thread.join(2 * STOP_PATIENCE.toMillis());
      if (thread.isAlive()) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    Backoff backoff = Backoff.standard();
    while (running) {
      try {
        WorkGroup.configure(config);
        try (KafkaShareConsumer<byte[], byte[]> consumer = consumer()) {
          consumer.subscribe(List.of(config.topic().name()));
          take(consumer, backoff);
        }
      } catch (WakeupException | InterruptException e) {
        LOG.debug("{} is asked to stop", thread.getName());
      } catch (RuntimeException e) {
        LOG.warn("{} lost its consumer and opens another", thread.getName(), e);
        pause(backoff.next());
      }
    }
  }

  private KafkaShareConsumer<byte[], byte[]> consumer() {
    return new KafkaShareConsumer<>(
        config.stream()
            .with(
                Map.of(
                    "group.id", config.groupId(),
                    "share.acknowledgement.mode", "explicit",
                    "share.acquire.mode", "record_limit",
                    "allow.auto.create.topics", "false",
                    "max.poll.records", 1)),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private void take(KafkaShareConsumer<byte[], byte[]> consumer, Backoff backoff) {
    while (running) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        new WorkDelivery(consumer, record).settle(begin(record));
      }
      backoff.reset();
    }
  }

  private Future<Outcome> begin(ConsumerRecord<byte[], byte[]> record) {
    var attempt = new WorkAttempt<>(config.topic(), record, handler, metrics);
    return running ? work.submit(attempt) : CompletableFuture.completedFuture(Outcome.RELEASED);
  }

  private void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      LOG.debug("{} is asked to stop", thread.getName());
    }
  }

  /** One event in the hands of this slot, from its delivery to its acknowledgement. */
  private final class WorkDelivery {
    private final KafkaShareConsumer<byte[], byte[]> consumer;
    private final ConsumerRecord<byte[], byte[]> record;
    private boolean held = true;

    WorkDelivery(
        KafkaShareConsumer<byte[], byte[]> consumer, ConsumerRecord<byte[], byte[]> record) {
      this.consumer = consumer;
      this.record = record;
    }

    void settle(Future<Outcome> attempt) {
      long renewEvery = config.lock().toMillis() / RENEWALS_PER_LOCK;
      Optional<Outcome> outcome = await(attempt, renewEvery);
      while (outcome.isEmpty() && running) {
        renew();
        outcome = await(attempt, renewEvery);
      }
      Outcome ended =
          outcome.or(() -> await(attempt, STOP_PATIENCE.toMillis())).orElse(Outcome.RELEASED);
      acknowledge(ended);
    }

    private Optional<Outcome> await(Future<Outcome> attempt, long millis) {
      try {
        return Optional.of(attempt.get(millis, TimeUnit.MILLISECONDS));
      } catch (TimeoutException e) {
        return Optional.empty();
      } catch (ExecutionException e) {
        LOG.error("{} failed outside of its handler", thread.getName(), e);
        return Optional.of(Outcome.DEAD_LETTER);
      } catch (InterruptedException e) {
        throw new InterruptException(e);
      }
    }

    // A renewed record comes back from a later poll, and only then can be acknowledged again.
    private void renew() {
      if (!held) {
        return;
      }
      consumer.acknowledge(record, AcknowledgeType.RENEW);
      if (failed(consumer.commitSync())) {
        lose();
        return;
      }
      long end = System.nanoTime() + config.lock().toNanos() / RENEWALS_PER_LOCK;
      while (System.nanoTime() - end < 0) {
        for (ConsumerRecord<byte[], byte[]> again : consumer.poll(POLL)) {
          if (again.offset() == record.offset() && again.partition() == record.partition()) {
            return;
          }
          consumer.acknowledge(again, AcknowledgeType.RELEASE);
        }
      }
      lose();
    }

    private void lose() {
      held = false;
      metrics.count(Outcome.LOST_LOCK);
      LOG.warn(
          "{} partition {} offset {} lost its lock while it was worked on; another worker may have it",
          record.topic(),
          record.partition(),
          record.offset());
    }

    private void acknowledge(Outcome outcome) {
      metrics.count(outcome);
      if (outcome == Outcome.DEAD_LETTER) {
        defectsInARow.incrementAndGet();
      } else if (outcome == Outcome.DONE) {
        defectsInARow.set(0);
      }
      if (!held) {
        return;
      }
      consumer.acknowledge(record, type(outcome));
      if (failed(consumer.commitSync())) {
        lose();
      }
    }

    private boolean failed(Map<TopicIdPartition, Optional<KafkaException>> answers) {
      answers.values().stream()
          .flatMap(Optional::stream)
          .forEach(
              e ->
                  LOG.info(
                      "acknowledgement of {} offset {} was not taken: {}",
                      record.topic(),
                      record.offset(),
                      e.getClass().getSimpleName()));
      return answers.values().stream().anyMatch(Optional::isPresent);
    }

    private AcknowledgeType type(Outcome outcome) {
      return switch (outcome) {
        case DONE -> AcknowledgeType.ACCEPT;
        case DEAD_LETTER -> AcknowledgeType.REJECT;
        case LATER, RELEASED, LOST_LOCK -> AcknowledgeType.RELEASE;
      };
    }
  }
}
