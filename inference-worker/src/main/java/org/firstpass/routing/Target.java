package org.firstpass.routing;

import java.util.List;
import java.util.stream.Stream;
import org.firstpass.model.Requirement;
import org.jspecify.annotations.Nullable;

/**
 * Where a rule sends a series.
 *
 * @param packages names of packages, or {@code name@version} for one version whatever is served;
 *     each makes its own proposal, so each is named once
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
    packages = Requirement.list("packages", packages);
    Requirement.that(
        packages.isEmpty() == Boolean.TRUE.equals(refuse),
        "a rule either names packages or says refuse");
    Requirement.that(
        !packages.isEmpty() || protocol == null && priority == null && regardless == null,
        "a rule that says refuse has no protocol, priority or regardless");
    // Of two versions of one package review keeps the later proposal only.
    Requirement.that(
        names(packages).map(PackageName::name).distinct().count() == packages.size(),
        "packages must name each package once, whatever the version, but are " + packages);
  }

  List<PackageName> names() {
    return names(packages).toList();
  }

  private static Stream<PackageName> names(List<String> packages) {
    return packages.stream().map(each -> PackageName.of("packages", each));
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
