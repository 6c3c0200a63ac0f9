package org.firstpass.routing;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs the examples of a rules file against its rules, without any package. */
public final class RoutingExamples {
  private RoutingExamples() {}

  /**
   * What came of one example.
   *
   * @param finding what was expected and what was found, with the rules' own findings
   */
  public record Outcome(String name, boolean passed, String finding) {}

  /** Checks every example, in order. */
  public static List<Outcome> check(RoutingRules rules) {
    return rules.examples().stream().map(example -> check(rules, example)).toList();
  }

  private static Outcome check(RoutingRules rules, RoutingExample example) {
    // Both speak of local time, and in UTC every local time exists and exists once.
    RoutingSubject subject = example.subject(ZoneOffset.UTC);
    List<String> story = new ArrayList<>();
    String met = null;
    for (RoutingRule rule : rules.rules()) {
      List<String> against = rule.when().mismatches(subject, ZoneOffset.UTC);
      story.add(rule.told(against));
      met = met == null && against.isEmpty() ? rule.name() : met;
    }
    String finding =
        "expected "
            + told(example.rule())
            + ", found "
            + told(met)
            + "; "
            + String.join(". ", story);
    return new Outcome(example.name(), Objects.equals(example.rule(), met), finding);
  }

  private static String told(@Nullable String rule) {
    return rule == null ? "no rule" : "rule '" + rule + "'";
  }
}
