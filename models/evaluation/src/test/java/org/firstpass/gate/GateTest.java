package org.firstpass.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.firstpass.dataset.split.Split;
import org.firstpass.evaluation.CaseResult;
import org.firstpass.evaluation.CaseTraits;
import org.firstpass.evaluation.EvaluatedCase;
import org.firstpass.evaluation.EvaluationReport;
import org.firstpass.evaluation.MadeCases;
import org.firstpass.evaluation.SegmentMeasures;
import org.firstpass.evaluation.Trait;
import org.firstpass.gate.Finding.Rule;
import org.junit.jupiter.api.Test;

/** Which candidates may pass, on sixty cases of as many patients. */
class GateTest {
  private static final int CASES = 60;

  @Test
  void aCandidateThatIsAsGoodPassesWithEveryRuleToldPerSegment() {
    GateDecision decision = decide(i -> result(i, 0.01 * noise(i), 0));
    GateDecision.Passed passed = assertInstanceOf(GateDecision.Passed.class, decision);
    // Three rules and two scanners for each of two segments, and the calibration.
    assertEquals(11, passed.findings().size());
    assertEquals(11, passed.reasons().size());
  }

  @Test
  void aDeliberatelyWorseCandidateIsRefusedForTheSegmentThatItDoesWorse() {
    GateDecision.Failed failed = failed(i -> result(i, -0.05, 0));
    assertEquals(Set.of(Rule.DICE, Rule.SURFACE_DICE), rules(failed, null));
    failed.against().forEach(each -> assertEquals(1, each.segmentNumber()));
    assertTrue(
        failed.reasons().get(0).startsWith("Dice of segment 1: difference -0.0500"),
        failed.reasons().get(0));
  }

  @Test
  void aCandidateThatIsAsGoodOnAverageButNobodyKnowsHowSureIsRefused() {
    GateDecision.Failed failed = failed(i -> result(i, i % 2 == 0 ? 0.1 : -0.1, 0));
    assertTrue(rules(failed, null).contains(Rule.DICE));
  }

  @Test
  void aCandidateThatGivesMoreToDrawIsRefusedThoughItsOverlapIsTheSame() {
    GateDecision.Failed failed = failed(i -> result(i, 0, 12));
    assertEquals(Set.of(Rule.EFFORT), rules(failed, null));
  }

  @Test
  void aCandidateThatIsSurerThanItIsRightIsRefused() {
    GateDecision.Failed failed =
        failed(i -> MadeCases.result(subject(i), result(i, 0, 0).segments(), 0.90));
    assertEquals(List.of(Rule.CALIBRATION), failed.against().stream().map(Finding::rule).toList());
  }

  @Test
  void aScannerThatFallsBehindIsNotMadeGoodByTheOthers() {
    IntFunction<EvaluatedCase> rare = i -> withScanner(i, i < 6 ? "Rare" : "Usual");
    EvaluationReport served = report("1.0.0", i -> MadeCases.result(rare.apply(i), 0.8, 100));
    EvaluationReport candidate =
        report("1.1.0", i -> MadeCases.result(rare.apply(i), i < 6 ? 0.72 : 0.81, 100));
    GateDecision decision = Gate.decide(GateRules.USUAL, candidate, served);
    GateDecision.Failed failed = assertInstanceOf(GateDecision.Failed.class, decision);
    assertEquals(1, failed.against().size(), failed.reasons()::toString);
    assertEquals(Trait.SCANNER, failed.against().get(0).trait());
    assertEquals("Rare", failed.against().get(0).value());
  }

  @Test
  void aGroupOfTooFewPatientsIsNotJudged() {
    IntFunction<EvaluatedCase> rare = i -> withScanner(i, i < 4 ? "Rare" : "Usual");
    EvaluationReport served = report("1.0.0", i -> MadeCases.result(rare.apply(i), 0.8, 100));
    EvaluationReport candidate =
        report("1.1.0", i -> MadeCases.result(rare.apply(i), i < 4 ? 0.72 : 0.81, 100));
    assertInstanceOf(GateDecision.Passed.class, Gate.decide(GateRules.USUAL, candidate, served));
  }

