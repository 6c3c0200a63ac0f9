package org.firstpass.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.firstpass.dataset.split.Split;
import org.firstpass.evaluation.CaseResult;
import org.firstpass.evaluation.EvaluatedCase;
import org.firstpass.evaluation.EvaluationReport;
import org.firstpass.evaluation.EvaluationSettings;
import org.firstpass.evaluation.MadeCases;
import org.firstpass.event.PackageReference;
import org.firstpass.gate.Objection.Code;
import org.firstpass.study.Sha256;
import org.junit.jupiter.api.Test;

/** Reports by which nothing can be decided. */
class ComparabilityTest {
  private static final EvaluationReport SERVED = report("1.0.0", cases(25));

  @Test
  void oneCaseOfTheTrainingSideIsEnoughToRefuse() {
    List<CaseResult> cases = cases(25);
    cases.set(3, MadeCases.result(MadeCases.subject(3, Split.TRAINING), 0.99, 0));
    List<Objection> objections = objections(report("1.1.0", cases), report("1.0.0", cases));
    assertEquals(List.of(Code.SIDE), codes(objections));
    assertTrue(
        objections.get(0).words().contains("case-003 (TRAINING)"), objections.get(0).words());
  }

  @Test
  void aCaseThatOnlyChoosesAmongModelsDecidesNothingUnlessTheRulesSaySo() {
    List<CaseResult> cases = cases(25);
    cases.set(3, MadeCases.result(MadeCases.subject(3, Split.VALIDATION), 0.8, 100));
    EvaluationReport candidate = report("1.1.0", cases);
    EvaluationReport served = report("1.0.0", cases);
    assertEquals(List.of(Code.SIDE), codes(objections(candidate, served)));
    GateRules usual = GateRules.USUAL;
    var both = new TreeSet<>(Set.of(Split.TEST, Split.VALIDATION));
    var wider = new GateRules(both, 20, 0.01, 0.02, 0.05, 0.02, usual.subgroups());
    assertInstanceOf(GateDecision.Passed.class, Gate.decide(wider, candidate, served));
  }

  @Test
  void aCandidateMayNotRefuseWhatTheServedOneDoesNot() {
    EvaluationReport candidate =
        EvaluationReport.of(
            MadeCases.model("1.1.0"),
            MadeCases.SCHEMA,
            EvaluationSettings.USUAL,
            cases(24),
            Map.of("case-024", "FP1001"));
    assertEquals(List.of(Code.REFUSED_CASES), codes(objections(candidate, SERVED)));
  }

  @Test
  void aCaseThatTheServedOneRefusedIsNoReasonAgainstTheCandidate() {
    EvaluationReport served =
        EvaluationReport.of(
            MadeCases.model("1.0.0"),
            MadeCases.SCHEMA,
            EvaluationSettings.USUAL,
            cases(24),
            Map.of("case-024", "FP1001"));
    assertInstanceOf(
        GateDecision.Passed.class,
        Gate.decide(GateRules.USUAL, report("1.1.0", cases(25)), served));
  }

  @Test
  void otherCasesAreNotCompared() {
    assertEquals(List.of(Code.OTHER_CASES), codes(objections(report("1.1.0", cases(26)), SERVED)));
    assertEquals(List.of(Code.OTHER_CASES), codes(objections(report("1.1.0", cases(24)), SERVED)));
  }

  @Test
  void aCaseWithOtherReferenceLabelsIsAnotherCase() {
    List<CaseResult> cases = cases(25);
    CaseResult one = cases.get(7);
    cases.set(
        7,
        new CaseResult(
            one.subject(), Sha256.of(new byte[1]), one.proposed(), one.segments(), one.voxels()));
    List<Objection> objections = objections(report("1.1.0", cases), SERVED);
    assertEquals(List.of(Code.OTHER_REFERENCE), codes(objections));
    assertTrue(objections.get(0).words().endsWith("case-007"), objections.get(0).words());
  }

  @Test
  void tooFewPatientsDecideNothing() {
    assertEquals(
        List.of(Code.TOO_FEW),
        codes(objections(report("1.1.0", cases(19)), report("1.0.0", cases(19)))));
  }

  @Test
  void aPackageIsNotComparedWithItself() {
    assertEquals(List.of(Code.SAME_PACKAGE), codes(objections(SERVED, SERVED)));
  }

  @Test
  void packagesOfOtherNamesAndOtherSettingsAreNotCompared() {
    EvaluationReport other =
        EvaluationReport.of(
            new PackageReference("bones", "1.1.0", Sha256.of(new byte[2])),
            MadeCases.SCHEMA,
            EvaluationSettings.USUAL.withTolerance(3),
            cases(25),
            Map.of());
    assertEquals(List.of(Code.OTHER_TASK, Code.OTHER_SETTINGS), codes(objections(other, SERVED)));
  }

  private static List<Code> codes(List<Objection> objections) {
    return objections.stream().map(Objection::code).toList();
  }

  private static List<Objection> objections(EvaluationReport candidate, EvaluationReport served) {
    GateDecision decision = Gate.decide(GateRules.USUAL, candidate, served);
    return assertInstanceOf(GateDecision.Inadmissible.class, decision).objections();
  }

  private static EvaluationReport report(String version, List<CaseResult> cases) {
    return MadeCases.report(version, cases);
  }

  private static List<CaseResult> cases(int count) {
    List<CaseResult> cases = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      EvaluatedCase subject = MadeCases.subject(i, Split.TEST);
      cases.add(MadeCases.result(subject, 0.8, 100));
    }
    return cases;
  }
}
