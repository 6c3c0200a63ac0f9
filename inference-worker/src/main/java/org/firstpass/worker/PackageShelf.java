package org.firstpass.worker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.firstpass.event.ModelStateChanged;
import org.firstpass.event.PackageReference;
import org.firstpass.failure.Defect;
import org.firstpass.model.ModelPackage;
import org.firstpass.model.ModelStates;
import org.firstpass.model.ServedPackages;
import org.firstpass.study.Sha256;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The packages of this process: what lies in the folders, what people decided of it, what proved to
 * work here.
 *
 * <p>A package is loaded, verified and warmed before any series can meet it, and then all series
 * that begin meet it at once; those that run keep what they began with. Memory of a version that is
 * no longer needed goes back when its last series has ended. Safe for use by many threads: changes
 * wait for one another, series do not wait for changes.
 */
final class PackageShelf implements NetworkRun.Health, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PackageShelf.class);

  private final PackagesConfig config;
  private final PackageLoading loading;
  private final WorkerMetrics metrics;
  private final ReentrantLock changing = new ReentrantLock();
  private final FolderScan scan;

  // Guarded by this; only who holds the lock above may change what is on the shelf.
  private List<ShelvedPackage> shelved = List.of();
  private ModelStates states = ModelStates.NONE;
  private ServedPackages served = ServedPackages.NONE;
  private boolean closed;

  PackageShelf(PackagesConfig config, PackageLoading loading, WorkerMetrics metrics) {
    this.config = config;
    this.loading = loading;
    this.metrics = metrics;
    this.scan = new FolderScan(config, loading);
  }

  /** Looks at the folders, and brings what is new to the series that begin from now on. */
  void look() {
    change(
        () -> {
          List<ShelvedPackage> now = shelvedNow();
          Optional<List<ShelvedPackage>> found = scan.look(now);
          found.ifPresent(next -> swap(next, statesNow()));
        });
  }

  /** A person decided what a version may do. */
  void decided(ModelStateChanged decision) {
    decided(known -> known.with(decision));
  }

  /** People decided what versions may do. */
  void decided(UnaryOperator<ModelStates> change) {
    change(
        () -> {
          ModelStates before = statesNow();
          ModelStates after = change.apply(before);
          if (after != before) {
            swap(shelvedNow(), after);
          }
        });
  }

  /** The packages as they are now; to be closed when the series has ended. */
  synchronized PackageUse use() {
    if (closed) {
      throw new IllegalStateException("the packages of this process are closed");
    }
    Map<Sha256, HeldNetwork> held = new HashMap<>();
    List<ModelPackage> quarantined = new ArrayList<>();
    for (ShelvedPackage each : shelved) {
      ModelPackage model = each.model();
      if (model != null && each.quarantine() != null) {
        quarantined.add(model);
      }
      HeldNetwork network = each.network();
      if (model != null && network != null) {
        held.put(model.digest(), network.hold());
      }
    }
    return new PackageUse(served, quarantined, held, this::open);
  }

  /** A series was done with a package. */
  @Override
  public synchronized void worked(ModelPackage model) {
    find(model).ifPresent(ShelvedPackage::worked);
  }

  /**
   * A package failed on a series. If that is its own fault and was so on several series in a row,
   * it goes into quarantine: series that begin from now on are given another version, or none.
   */
  @Override
  public synchronized void failed(ModelPackage model, Defect defect) {
    Optional<ShelvedPackage> found = find(model);
    if (found.isEmpty() || !PackageFault.is(defect)) {
      return;
    }
    int failures = found.get().failed();
    if (failures >= config.quarantineAfter() && found.get().quarantine() == null) {
      quarantine(
          found.get(),
          "failed on " + failures + " series in a row, at last with " + PackageFault.told(defect));
    }
  }

  /** What is on the shelf, as an operator is told. */
  synchronized List<PackageStatus> statuses() {
    Map<PackageReference, ServedPackages.Version> versions = new HashMap<>();
    served.versions().forEach(each -> versions.put(each.model().reference(), each));
    return shelved.stream()
        .map(
            each -> {
              ModelPackage model = each.model();
              return PackageStatus.of(
                  each, model == null ? null : versions.get(model.reference()), states, loading);
            })
        .toList();
  }

  /** Whether every package that may be served here works here. */
  synchronized boolean sound() {
    return shelved.stream().allMatch(each -> each.fault() == null && each.quarantine() == null);
  }

  synchronized ServedPackages served() {
    return served;
  }

  @Override
  public void close() {
    change(
        () -> {
          synchronized (this) {
            closed = true;
            shelved.forEach(ShelvedPackage::unload);
            served = ServedPackages.NONE;
          }
        });
  }

  private void change(Runnable change) {
    changing.lock();
    try {
      change.run();
    } finally {
      changing.unlock();
    }
  }

  private synchronized List<ShelvedPackage> shelvedNow() {
    return shelved;
  }

  private synchronized ModelStates statesNow() {
    return states;
  }

  /** First loads what will be needed, then changes everything at once. */
  private void swap(List<ShelvedPackage> next, ModelStates nextStates) {
    Map<ShelvedPackage, HeldNetwork> opened = new LinkedHashMap<>();
    List<ShelvedPackage> kept = next;
    Optional<ShelvedPackage> failed = openMissing(kept, nextStates, opened);
    while (failed.isPresent()) {
      // What does not load is left out, and what is served is thought over again.
      kept = replaced(kept, failed.get());
      failed = openMissing(kept, nextStates, opened);
    }
    finish(kept, nextStates, opened);
  }

  /** Answers the first that does not load, as what it is then; empty if all are in memory. */
  private Optional<ShelvedPackage> openMissing(
      List<ShelvedPackage> all, ModelStates nextStates, Map<ShelvedPackage, HeldNetwork> opened) {
    for (ShelvedPackage each : missing(all, nextStates)) {
      ModelPackage model = each.model();
      if (model == null || opened.containsKey(each)) {
        continue;
      }
      try {
        opened.put(each, new HeldNetwork(loading.open(model)));
      } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
        String told = PackageFault.told(PackageFault.of(e));
        LOG.error("package not served: {} {}", model.label(), told, e);
        return Optional.of(ShelvedPackage.faulty(each.folder(), model, told));
      }
    }
    return Optional.empty();
  }

  private synchronized List<ShelvedPackage> missing(
      List<ShelvedPackage> all, ModelStates nextStates) {
    Set<ModelPackage> needed = ShelfPlan.of(all, config, nextStates).needed();
    return all.stream()
        .filter(each -> each.network() == null)
        .filter(each -> needed.stream().anyMatch(model -> model.equals(each.model())))
        .toList();
  }

  private static List<ShelvedPackage> replaced(List<ShelvedPackage> all, ShelvedPackage by) {
    return all.stream()
        .map(each -> each.folder().folder().equals(by.folder().folder()) ? by : each)
        .toList();
  }

  private synchronized void finish(
      List<ShelvedPackage> next, ModelStates nextStates, Map<ShelvedPackage, HeldNetwork> opened) {
    List<ShelvedPackage> before = shelved;
    shelved = List.copyOf(next);
    states = nextStates;
    opened.forEach(ShelvedPackage::load);
    before.stream().filter(each -> !shelved.contains(each)).forEach(ShelvedPackage::unload);
    settle();
  }

  /** Series that begin meet what is on the shelf now; memory that is not needed goes back. */
  private void settle() {
    ShelfPlan plan = ShelfPlan.of(shelved, config, states);
    ServedText.changes(served, plan.served()).forEach(LOG::info);
    served = plan.served();
    for (ShelvedPackage each : shelved) {
      ModelPackage model = each.model();
      each.hinder(model == null ? null : plan.hindrances().get(model.reference()));
      if (plan.needed().stream().noneMatch(needed -> needed.equals(model))) {
        each.unload();
      }
    }
    metrics.packages(
        served.serving().size(),
        (int) shelved.stream().filter(each -> each.quarantine() != null).count(),
        (int) shelved.stream().filter(each -> each.fault() != null).count());
  }

  private void quarantine(ShelvedPackage each, String reason) {
    each.quarantine(reason);
    metrics.quarantined();
    LOG.error("package in quarantine: {} {}", labelOf(each), reason);
    settle();
  }

  private static String labelOf(ShelvedPackage each) {
    ModelPackage model = each.model();
    return model == null ? each.folder().folder().toString() : model.label();
  }

  private Optional<ShelvedPackage> find(ModelPackage model) {
    return shelved.stream().filter(each -> model.equals(each.model())).findFirst();
  }

  /** For a version that is asked for by name only, or one that takes over from a failing one. */
  private HeldNetwork open(ModelPackage model) {
    var opened = new HeldNetwork(loading.open(model));
    synchronized (this) {
      Optional<ShelvedPackage> keeper =
          find(model)
              .filter(
                  each ->
                      !closed && ShelfPlan.of(shelved, config, states).needed().contains(model));
      if (keeper.isPresent() && keeper.get().network() == null) {
        keeper.get().load(opened.hold());
      }
    }
    return opened;
  }
}
