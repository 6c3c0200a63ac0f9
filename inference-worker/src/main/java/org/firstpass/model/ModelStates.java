package org.firstpass.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.firstpass.event.ModelStateChanged;

/**
 * What was decided of versions of packages; of several decisions on one version the latest counts,
 * in whatever order they are told, and what people decide always before what serves as the first of
 * its name. Immutable.
 */
public final class ModelStates {
  /** Nobody decided anything. */
  public static final ModelStates NONE = new ModelStates(Map.of());

  // Told at one time, the larger id counts, so that every worker thinks the same.
  private static final Comparator<ModelStateChanged> LATEST =
      Comparator.comparing(ModelStateChanged::decidedByAPerson)
          .thenComparing(ModelStateChanged::time)
          .thenComparing(ModelStateChanged::id);

  private final Map<String, ModelStateChanged> byVersion;

  private ModelStates(Map<String, ModelStateChanged> byVersion) {
    this.byVersion = Map.copyOf(byVersion);
  }

  public static ModelStates of(Collection<ModelStateChanged> decisions) {
    ModelStates states = NONE;
    for (ModelStateChanged each : decisions) {
      states = states.with(each);
    }
    return states;
  }

  /** These and one decision more. */
  public ModelStates with(ModelStateChanged decision) {
    ModelStateChanged known = byVersion.get(decision.key());
    if (known != null && LATEST.compare(known, decision) >= 0) {
      return this;
    }
    var more = new HashMap<>(byVersion);
    more.put(decision.key(), decision);
    return new ModelStates(more);
  }

  /** The last word on a version, if anything was said of it. */
  public Optional<ModelStateChanged> of(String name, String version) {
    return Optional.ofNullable(byVersion.get(name + "@" + version));
  }

  /** The last words on the versions of a package, the latest first. */
  public List<ModelStateChanged> of(String name) {
    return byVersion.values().stream()
        .filter(decision -> decision.name().equals(name))
        .sorted(LATEST.reversed())
        .toList();
  }
}
