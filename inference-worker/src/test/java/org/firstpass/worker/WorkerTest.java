package org.firstpass.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import org.firstpass.model.ModelCatalogue;
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
                event -> outcomes.put(((org.firstpass.event.SeriesEvent) event).series(), event),
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
    ModelCatalogue loaded = ModelCatalogue.load(List.of(packages));
    // Broken after it was loaded, so only the verification can find it.
    Files.writeString(bad.resolve("model.onnx"), "overwritten");
    try (var worker =
        new Worker(
            config(),
            store,
            TestBroker.stream(),
            loaded,
            new SimpleMeterRegistry(),
            Clock.systemUTC())) {
      assertEquals(1, worker.packages().served().size());
      assertEquals("good 1.0.0", worker.packages().served().get(0).label());
      assertEquals(1, worker.packages().broken().size());
    }
  }

  private Worker worker(StreamConfig stream, FileObjectStore store) {
    return new Worker(
        config(),
        store,
        stream,
        ModelCatalogue.load(List.of(folder.resolve("packages"))),
        new SimpleMeterRegistry(),
        Clock.systemUTC());
  }

  private static WorkerConfig config() {
    return new WorkerConfig("worker-test", 1, Duration.ofSeconds(15), 1, 1L << 30);
  }
}
