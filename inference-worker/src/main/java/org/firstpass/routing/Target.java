package org.firstpass.routing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a rule sends a series.
 *
 * @param packages names of packages, or {@code name@version} for one version whatever is served;
 *     each makes its own proposal
 * @param refuse whether the series is not segmented at all
 * @param protocol the annotation protocol of the task, null for the package's own labels
 * @param priority what is added to the priority of the task, 0 if null
 * @param regardless whether the series is given to the packages even if what they state of
 *     themselves speaks against it; false if null
 */
public record Target(
    List<String> packages,
    @Nullable Boolean refuse,
    @Nullable String protocol,
    @Nullable Integer priority,
    @Nullable Boolean regardless) {
  public Target {
    packages = RoutingCheck.listed(packages);
    RoutingCheck.that(
        packages.isEmpty() == Boolean.TRUE.equals(refuse),
        "a rule either names packages or says refuse");
    packages.forEach(each -> RoutingCheck.text("packages", each));
    RoutingCheck.that(
        packages.stream().distinct().count() == packages.size(), "packages must differ");
  }

  boolean refuses() {
    return Boolean.TRUE.equals(refuse);
  }

  boolean goesRegardless() {
    return Boolean.TRUE.equals(regardless);
  }

  int addedPriority() {
    return priority == null ? 0 : priority;
  }
}