  @Test
  void aSegmentThatIsMarkedWhereNobodyHasItCountsAgainstTheCandidate() {
    SegmentMeasures absent = new SegmentMeasures(2, 0, 0, 0.002, 1, 1, null, null, 0, null, null);
    SegmentMeasures marked = new SegmentMeasures(2, 0, 500, 0.002, 0, 0, null, null, 0, null, null);
    SegmentMeasures liver = MadeCases.measures(1, 0.8, 100);
    EvaluationReport served =
        report("1.0.0", i -> MadeCases.result(subject(i), List.of(liver, absent), 0.95));
    EvaluationReport candidate =
        report("1.1.0", i -> MadeCases.result(subject(i), List.of(liver, marked), 0.95));
    GateDecision decision = Gate.decide(GateRules.USUAL, candidate, served);
    GateDecision.Failed failed = assertInstanceOf(GateDecision.Failed.class, decision);
    failed.against().forEach(each -> assertEquals(2, each.segmentNumber()));
    assertTrue(rules(failed, null).contains(Rule.DICE));
  }

  @Test
  void theSameReportsGiveTheSameDecision() {
    assertEquals(decide(i -> result(i, -0.004, 1)), decide(i -> result(i, -0.004, 1)));
  }

  @Test
  void rulesWithTheTrainingSideOrWithoutAMarginAreNone() {
    GateRules usual = GateRules.USUAL;
    var training = new TreeSet<>(Set.of(Split.TEST, Split.TRAINING));
    assertThrows(
        IllegalArgumentException.class,
        () -> new GateRules(training, 20, 0.01, 0.02, 0.05, 0.02, usual.subgroups()));
    assertThrows(
        IllegalArgumentException.class,
        () -> new GateRules(usual.sides(), 1, 0.01, 0.02, 0.05, 0.02, usual.subgroups()));
    assertThrows(
        IllegalArgumentException.class,
        () -> new GateRules(usual.sides(), 20, 0, 0.02, 0.05, 0.02, usual.subgroups()));
  }

  private static Set<Rule> rules(GateDecision.Failed failed, Trait trait) {
    return failed.against().stream()
        .filter(each -> each.trait() == trait)
        .map(Finding::rule)
        .collect(Collectors.toSet());
  }

  private static GateDecision.Failed failed(IntFunction<CaseResult> candidate) {
    return assertInstanceOf(GateDecision.Failed.class, decide(candidate));
  }

  private static GateDecision decide(IntFunction<CaseResult> candidate) {
    EvaluationReport served = report("1.0.0", i -> result(i, 0, 0));
    return Gate.decide(GateRules.USUAL, report("1.1.0", candidate), served);
  }

  private static EvaluationReport report(String version, IntFunction<CaseResult> result) {
    List<CaseResult> results = new ArrayList<>();
    for (int i = 0; i < CASES; i++) {
      results.add(result.apply(i));
    }
    return MadeCases.report(version, results);
  }

  private static CaseResult result(int i, double betterDice, double moreToDraw) {
    return MadeCases.result(
        subject(i), 0.8 + 0.02 * noise(i) + betterDice, 100 + 5 * noise(i) + moreToDraw);
  }

  private static EvaluatedCase subject(int i) {
    return MadeCases.subject(i, Split.TEST);
  }

  private static EvaluatedCase withScanner(int i, String scanner) {
    EvaluatedCase usual = subject(i);
    return new EvaluatedCase(
        usual.name(),
        usual.patient(),
        usual.split(),
        new CaseTraits(scanner, null, null, null),
        usual.correction());
  }

  private static double noise(int i) {
    return new Random(i).nextGaussian();
  }
}
