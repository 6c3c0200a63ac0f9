package org.firstpass.routing;

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
    RoutingCheck.text("name", name);
    RoutingCheck.that(when != null, "rule '" + name + "' lacks when");
    RoutingCheck.that(then != null, "rule '" + name + "' lacks then");
    RoutingCheck.that(
        otherwise == null || first != null,
        "rule '" + name + "' has otherwise, but asks no first model");
  }
}
