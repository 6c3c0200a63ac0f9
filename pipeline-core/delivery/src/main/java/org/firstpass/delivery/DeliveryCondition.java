package org.firstpass.delivery;

import java.util.List;
import java.util.function.Supplier;
import org.firstpass.peer.Requirement;
import org.jspecify.annotations.Nullable;

/**
 * Which results a destination gets. What is left out does not matter.
 *
 * @param projects that the series was sent for, one of these
 * @param modalities of the series, one of these
 * @param packages that proposed, one of these names
 */
public record DeliveryCondition(
    @Nullable List<String> projects,
    @Nullable List<String> modalities,
    @Nullable List<String> packages) {
  /** Everything. */
  static final DeliveryCondition NONE = new DeliveryCondition(null, null, null);

  public DeliveryCondition {
    projects = Requirement.list("when.projects", projects);
    modalities = Requirement.list("when.modalities", modalities);
    packages = Requirement.list("when.packages", packages);
  }

  /**
   * @param project asked for only if it matters, because it lies in the gateway's database
   * @param modality asked for only if it matters, because it lies in the object store
   */
  boolean holds(String packageName, Supplier<String> project, Supplier<String> modality) {
    return holds(packages, () -> packageName)
        && holds(projects, project)
        && holds(modalities, modality);
  }

  private static boolean holds(@Nullable List<String> allowed, Supplier<String> value) {
    return allowed == null
        || allowed.isEmpty()
        || allowed.stream().anyMatch(value.get()::equalsIgnoreCase);
  }
}
