package org.firstpass.routing;

import java.util.List;
import org.firstpass.model.Requirement;
import org.jspecify.annotations.Nullable;

/**
 * One rule: for these series, these packages.
 *
 * @param name as it is told in explanations, metrics and tasks
 * @param first what a first model is asked; null to go at once
 * @param then where the series goes, if the answer is yes or nothing was asked
 * @param otherwise where it goes if the answer is no; null for the rules below
 */
public record RoutingRule(
    String name,
    SeriesCondition when,
    @Nullable Question first,
    Target then,
    @Nullable Target otherwise) {
  public RoutingRule {
    Requirement.text("name", name);
    Requirement.that(when != null, "rule '" + name + "' lacks when");
    Requirement.that(then != null, "rule '" + name + "' lacks then");
    Requirement.that(
        otherwise == null || first != null,
        "rule '" + name + "' has otherwise, but asks no first model");
  }

  /** What was found of a series, in words. */
  String told(List<String> mismatches) {
    return "rule '"
        + name
        + "': "
        + (mismatches.isEmpty() ? "meets it" : String.join("; ", mismatches));
  }
}
