package org.firstpass.worker;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.firstpass.event.FirstpassEvent;
import org.firstpass.event.ProposalStarted;
import org.firstpass.inference.CostModel;
import org.firstpass.inference.ExecutionSettings;
import org.firstpass.inference.InferenceMetrics;
import org.firstpass.store.FileObjectStore;

/**
 * An {@link ArrivalHandler} with all that is behind it in a worker, over a folder of packages and a
 * store, and what it told.
 */
final class HandledArrivals implements AutoCloseable {
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-02T09:00:00Z"), ZoneOffset.UTC);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<FirstpassEvent> told = Collections.synchronizedList(new ArrayList<>());
  private final WorkerMetrics metrics = new WorkerMetrics(registry);
  private final FileObjectStore store;
  private final PackageShelf shelf;
  private final ArrivalHandler handler;

  HandledArrivals(FileObjectStore store, Path packages) {
    this(store, packages, config -> config);
  }

  HandledArrivals(FileObjectStore store, Path packages, UnaryOperator<WorkerConfig> change) {
    this(store, change.apply(config(packages)), null);
  }

  /**
   * @param publisher null to remember what is told
   */
  HandledArrivals(FileObjectStore store, WorkerConfig config, Telling.Publisher publisher) {
    this.store = store;
    var loading =
        new PackageLoading(
            config.run().execution(), CostModel.inMemory(), new InferenceMetrics(registry));
    this.shelf = new PackageShelf(config.packages(), loading, metrics);
    var tools =
        new ArrivalRun.Tools(
            store,
            new NetworkRun(loading, metrics, shelf, config.run().heapBytes()),
            new ProposalMaking(store, metrics, CLOCK),
            new ShadowRuns(store, metrics, CLOCK, config.run().shadow()),
            config.routing(),
            metrics);
    this.handler =
        new ArrivalHandler(
            new SeriesWork(shelf, tools),
            new Telling(publisher == null ? told::add : publisher, CLOCK),
            metrics);
    shelf.look();
  }

  /** Two cores, no limit of the heap, quarantine after three. */
  static WorkerConfig config(Path packages) {
    WorkerConfig standard = WorkerConfig.of(PackagesConfig.of(List.of(packages)));
    return with(standard, new RunConfig(ExecutionSettings.cpu(2), Long.MAX_VALUE, null, true));
  }

  static WorkerConfig with(WorkerConfig config, RunConfig run) {
    return new WorkerConfig(
        config.groupId(),
        config.concurrency(),
        config.lock(),
        run,
        config.packages(),
        config.routing());
  }

  static WorkerConfig quarantineAfter(WorkerConfig config, int failures) {
    PackagesConfig packages = config.packages();
    return new WorkerConfig(
        config.groupId(),
        config.concurrency(),
        config.lock(),
        config.run(),
        new PackagesConfig(
            packages.folders(), Set.of(), packages.scan(), packages.licences(), failures),
        config.routing());
  }

  ArrivalHandler handler() {
    return handler;
  }

  PackageShelf shelf() {
    return shelf;
  }

  SimpleMeterRegistry registry() {
    return registry;
  }

  FileObjectStore store() {
    return store;
  }

  /** Everything that was told. */
  List<FirstpassEvent> told() {
    return List.copyOf(told);
  }

  /** What was told but for beginnings. */
  List<FirstpassEvent> ends() {
    return told().stream().filter(event -> !(event instanceof ProposalStarted)).toList();
  }

  @Override
  public void close() {
    shelf.close();
  }
}
