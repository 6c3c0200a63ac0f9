package org.firstpass.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.firstpass.dataset.split.Split;
import org.firstpass.evaluation.CaseResult;
import org.firstpass.evaluation.EvaluationJson;
import org.firstpass.evaluation.EvaluationReport;
import org.firstpass.evaluation.MadeCases;
import org.firstpass.study.Sha256;
import org.junit.jupiter.api.Test;

/** Who signed what the gate said. */
class DecisionRecordTest {
  private static final Instant TIME = Instant.parse("2026-11-01T09:00:00Z");
  private static final Signer LEAD = new Signer("lead-1", new TreeSet<>(Set.of("LEAD")));
  private static final EvaluationReport SERVED = report("1.0.0", 0.8);
  private static final EvaluationReport BETTER = report("1.1.0", 0.85);
  private static final EvaluationReport WORSE = report("1.1.0", 0.6);

  @Test
  void aRecordAdmitsTheCandidateThatPassedAndNoOther() {
    DecisionRecord record = sign(BETTER, LEAD);
    assertTrue(record.admits(BETTER.modelPackage()));
    assertFalse(record.admits(MadeCases.model("1.2.0")));
    assertEquals(Sha256.of(EvaluationJson.write(BETTER)), record.candidateReport());
    assertEquals(Sha256.of(EvaluationJson.write(SERVED)), record.servedReport());
  }

  @Test
  void aCandidateThatDidNotPassIsNotAdmittedWhoeverSigns() {
    assertFalse(sign(WORSE, LEAD).admits(WORSE.modelPackage()));
  }

  @Test
  void whoMadeTheModelCannotLetItIn() {
    var engineer = new Signer("engineer-1", new TreeSet<>(Set.of("ML_ENGINEER", "RADIOLOGIST")));
    var refused = assertThrows(DecisionRecord.NotEntitled.class, () -> sign(BETTER, engineer));
    assertEquals(
        "a decision is signed by one of [ADMINISTRATOR, LEAD], but engineer-1 is"
            + " [ML_ENGINEER, RADIOLOGIST]",
        refused.getMessage());
  }

  @Test
  void anotherSignerOrTimeIsAnotherRecord() {
    DecisionRecord record = sign(BETTER, LEAD);
    assertEquals(record, sign(BETTER, LEAD));
    var other = new Signer("lead-2", LEAD.roles());
    assertNotEquals(record.id(), sign(BETTER, other).id());
  }

  @Test
  void everyKindOfDecisionIsReadBackAsItWas() {
    for (EvaluationReport candidate : List.of(BETTER, WORSE, SERVED)) {
      DecisionRecord record = sign(candidate, LEAD);
      assertEquals(record, DecisionJson.read(DecisionJson.write(record)));
    }
  }

  @Test
  void rulesOfAFileAreWholeAndHaveNothingElse() {
    String rules =
        """
        {"sides": ["TEST"], "fewestPatients": 30, "diceMargin": 0.02, "surfaceDiceMargin": 0.02,
         "effortMargin": 0.1, "calibrationMargin": 0.01,
         "subgroups": {"fewestPatients": 8, "margin": 0.04}}
        """;
    assertEquals(30, rules(rules).fewestPatients());
    assertThrows(
        IllegalArgumentException.class, () -> rules(rules.replace("diceMargin", "diceMargins")));
    assertThrows(
        IllegalArgumentException.class, () -> rules(rules.replace("\"diceMargin\": 0.02,", "")));
    assertThrows(IllegalArgumentException.class, () -> rules(rules.replace("TEST", "TRAINING")));
  }

  private static GateRules rules(String json) {
    return DecisionJson.readRules(json.getBytes(StandardCharsets.UTF_8));
  }

  private static DecisionRecord sign(EvaluationReport candidate, Signer signer) {
    return DecisionRecord.sign(GateRules.USUAL, candidate, SERVED, signer, TIME);
  }

  private static EvaluationReport report(String version, double dice) {
    List<CaseResult> cases = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      cases.add(MadeCases.result(MadeCases.subject(i, Split.TEST), dice, 100));
    }
    return MadeCases.report(version, cases);
  }
}
