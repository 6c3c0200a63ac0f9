package org.firstpass.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.firstpass.event.SeriesArrived;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.TryAgainLater;
import org.firstpass.testing.Deadline;
import org.firstpass.testing.SampleEvents;
import org.firstpass.testing.TestBroker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkLoopTest {
  private static final Duration LOCK = Duration.ofSeconds(2);

  /** What a handler was given. */
  private record Delivery(SeriesArrived event, int attempt) {}

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
  private final String group = "work-" + UUID.randomUUID();
  private TestBroker broker;
  private EventPublisher publisher;

  @BeforeEach
  void open() {
    broker = TestBroker.isolated();
    publisher = new EventPublisher(broker.config(), "/firstpass/test");
  }

  @AfterEach
  void close() {
    publisher.close();
    broker.close();
  }

  private WorkLoop loop(int concurrency, WorkHandler<SeriesArrived> handler) {
    var config = new WorkLoopConfig<>(broker.config(), Topics.ARRIVALS, group, concurrency, LOCK);
    var loop = new WorkLoop(config, handler, meters);
    loop.start();
    return loop;
  }

  private SeriesArrived publish() {
    SeriesArrived event = SampleEvents.arrived();
    publisher.publish(Topics.ARRIVALS, event);
    return event;
  }

  private Delivery next() throws InterruptedException {
    Delivery delivery = deliveries.poll(40, TimeUnit.SECONDS);
    if (delivery == null) {
      throw new AssertionError("nothing was delivered");
    }
    return delivery;
  }

  @Test
  void workersShareTheEventsAndEachIsDoneOnce() {
    Map<UUID, Integer> done = new ConcurrentHashMap<>();
    Set<UUID> published = ConcurrentHashMap.newKeySet();
    for (int i = 0; i < 60; i++) {
      published.add(publish().id());
    }
    WorkHandler<SeriesArrived> handler =
        (event, attempt) -> done.merge(event.id(), 1, Integer::sum);
    try (WorkLoop one = loop(2, handler);
        WorkLoop other = loop(1, handler)) {
      Deadline.await("all are done", () -> done.keySet().equals(published));
      assertTrue(one.healthy() && other.healthy());
    }
    assertTrue(done.values().stream().allMatch(times -> times == 1), done::toString);
  }

  @Test
  void workThatOutlastsItsLockIsDeliveredOnceAndNothingElseIsUsedUp() throws Exception {
    SeriesArrived slow = publish();
    List<SeriesArrived> rest = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      rest.add(publish());
    }
    var finish = new CountDownLatch(1);
    WorkHandler<SeriesArrived> handler =
        (event, attempt) -> {
          deliveries.add(new Delivery(event, attempt));
          if (event.equals(slow)) {
            awaitUninterrupted(finish);
          }
        };
    try (WorkLoop one = loop(1, handler);
        WorkLoop other = loop(1, handler)) {
      Set<UUID> seen = ConcurrentHashMap.newKeySet();
      for (int i = 0; i < 6; i++) {
        Delivery delivery = next();
        assertEquals(1, delivery.attempt());
        seen.add(delivery.event().id());
      }
      assertEquals(6, seen.size());
      Deadline.holds(
          "nothing comes twice during three locks", LOCK.multipliedBy(3), deliveries::isEmpty);
      finish.countDown();
      SeriesArrived last = publish();
      assertEquals(new Delivery(last, 1), next());
      assertTrue(deliveries.isEmpty());
      assertTrue(one.healthy() && other.healthy());
    }
    assertEquals(0, count("lost_lock"));
  }

  private double count(String outcome) {
    var counter = meters.find("stream.records").tag("outcome", outcome).counter();
    return counter == null ? 0 : counter.count();
  }

  @Test
  void aWorkerThatStopsInTheMiddleGivesItsEventBack() throws Exception {
    SeriesArrived event = publish();
    var never = new CountDownLatch(1);
    WorkHandler<SeriesArrived> stuck =
        (arrived, attempt) -> {
          deliveries.add(new Delivery(arrived, attempt));
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
          }
        };
    try (WorkLoop first = loop(1, stuck)) {
      assertEquals(new Delivery(event, 1), next());
    }
    WorkHandler<SeriesArrived> good =
        (arrived, attempt) -> deliveries.add(new Delivery(arrived, attempt));
    try (WorkLoop second = loop(1, good)) {
      assertEquals(new Delivery(event, 2), next());
    }
  }

  @Test
  void aWorkerProcessThatIsKilledLosesNothing() throws Exception {
    SeriesArrived event = publish();
    Process worker =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                KilledWorker.class.getName(),
                broker.config().bootstrapServers(),
                group)
            .redirectErrorStream(true)
            .start();
    try {
      awaitLine(worker, "working on " + event.id());
    } finally {
      worker.destroyForcibly();
    }
    WorkHandler<SeriesArrived> good =
        (arrived, attempt) -> deliveries.add(new Delivery(arrived, attempt));
    try (WorkLoop second = loop(1, good)) {
      assertEquals(new Delivery(event, 2), next());
    }
  }

  private static void awaitLine(Process process, String text) throws IOException {
    try (var output = process.inputReader()) {
      StringBuilder all = new StringBuilder();
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        all.append(line).append('\n');
        if (line.contains(text)) {
          return;
        }
      }
      throw new AssertionError("the worker ended without '" + text + "':\n" + all);
    }
  }

  @Test
  void aNeighbourThatIsAwayDoesNotUseUpDeliveries() throws Exception {
    SeriesArrived event = publish();
    var tries = new AtomicInteger();
    WorkHandler<SeriesArrived> handler =
        (arrived, attempt) -> {
          if (tries.incrementAndGet() < 4) {
            throw new TryAgainLater(ReasonCode.STORE_UNAVAILABLE, "the test says so");
          }
          deliveries.add(new Delivery(arrived, attempt));
        };
    try (WorkLoop loop = loop(1, handler)) {
      assertEquals(new Delivery(event, 1), next());
    }
    assertEquals(4, tries.get());
  }

  @Test
  void aDefectEndsInTheDeadLettersWithItsEventAndTheNextIsDone() throws Exception {
    SeriesArrived bad = publish();
    SeriesArrived good = publish();
    WorkHandler<SeriesArrived> handler =
        (arrived, attempt) -> {
          if (arrived.equals(bad)) {
            throw new Defect(ReasonCode.INFERENCE_FAILED, "the test says so");
          }
          deliveries.add(new Delivery(arrived, attempt));
        };
    try (WorkLoop loop = loop(1, handler)) {
      assertEquals(new Delivery(good, 1), next());
      DeadLetter letter = awaitLetter();
      assertEquals(bad, letter.event().orElseThrow());
      assertEquals("firstpass.arrivals", letter.topic());
      assertTrue(letter.offset() >= 0, letter::toString);
    }
  }

  private DeadLetter awaitLetter() throws InterruptedException {
    BlockingQueue<DeadLetter> letters = new LinkedBlockingQueue<>();
    var config = new EventLoopConfig(broker.config(), Topics.ARRIVALS, group + "-letters");
    try (var loop = new DeadLetterLoop(config, letters::add, meters)) {
      loop.start();
      DeadLetter letter = letters.poll(30, TimeUnit.SECONDS);
      if (letter == null) {
        throw new AssertionError("no dead letter came");
      }
      return letter;
    }
  }

  @Test
  void anEventThatFiveWorkersGaveBackGoesToTheDeadLetters() throws Exception {
    SeriesArrived event = publish();
    var config = new WorkLoopConfig<>(broker.config(), Topics.ARRIVALS, group, 1, LOCK);
    WorkGroup.configure(config);
    Map<String, Object> settings =
        broker.config().with(Map.of("group.id", group, "share.acknowledgement.mode", "explicit"));
    var given = new AtomicInteger();
    try (KafkaShareConsumer<byte[], byte[]> quitter =
        new KafkaShareConsumer<>(
            settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      quitter.subscribe(List.of(Topics.ARRIVALS.name()));
      Deadline.await(
          "five deliveries",
          () -> {
            for (ConsumerRecord<byte[], byte[]> record : quitter.poll(Duration.ofMillis(200))) {
              given.incrementAndGet();
              quitter.acknowledge(record, AcknowledgeType.RELEASE);
              quitter.commitSync();
            }
            return given.get() == 5;
          });
    }
    assertEquals(event, awaitLetter().event().orElseThrow());
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
