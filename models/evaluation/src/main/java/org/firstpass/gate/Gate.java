package org.firstpass.gate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.firstpass.evaluation.CaseResult;
import org.firstpass.evaluation.Estimate;
import org.firstpass.evaluation.EvaluationReport;
import org.firstpass.evaluation.PairedDifferences;
import org.firstpass.evaluation.PairedDifferences.Pair;
import org.firstpass.evaluation.SegmentMeasures;
import org.firstpass.evaluation.SegmentMeasures.Presence;
import org.firstpass.evaluation.Trait;
import org.firstpass.gate.Finding.Rule;
import org.firstpass.segment.Segment;
import org.jspecify.annotations.Nullable;

/**
 * Whether a candidate may take the place of the package that is served, by what both propose for
 * the same held-out cases. The same rules and reports give the same decision.
 *
 * <p>A segment that neither proposal nor reference of a case has counts as agreed upon, so that one
 * that marks it all the same falls behind.
 */
public final class Gate {
  /** So much more to draw per case is nobody's loss, whatever share of the served one's it is. */
  private static final double LEAST_EFFORT_MM = 1;

  private final GateRules rules;
  private final EvaluationReport candidate;
  private final List<Pair> pairs;
  private final PairedDifferences differences;
  private final List<Finding> findings = new ArrayList<>();

  private Gate(GateRules rules, EvaluationReport candidate, EvaluationReport served) {
    this.rules = rules;
    this.candidate = candidate;
    this.pairs = pairs(candidate, served);
    this.differences = new PairedDifferences(candidate.settings().bootstrap());
  }

  /** Decides. */
  public static GateDecision decide(
      GateRules rules, EvaluationReport candidate, EvaluationReport served) {
    List<Objection> objections = Comparability.objections(rules, candidate, served);
    return objections.isEmpty()
        ? new Gate(rules, candidate, served).decide()
        : new GateDecision.Inadmissible(objections);
  }

  private static List<Pair> pairs(EvaluationReport candidate, EvaluationReport served) {
    Map<String, CaseResult> ofServed = new HashMap<>();
    served.cases().forEach(each -> ofServed.put(each.subject().name(), each));
    List<Pair> pairs = new ArrayList<>();
    for (CaseResult each : candidate.cases()) {
      CaseResult other = ofServed.get(each.subject().name());
      if (other != null) {
        pairs.add(new Pair(each, other));
      }
    }
    return pairs;
  }

  private GateDecision decide() {
    for (Segment segment : candidate.schema().segments()) {
      int number = segment.number();
      List<Pair> some = pairs.stream().filter(pair -> isSomewhere(pair, number)).toList();
      // A segment that no case has tells nothing, for or against.
      if (!some.isEmpty()) {
        atLeast(Rule.DICE, number, some, SegmentMeasures::dice, rules.diceMargin());
        atLeast(
            Rule.SURFACE_DICE,
            number,
            some,
            SegmentMeasures::surfaceDice,
            rules.surfaceDiceMargin());
        effort(number, some);
        subgroups(number, some);
      }
    }
    calibration();
    boolean passed = !findings.isEmpty() && findings.stream().allMatch(Finding::passed);
    return passed ? new GateDecision.Passed(findings) : new GateDecision.Failed(findings);
  }

  private static boolean isSomewhere(Pair pair, int segment) {
    return presence(pair.candidate(), segment) != Presence.NEITHER
        || presence(pair.served(), segment) != Presence.NEITHER;
  }

  private static Presence presence(CaseResult result, int segment) {
    return result.segment(segment).map(SegmentMeasures::presence).orElse(Presence.NEITHER);
  }

  private void atLeast(
      Rule rule,
      int segment,
      List<Pair> some,
      ToDoubleFunction<SegmentMeasures> of,
      double margin) {
    Optional<Estimate> difference = difference(some, segment, of);
    boolean passed = difference.map(Estimate::low).filter(low -> low > -margin).isPresent();
    add(rule, segment, difference, -margin, passed);
  }

  private void effort(int segment, List<Pair> some) {
    double drawn =
        some.stream()
            .mapToDouble(pair -> value(pair.served(), segment, SegmentMeasures::addedPathMm))
            .average()
            .orElse(0);
    double margin = Math.max(LEAST_EFFORT_MM, rules.effortMargin() * drawn);
    Optional<Estimate> difference = difference(some, segment, SegmentMeasures::addedPathMm);
    boolean passed = difference.map(Estimate::high).filter(high -> high < margin).isPresent();
    add(Rule.EFFORT, segment, difference, margin, passed);
  }

  private void calibration() {
    Optional<Estimate> difference = differences.ofCalibrationErrors(pairs);
    double margin = rules.calibrationMargin();
    boolean passed = difference.map(Estimate::high).filter(high -> high < margin).isPresent();
    add(Rule.CALIBRATION, null, difference, margin, passed);
  }

  private void subgroups(int segment, List<Pair> some) {
    for (Trait trait : Trait.values()) {
      Map<String, List<Pair>> byValue = new TreeMap<>();
      for (Pair pair : some) {
        pair.candidate()
            .subject()
            .traits()
            .of(trait)
            .ifPresent(value -> byValue.computeIfAbsent(value, any -> new ArrayList<>()).add(pair));
      }
      byValue.forEach((value, group) -> subgroup(segment, trait, value, group));
    }
  }

  private void subgroup(int segment, Trait trait, String value, List<Pair> group) {
    double margin = rules.subgroups().margin();
    difference(group, segment, SegmentMeasures::dice)
        .filter(difference -> difference.patients() >= rules.subgroups().fewestPatients())
        .ifPresent(
            difference ->
                findings.add(
                    new Finding(
                        Rule.SUBGROUP,
                        segment,
                        trait,
                        value,
                        difference,
                        -margin,
                        difference.value() > -margin)));
  }

  private Optional<Estimate> difference(
      List<Pair> some, int segment, ToDoubleFunction<SegmentMeasures> of) {
    return differences.of(
        some, pair -> value(pair.candidate(), segment, of) - value(pair.served(), segment, of));
  }

  private static double value(
      CaseResult result, int segment, ToDoubleFunction<SegmentMeasures> of) {
    return result.segment(segment).map(of::applyAsDouble).orElse(0.0);
  }

  private void add(
      Rule rule,
      @Nullable Integer segment,
      Optional<Estimate> difference,
      double limit,
      boolean passed) {
    findings.add(new Finding(rule, segment, null, "", difference.orElse(null), limit, passed));
  }
}
