package org.firstpass.worker;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.firstpass.inference.PackageVerification;
import org.firstpass.model.ModelCatalogue;
import org.firstpass.model.ModelPackage;
import org.firstpass.routing.Routing;
import org.firstpass.store.ObjectStore;
import org.firstpass.stream.EventPublisher;
import org.firstpass.stream.StreamConfig;
import org.firstpass.stream.Topics;
import org.firstpass.stream.WorkLoop;
import org.firstpass.stream.WorkLoopConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes arrivals, proposes segments, tells what came of each. As many as one likes share the work.
 *
 * <p>Packages are verified on this machine before the first arrival is taken; one that does not
 * pass is not served, and the others are.
 */
public final class Worker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final String SOURCE = "/firstpass/worker";

  private final EventPublisher publisher;
  private final SeriesSegmenter segmenter;
  private final WorkLoop loop;
  private final ModelCatalogue served;

  public Worker(
      WorkerConfig config,
      ObjectStore store,
      StreamConfig stream,
      ModelCatalogue catalogue,
      MeterRegistry registry,
      Clock clock) {
    this.served = verified(catalogue);
    var metrics = new WorkerMetrics(registry);
    this.segmenter =
        new SeriesSegmenter(
            new NetworkPool(config.threads(), registry), config.memoryBytes(), metrics);
    this.publisher = new EventPublisher(stream, SOURCE);
    var work = new SeriesWork(store, new Routing(served.served()), segmenter, metrics, clock);
    var handler =
        new ArrivalHandler(
            work, event -> publisher.publish(Topics.PROPOSALS, event), metrics, clock);
    this.loop =
        new WorkLoop(
            new WorkLoopConfig(
                stream, Topics.ARRIVALS, config.groupId(), config.concurrency(), config.lock()),
            handler,
            registry);
  }

  /** Starts taking arrivals. Returns at once. */
  public void start() {
    loop.start();
  }

  public boolean healthy() {
    return loop.healthy();
  }

  /** The packages that passed on this machine, and why the others did not. */
  public ModelCatalogue packages() {
    return served;
  }

  /** Gives back what is being worked on, then frees the networks. */
  @Override
  public void close() {
    loop.close();
    segmenter.close();
    publisher.close();
  }

  private static ModelCatalogue verified(ModelCatalogue catalogue) {
    ModelCatalogue kept = catalogue;
    for (ModelPackage each : catalogue.packages()) {
      PackageVerification verification = PackageVerification.of(each);
      if (verification.passed()) {
        LOG.info("package served: {} digest {}", each.label(), each.digest());
      } else {
        LOG.error("package not served: {}", verification.failures());
        kept = kept.without(each, verification.failures());
      }
    }
    return kept;
  }
}
