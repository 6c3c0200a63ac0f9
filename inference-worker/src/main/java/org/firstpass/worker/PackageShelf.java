package org.firstpass.worker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.firstpass.event.ModelState;
import org.firstpass.event.ModelStateChanged;
import org.firstpass.event.PackageReference;
import org.firstpass.failure.Defect;
import org.firstpass.model.Cascades;
import org.firstpass.model.ModelPackage;
import org.firstpass.model.ModelStates;
import org.firstpass.model.ServedPackages;
import org.firstpass.study.Sha256;
import org.jspecify.annotations.Nullable;
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
    while (true) {
      Map<PackageReference, String> hindrances = hindrances(kept);
      ServedPackages plan = ServedPackages.of(runnable(kept, hindrances), nextStates);
      Optional<ShelvedPackage> failed = openMissing(kept, needed(plan), opened);
      if (failed.isEmpty()) {
        finish(kept, hindrances, plan, nextStates, opened);
        return;
      }
      // What does not load is left out, and what is served is thought over again.
      kept = replaced(kept, failed.get());
    }
  }

  private Map<PackageReference, String> hindrances(List<ShelvedPackage> all) {
    Map<PackageReference, String> found = new HashMap<>();
    Set<String> versions = new LinkedHashSet<>();
    List<ModelPackage> able = new ArrayList<>();
    for (ShelvedPackage each : all) {
      ModelPackage model = each.model();
      if (model == null || each.fault() != null || isQuarantined(each)) {
        continue;
      }
      Optional<String> against = config.against(model.manifest());
      if (against.isPresent()) {
        found.put(model.reference(), against.get());
      } else if (versions.add(model.label())) {
        able.add(model);
      }
    }
    found.putAll(Cascades.refusals(able));
    return found;
  }

  private synchronized boolean isQuarantined(ShelvedPackage each) {
    return each.quarantine() != null;
  }

  private List<ModelPackage> runnable(
      List<ShelvedPackage> all, Map<PackageReference, String> hindrances) {
    Map<String, ModelPackage> byLabel = new LinkedHashMap<>();
    for (ShelvedPackage each : all) {
      ModelPackage model = each.model();
      if (model != null
          && each.fault() == null
          && !isQuarantined(each)
          && !hindrances.containsKey(model.reference())) {
        // Of two folders with one version the first counts, as folders are given.
        byLabel.putIfAbsent(model.label(), model);
      }
    }
    return List.copyOf(byLabel.values());
  }

  /** What may be met by a series without being named: it is in memory before. */
  private static Set<ModelPackage> needed(ServedPackages plan) {
    Set<ModelPackage> needed = new LinkedHashSet<>();
    plan.versions().stream()
        .filter(
            each ->
                each.state() == ModelState.SERVING
                    || each.state() == ModelState.CANARY
                    || each.state() == ModelState.SHADOW)
        .map(ServedPackages.Version::model)
        .forEach(needed::add);
    for (ModelPackage each : List.copyOf(needed)) {
      Cascades.coarseOf(each)
          .filter(coarse -> coarse.version() != null)
          .flatMap(coarse -> plan.find(coarse.model(), String.valueOf(coarse.version())))
          .ifPresent(needed::add);
    }
    return needed;
  }

  private Optional<ShelvedPackage> openMissing(
      List<ShelvedPackage> all, Set<ModelPackage> needed, Map<ShelvedPackage, HeldNetwork> opened) {
    for (ShelvedPackage each : all) {
      ModelPackage model = each.model();
      if (model == null || !needed.contains(model) || opened.containsKey(each)) {
        continue;
      }
      if (networkOf(each) == null) {
        try {
          opened.put(each, new HeldNetwork(loading.open(model)));
        } catch (Defect e) {
          LOG.error("package not served: {} {}", model.label(), PackageFault.told(e));
          return Optional.of(ShelvedPackage.faulty(each.folder(), model, PackageFault.told(e)));
        }
      }
    }
    return Optional.empty();
  }

  private synchronized @Nullable HeldNetwork networkOf(ShelvedPackage each) {
    return each.network();
  }

  private static List<ShelvedPackage> replaced(List<ShelvedPackage> all, ShelvedPackage by) {
    return all.stream()
        .map(each -> each.folder().folder().equals(by.folder().folder()) ? by : each)
        .toList();
  }

  private synchronized void finish(
      List<ShelvedPackage> next,
      Map<PackageReference, String> hindrances,
      ServedPackages plan,
      ModelStates nextStates,
      Map<ShelvedPackage, HeldNetwork> opened) {
    List<ShelvedPackage> before = shelved;
    shelved = List.copyOf(next);
    states = nextStates;
    opened.forEach(ShelvedPackage::load);
    for (ShelvedPackage each : shelved) {
      ModelPackage model = each.model();
      each.hinder(model == null ? null : hindrances.get(model.reference()));
    }
    before.stream().filter(each -> !shelved.contains(each)).forEach(ShelvedPackage::unload);
    // A quarantine that came while packages were loaded counts too.
    settle(ServedPackages.of(withoutQuarantined(plan), nextStates));
  }

  private List<ModelPackage> withoutQuarantined(ServedPackages plan) {
    return plan.versions().stream()
        .map(ServedPackages.Version::model)
        .filter(model -> find(model).filter(each -> each.quarantine() != null).isEmpty())
        .toList();
  }

  /** From now on series that begin meet this; memory that it does not need goes back. */
  private void settle(ServedPackages next) {
    List<String> told = ServedText.changes(served, next);
    served = next;
    Set<ModelPackage> needed = needed(next);
    for (ShelvedPackage each : shelved) {
      ModelPackage model = each.model();
      if (model != null && !needed.contains(model)) {
        each.unload();
      }
    }
    metrics.packages(
        next.serving().size(),
        (int) shelved.stream().filter(each -> each.quarantine() != null).count(),
        (int) shelved.stream().filter(each -> each.fault() != null).count());
    told.forEach(LOG::info);
  }

  private void quarantine(ShelvedPackage each, String reason) {
    each.quarantine(reason);
    metrics.quarantined();
    LOG.error("package in quarantine: {} {}", labelOf(each), reason);
    List<ModelPackage> left =
        served.versions().stream()
            .map(ServedPackages.Version::model)
            .filter(model -> !model.equals(each.model()))
            .toList();
    Map<PackageReference, String> orphans = Cascades.refusals(left);
    shelved.stream()
        .filter(other -> other.model() != null && other.hindrance() == null)
        .forEach(
            other -> {
              ModelPackage model = other.model();
              other.hinder(model == null ? null : orphans.get(model.reference()));
            });
    settle(
        ServedPackages.of(
            left.stream().filter(model -> !orphans.containsKey(model.reference())).toList(),
            states));
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
          find(model).filter(each -> !closed && needed(served).contains(model));
      if (keeper.isPresent() && keeper.get().network() == null) {
        keeper.get().load(opened.hold());
      }
    }
    return opened;
  }
}
