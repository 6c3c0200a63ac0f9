package org.firstpass.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.firstpass.event.FirstpassEvent;
import org.firstpass.event.ModelStateChanged;
import org.firstpass.event.ProposalRefused;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.TryAgainLater;
import org.firstpass.testing.Deadline;
import org.firstpass.testing.SampleEvents;
import org.firstpass.testing.TestBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EventLoopTest {
  private static StreamConfig stream;
  private static EventPublisher publisher;

  private final BlockingQueue<FirstpassEvent> seen = new LinkedBlockingQueue<>();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @BeforeAll
  static void open() {
    stream = TestBroker.stream();
    publisher = new EventPublisher(stream, "/firstpass/test");
  }

  @AfterAll
  static void close() {
    publisher.close();
  }

  private EventLoop loop(String group, Consumer<FirstpassEvent> handler) {
    var loop = new EventLoop(new EventLoopConfig(stream, Topics.PROPOSALS, group), handler, meters);
    loop.start();
    return loop;
  }

  private static String group() {
    return "test-" + UUID.randomUUID();
  }

  private void awaitSeen(FirstpassEvent event) throws InterruptedException {
    FirstpassEvent next = seen.poll(30, TimeUnit.SECONDS);
    while (next != null && !next.equals(event)) {
      next = seen.poll(30, TimeUnit.SECONDS);
    }
    assertEquals(event, next);
  }

  @Test
  void anEventArrivesAsItWasPublished() throws InterruptedException {
    ProposalRefused event = SampleEvents.refused();
    publisher.publish(Topics.PROPOSALS, event);
    try (EventLoop loop = loop(group(), seen::add)) {
      awaitSeen(event);
      assertTrue(loop.healthy());
    }
  }

  @Test
  void everyProcessOfItsOwnReadsTheTopicFromItsBeginning() throws InterruptedException {
    ProposalRefused event = SampleEvents.refused();
    publisher.publish(Topics.PROPOSALS, event);
    for (int start = 0; start < 2; start++) {
      var config = EventLoopConfig.ofThisProcess(stream, Topics.PROPOSALS, "test-each");
      try (var loop = new EventLoop(config, seen::add, meters)) {
        loop.start();
        awaitSeen(event);
      }
    }
    assertEquals(1, meters.find("stream.lag").tag("group", "test-each").gauges().size());
  }

  @Test
  void aRecordCarriesCloudEventsHeadersAndTheSeriesAsItsKey() {
    ProposalRefused event = SampleEvents.refused();
    publisher.publish(Topics.PROPOSALS, event);
    BlockingQueue<ConsumerRecord<byte[], byte[]>> records = new LinkedBlockingQueue<>();
    TopicReading.forEach(
        stream,
        Topics.PROPOSALS.name(),
        record -> {
          if (event.series().value().equals(text(record.key()))) {
            records.add(record);
          }
        });
    ConsumerRecord<byte[], byte[]> record = Objects.requireNonNull(records.poll());
    assertEquals("1.0", header(record, "ce_specversion"));
    assertEquals(event.id().toString(), header(record, "ce_id"));
    assertEquals("/firstpass/test", header(record, "ce_source"));
    assertEquals("org.firstpass.proposal-refused.v1", header(record, "ce_type"));
    assertEquals("2026-11-02T03:04:05.678Z", header(record, "ce_time"));
    assertEquals("application/json", header(record, "content-type"));
    assertEquals(
        "/schemas/org.firstpass.proposal-refused.v1.json", header(record, "ce_dataschema"));
  }

  @Test
  void whatAVersionMayDoHasTheVersionAsItsKeySoThatTheLastWordIsKept() throws Exception {
    ModelStateChanged event = SampleEvents.modelStateChanged();
    publisher.publish(Topics.MODELS, event);
    BlockingQueue<String> keys = new LinkedBlockingQueue<>();
    TopicReading.forEach(
        stream,
        Topics.MODELS.name(),
        record -> keys.add(text(Objects.requireNonNull(record.key()))));
    assertTrue(keys.contains("sample@" + event.version()), keys::toString);
    List<ModelStateChanged> replayed = new ArrayList<>();
    EventReplay.forEach(stream, Topics.MODELS, replayed::add);
    assertTrue(replayed.contains(event));
    try (Admin admin = Admin.create(stream.with(Map.of()))) {
      var topic = new ConfigResource(ConfigResource.Type.TOPIC, Topics.MODELS.name());
      assertEquals(
          "compact",
          admin
              .describeConfigs(List.of(topic))
              .all()
              .get()
              .get(topic)
              .get("cleanup.policy")
              .value());
    }
  }

  @Test
  void aGroupGoesOnWhereItEnded() throws InterruptedException {
    String group = group();
    ProposalRefused first = SampleEvents.refused();
    ProposalRefused second = SampleEvents.refused();
    publisher.publish(Topics.PROPOSALS, first);
    try (EventLoop loop = loop(group, seen::add)) {
      awaitSeen(first);
    }
    seen.clear();
    publisher.publish(Topics.PROPOSALS, second);
    try (EventLoop loop = loop(group, seen::add)) {
      awaitSeen(second);
    }
    assertFalse(seen.contains(first));
  }

  @Test
  void anEventThatMustWaitIsTriedAgainUntilItWorks() throws InterruptedException {
    ProposalRefused event = SampleEvents.refused();
    var tries = new AtomicInteger();
    publisher.publish(Topics.PROPOSALS, event);
    Consumer<FirstpassEvent> handler =
        arrived -> {
          if (arrived.equals(event) && tries.incrementAndGet() < 3) {
            throw new TryAgainLater(ReasonCode.DATABASE_UNAVAILABLE, "the test says so");
          }
          seen.add(arrived);
        };
    try (EventLoop loop = loop(group(), handler)) {
      awaitSeen(event);
      assertTrue(loop.healthy());
    }
    assertEquals(3, tries.get());
  }

  @Test
  void aRecordThatIsNoEventGoesToTheDeadLettersAndTheLoopGoesOn() throws InterruptedException {
    String key = "poison-" + UUID.randomUUID();
    ProposalRefused after = SampleEvents.refused();
    try (KafkaProducer<byte[], byte[]> raw = EventPublisher.Producers.open(stream, Map.of())) {
      raw.send(new ProducerRecord<>(Topics.PROPOSALS.name(), bytes(key), bytes("{not json")));
    }
    publisher.publish(Topics.PROPOSALS, after);
    String group = group();
    try (EventLoop loop = loop(group, seen::add)) {
      awaitSeen(after);
      ConsumerRecord<byte[], byte[]> letter = awaitLetter(key, group);
      assertEquals("{not json", text(letter.value()));
      DeadLetter read = DeadLetters.read(Topics.PROPOSALS, letter);
      assertEquals("firstpass.proposals", read.topic());
      assertTrue(read.offset() >= 0);
      assertTrue(read.reason().startsWith("FP3003"), read.reason());
      assertTrue(read.event().isEmpty());
    }
  }

  @Test
  void severalDefectsInARowMakeItUnhealthyAndOneSuccessHealsIt() throws InterruptedException {
    var broken = new AtomicBoolean(true);
    String group = group();
    Consumer<FirstpassEvent> handler =
        event -> {
          if (broken.get()) {
            throw new Defect(ReasonCode.UNEXPECTED, "the test says so");
          }
          seen.add(event);
        };
    try (EventLoop loop = loop(group, handler)) {
      for (int i = 0; i < 5; i++) {
        publisher.publish(Topics.PROPOSALS, SampleEvents.refused());
      }
      Deadline.await("the loop is unhealthy", () -> !loop.healthy());
      broken.set(false);
      ProposalRefused good = SampleEvents.refused();
      publisher.publish(Topics.PROPOSALS, good);
      awaitSeen(good);
      Deadline.await("the loop is healthy", loop::healthy);
    }
  }

  private static ConsumerRecord<byte[], byte[]> awaitLetter(String key, String group) {
    BlockingQueue<ConsumerRecord<byte[], byte[]>> found = new LinkedBlockingQueue<>();
    Deadline.await(
        "a dead letter of " + key,
        () -> {
          TopicReading.forEach(
              stream,
              Topics.deadLetters(Topics.PROPOSALS.name()),
              record -> {
                boolean ours =
                    key.equals(text(record.key()))
                        && group.equals(header(record, "__dlq.errors.group"));
                if (ours) {
                  found.add(record);
                }
              });
          return !found.isEmpty();
        });
    return List.copyOf(found).get(0);
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String key) {
    return text(record.headers().lastHeader(key).value());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
