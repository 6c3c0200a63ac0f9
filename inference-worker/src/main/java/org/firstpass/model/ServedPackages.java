package org.firstpass.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.firstpass.event.ModelState;
import org.firstpass.event.ModelStateChanged;
import org.firstpass.study.NameBasedUuid;
import org.firstpass.study.StudyInstanceUid;

/**
 * Which version of each package does what, of those that can run here.
 *
 * <p>The version that was last told to serve serves. If it cannot run here, the one that was told
 * so before it does, but never one of which nobody said so. As long as nothing was said of a
 * package but that versions are registered, the newest of the others serves: the first of its name,
 * of which a worker then says so. A canary has its share of the studies, always the same ones. A
 * retired version is given nothing, not even by name. Immutable.
 */
public final class ServedPackages {
  /** No package at all. */
  public static final ServedPackages NONE = new ServedPackages(List.of(), ModelStates.NONE);

  private final List<Version> versions;
  private final ModelStates states;

  private ServedPackages(List<Version> versions, ModelStates states) {
    this.versions = List.copyOf(versions);
    this.states = states;
  }

  /**
   * A version and what it does.
   *
   * @param decided whether anything was said of it
   */
  public record Version(ModelPackage model, ModelState state, boolean decided) {}

  /**
   * @param runnable every version that can run here
   */
  public static ServedPackages of(Collection<ModelPackage> runnable, ModelStates states) {
    var byName = new TreeMap<String, List<ModelPackage>>();
    runnable.forEach(
        each ->
            byName.computeIfAbsent(each.manifest().name(), name -> new ArrayList<>()).add(each));
    List<Version> versions = new ArrayList<>();
    byName.forEach((name, all) -> versions.addAll(versionsOf(name, all, states)));
    return new ServedPackages(versions, states);
  }

  private static List<Version> versionsOf(
      String name, List<ModelPackage> runnable, ModelStates states) {
    List<ModelPackage> newestFirst =
        runnable.stream()
            .sorted(
                Comparator.comparing(
                        (ModelPackage each) -> each.manifest().version(),
                        ModelCatalogue::compareVersions)
                    .reversed())
            .toList();
    Optional<ModelPackage> serving = serving(name, newestFirst, states);
    List<Version> versions = new ArrayList<>();
    for (ModelPackage each : newestFirst) {
      Optional<ModelStateChanged> decision = states.of(name, each.manifest().version());
      // One that was told to serve before another one was is only kept.
      ModelState said =
          decision
              .map(ModelStateChanged::state)
              .filter(state -> state != ModelState.SERVING)
              .orElse(ModelState.REGISTERED);
      boolean serves = serving.filter(each::equals).isPresent();
      versions.add(new Version(each, serves ? ModelState.SERVING : said, decision.isPresent()));
    }
    return versions;
  }

  private static Optional<ModelPackage> serving(
      String name, List<ModelPackage> newestFirst, ModelStates states) {
    List<ModelStateChanged> said = states.of(name);
    if (said.stream().allMatch(each -> each.state() == ModelState.REGISTERED)) {
      return newestFirst.stream()
          .filter(each -> states.of(name, each.manifest().version()).isEmpty())
          .findFirst();
    }
    return said.stream()
        .filter(each -> each.state() == ModelState.SERVING)
        .flatMap(
            decision ->
                newestFirst.stream()
                    .filter(each -> each.manifest().version().equals(decision.version())))
        .findFirst();
  }

  /** Every version that can run here, by name, the newest first. */
  public List<Version> versions() {
    return versions;
  }

  /** Versions that serve as the first of their names, of which nothing was said yet. */
  public List<ModelPackage> unsaid() {
    return versions.stream()
        .filter(each -> each.state() == ModelState.SERVING && !each.decided())
        .map(Version::model)
        .toList();
  }

  /** What is served to most: one version of each package. */
  public List<ModelPackage> serving() {
    return in(ModelState.SERVING);
  }

  /** What a study is served: one version of each package, a canary if it is of its share. */
  public List<ModelPackage> servedTo(StudyInstanceUid study) {
    var chosen = new TreeMap<String, ModelPackage>();
    serving().forEach(each -> chosen.put(each.manifest().name(), each));
    double at = placeOf(study);
    Map<String, Double> shared = new TreeMap<>();
    for (ModelStateChanged canary : canaries()) {
      double from = shared.getOrDefault(canary.name(), 0.0);
      shared.put(canary.name(), from + canary.share());
      if (at >= from && at < from + canary.share()) {
        find(canary.name(), canary.version()).ifPresent(each -> chosen.put(canary.name(), each));
      }
    }
    return List.copyOf(chosen.values());
  }

  /** Every version that may be given something, also by name only. */
  public List<ModelPackage> available() {
    return versions.stream()
        .filter(each -> each.state() != ModelState.RETIRED)
        .map(Version::model)
        .toList();
  }

  /** The versions of a package that run beside the one that is served. */
  public List<ModelPackage> shadowsOf(String name) {
    return in(ModelState.SHADOW).stream()
        .filter(each -> each.manifest().name().equals(name))
        .toList();
  }

  /** A version that may be given something. */
  public Optional<ModelPackage> find(String name, String version) {
    return available().stream()
        .filter(each -> each.manifest().name().equals(name))
        .filter(each -> each.manifest().version().equals(version))
        .findFirst();
  }

  private List<ModelPackage> in(ModelState state) {
    return versions.stream().filter(each -> each.state() == state).map(Version::model).toList();
  }

  /**
   * Canaries in the order of their versions. One that cannot run here keeps its share, which then
   * is served what the others are: no study changes its version because of it.
   */
  private List<ModelStateChanged> canaries() {
    return versions.stream()
        .map(each -> each.model().manifest().name())
        .distinct()
        .flatMap(
            name ->
                states.of(name).stream()
                    .filter(each -> each.state() == ModelState.CANARY)
                    .sorted(
                        Comparator.comparing(
                            ModelStateChanged::version, ModelCatalogue::compareVersions)))
        .toList();
  }

  /** Where a study lies between 0 and 1, by its UID alone. */
  private static double placeOf(StudyInstanceUid study) {
    long bits = NameBasedUuid.of("canary", study.value()).getLeastSignificantBits();
    // The two highest bits of a UUID's second half are its variant, always the same.
    return (double) (bits << 2 >>> 2) / (1L << 62);
  }
}
