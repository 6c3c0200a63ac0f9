package org.firstpass.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.firstpass.event.FirstpassEvent;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.SeriesArrived;
import org.firstpass.model.ModelPackage;
import org.firstpass.sample.SampleManifest;
import org.firstpass.sample.SamplePackage;
import org.firstpass.store.FileObjectStore;
import org.firstpass.stream.EventLoop;
import org.firstpass.stream.EventLoopConfig;
import org.firstpass.stream.EventPublisher;
import org.firstpass.stream.StreamConfig;
import org.firstpass.stream.Topics;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.testing.Deadline;
import org.firstpass.testing.TestBroker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers on a real broker. */
final class WorkerTest {
  private static final int SERIES = 8;

  @TempDir private Path folder;

  @Test
  void twoWorkersShareTheArrivalsAndEachEndsInOneProposal() {
    StreamConfig stream = TestBroker.stream();
    var store = new FileObjectStore(folder.resolve("objects"));
    SamplePackage.threshold(folder.resolve("packages"), new SampleManifest(), 0);
    Map<SeriesInstanceUid, FirstpassEvent> outcomes = new ConcurrentHashMap<>();
    Set<SeriesInstanceUid> expected = new HashSet<>();
    try (var publisher = new EventPublisher(stream, "/firstpass/test");
        Worker one = worker(stream, store);
        Worker two = worker(stream, store);
        var outcomeLoop =
            new EventLoop(
                new EventLoopConfig(stream, Topics.PROPOSALS, "worker-test-outcomes"),
                event -> remember(outcomes, event),
                new SimpleMeterRegistry())) {
      outcomeLoop.start();
      one.start();
      two.start();
      for (int number = 0; number < SERIES; number++) {
        SeriesArrived event = SampleArrival.stored(store, "77" + number, SampleArrival.block());
        expected.add(((org.firstpass.event.SeriesEvent) event).series());
        publisher.publish(Topics.ARRIVALS, event);
      }
      Deadline.await(
          "every series has an outcome",
          Duration.ofSeconds(60),
          () -> outcomes.keySet().containsAll(expected));
      assertTrue(one.healthy() && two.healthy());
    }
    for (SeriesInstanceUid series : expected) {
      ProposalMade made = assertInstanceOf(ProposalMade.class, outcomes.get(series));
      assertTrue(store.contains(made.segmentation().digest()));
      assertTrue(store.contains(made.labels().digest()));
    }
  }

  @Test
  void aPackageThatDoesNotPassOnThisMachineIsNotServed() throws IOException {
    var store = new FileObjectStore(folder.resolve("objects"));
    Path packages = folder.resolve("packages");
    SamplePackage.threshold(packages, new SampleManifest().name("good"), 0);
    Path bad = SamplePackage.threshold(packages, new SampleManifest().name("bad"), 0).folder();
    Files.writeString(bad.resolve("model.onnx"), "overwritten");
    try (var worker = worker(TestBroker.stream(), store)) {
      worker.start();
      assertEquals(
          List.of("good 1.0.0"),
          worker.packages().serving().stream().map(ModelPackage::label).toList());
      assertFalse(worker.packagesSound());
      assertTrue(worker.models().contains("must have SHA-256"), worker::models);
    }
  }

  private static void remember(
      Map<SeriesInstanceUid, FirstpassEvent> outcomes, FirstpassEvent event) {
    if (event instanceof ProposalMade made) {
      outcomes.put(made.series(), made);
    }
  }

  private Worker worker(StreamConfig stream, FileObjectStore store) {
    return new Worker(config(), store, stream, new SimpleMeterRegistry(), Clock.systemUTC());
  }

  private WorkerConfig config() {
    WorkerConfig standard = HandledArrivals.config(folder.resolve("packages"));
    return new WorkerConfig(
        "worker-test",
        1,
        Duration.ofSeconds(15),
        standard.run(),
        standard.packages(),
        standard.routing());
  }
}
