package org.firstpass.worker;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.firstpass.event.ModelStateChanged;
import org.firstpass.inference.CostModel;
import org.firstpass.inference.DeviceSelection;
import org.firstpass.inference.InferenceMetrics;
import org.firstpass.model.ModelPackage;
import org.firstpass.model.ModelStates;
import org.firstpass.model.ServedPackages;
import org.firstpass.operations.Chores;
import org.firstpass.store.ObjectStore;
import org.firstpass.stream.EventLoop;
import org.firstpass.stream.EventLoopConfig;
import org.firstpass.stream.EventPublisher;
import org.firstpass.stream.EventReplay;
import org.firstpass.stream.StreamConfig;
import org.firstpass.stream.Topics;
import org.firstpass.stream.WorkLoop;
import org.firstpass.stream.WorkLoopConfig;
import org.jspecify.annotations.Nullable;

/**
 * Takes arrivals, proposes segments, tells what came of each. As many as one likes share the work.
 *
 * <p>Before the first arrival is taken it knows what people decided of model versions, and has
 * verified, loaded and warmed the packages on this machine. Both go on while it works: folders are
 * looked at again and again, decisions are followed. A package that does not pass is not served,
 * and the others are. What serves as the first of its name it says on {@code firstpass.models}.
 */
public final class Worker implements AutoCloseable {
  private static final String SOURCE = "/firstpass/worker";

  /** A reader who waits must not wait behind series: a group, a slot and a topic of their own. */
  private static final String RERUNS_GROUP = "-reruns";

  private static final String MODELS_GROUP = "firstpass-worker-models";

  private final WorkerConfig config;
  private final StreamConfig stream;
  private final Clock clock;
  private final EventPublisher publisher;
  private final PackageShelf shelf;
  private final EventLoop decisions;
  private final WorkLoop loop;
  private final WorkLoop reruns;
  private final Chores scanning = new Chores("firstpass-models");

  /**
   * @throws org.firstpass.failure.Defect DEVICE_UNAVAILABLE if none of the devices is there, before
   *     any package is blamed for it
   */
  public Worker(
      WorkerConfig config,
      ObjectStore store,
      StreamConfig stream,
      MeterRegistry registry,
      Clock clock) {
    requireDevice(config);
    this.config = config;
    this.stream = stream;
    this.clock = clock;
    var metrics = new WorkerMetrics(registry);
    CostModel costs = costs(config.run().costs());
    costs.bindTo(registry);
    var loading =
        new PackageLoading(config.run().execution(), costs, new InferenceMetrics(registry));
    this.shelf = new PackageShelf(config.packages(), loading, metrics);
    this.publisher = new EventPublisher(stream, SOURCE);
    var run = new NetworkRun(loading, metrics, shelf, config.run().heapBytes());
    var tools =
        new ArrivalRun.Tools(
            store,
            run,
            new ProposalMaking(store, metrics, clock),
            new ShadowRuns(store, metrics, clock, config.run().shadow()),
            config.routing(),
            metrics);
    var telling = new Telling(event -> publisher.publish(Topics.PROPOSALS, event), clock);
    this.loop =
        new WorkLoop(
            new WorkLoopConfig<>(
                stream, Topics.ARRIVALS, config.groupId(), config.concurrency(), config.lock()),
            new ArrivalHandler(new SeriesWork(shelf, tools), telling, metrics),
            registry);
    this.reruns =
        new WorkLoop(
            new WorkLoopConfig<>(
                stream, Topics.RERUNS, config.groupId() + RERUNS_GROUP, 1, config.lock()),
            new RerunHandler(
                shelf,
                new BoxRun(run),
                store,
                metrics,
                answer -> publisher.publish(Topics.RERUN_ANSWERS, answer),
                clock),
            registry);
    this.decisions =
        new EventLoop(
            EventLoopConfig.ofThisProcess(stream, Topics.MODELS, MODELS_GROUP),
            event -> shelf.decided((ModelStateChanged) event),
            registry);
  }

  /**
   * Tries the devices, so that who starts a process can end it before anything is started.
   *
   * @throws org.firstpass.failure.Defect DEVICE_UNAVAILABLE with what is missing and what to do
   */
  public static void requireDevice(WorkerConfig config) {
    DeviceSelection.choose(config.run().execution());
  }

  /**
   * Loads the packages as they are and as people decided, then begins to take arrivals.
   *
   * @throws org.firstpass.failure.TryAgainLater if the broker does not tell what was decided
   */
  public void start() {
    List<ModelStateChanged> told = new ArrayList<>();
    EventReplay.forEach(stream, Topics.MODELS, told::add);
    shelf.decided(none -> ModelStates.of(told));
    look();
    scanning.later(config.packages().scan(), "the model folders cannot be looked at", this::look);
    decisions.start();
    loop.start();
    reruns.start();
  }

  /** From the first version of a package on, others only serve if somebody says so. */
  private void look() {
    shelf.look();
    for (ModelPackage each : shelf.served().unsaid()) {
      var first = ModelStateChanged.firstOfItsName(each.reference(), clock.instant());
      publisher.publish(Topics.MODELS, first);
      shelf.decided(first);
    }
  }

  /** Whether it takes arrivals and hears of decisions. */
  public boolean healthy() {
    return loop.healthy() && reruns.healthy() && decisions.healthy();
  }

  /** Whether no package is broken or in quarantine; if one is, work goes on without it. */
  public boolean packagesSound() {
    return shelf.sound();
  }

  /** Which version of each package does what here. */
  public ServedPackages packages() {
    return shelf.served();
  }

  /** Every version in the folders and how it is here, as JSON. */
  public String models() {
    return PackageStatus.json(shelf.statuses());
  }

  /** Gives back what is being worked on, then frees the networks. */
  @Override
  public void close() {
    scanning.close();
    decisions.close();
    loop.close();
    reruns.close();
    shelf.close();
    publisher.close();
  }

  private static CostModel costs(@Nullable Path file) {
    return file == null ? CostModel.inMemory() : CostModel.at(file);
  }
}
