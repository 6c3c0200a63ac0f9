package org.firstpass.routing;

import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
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
  public static List<Outcome> check(RoutingRules rules, ZoneId zone, Clock clock) {
    List<Outcome> outcomes = new ArrayList<>();
    for (RoutingExample example : rules.examples()) {
      RoutingSubject subject = example.subject(zone, clock.instant());
      List<String> story = new ArrayList<>();
      String met = null;
      for (RoutingRule rule : rules.rules()) {
        List<String> against = rule.when().mismatches(subject, zone);
        story.add(
            "rule '"
                + rule.name()
                + "': "
                + (against.isEmpty() ? "meets it" : String.join("; ", against)));
        met = met == null && against.isEmpty() ? rule.name() : met;
      }
      boolean passed = String.valueOf(example.rule()).equals(String.valueOf(met));
      String finding =
          "expected "
              + told(example.rule())
              + ", found "
              + told(met)
              + "; "
              + String.join(". ", story);
      outcomes.add(new Outcome(example.name(), passed, finding));
    }
    return outcomes;
  }

  private static String told(@Nullable String rule) {
    return rule == null ? "no rule" : "rule '" + rule + "'";
  }
}
