package org.firstpass.stream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.firstpass.event.SeriesArrived;

/** A worker process that takes an event, says so and never ends: for a test that kills it. */
final class KilledWorker {
  private KilledWorker() {}

  public static void main(String[] arguments) throws InterruptedException {
    var never = new CountDownLatch(1);
    var stream = new StreamConfig(arguments[0], Map.of());
    var config =
        new WorkLoopConfig<>(stream, Topics.ARRIVALS, arguments[1], 1, Duration.ofSeconds(2));
    WorkHandler<SeriesArrived> stuck =
        (event, attempt) -> {
          System.out.println("working on " + event.id());
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    try (var loop = new WorkLoop(config, stuck, new SimpleMeterRegistry())) {
      loop.start();
      never.await();
    }
  }
}
