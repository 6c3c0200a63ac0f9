package org.firstpass.gate;

import java.time.Instant;
import java.util.UUID;
import org.firstpass.evaluation.EvaluationJson;
import org.firstpass.evaluation.EvaluationReport;
import org.firstpass.event.PackageReference;
import org.firstpass.study.NameBasedUuid;
import org.firstpass.study.Sha256;

/**
 * What the gate said of a candidate, by which reports and rules, and who signed it. Whoever has
 * both reports can decide again and compare.
 *
 * @param id derived from everything in it
 * @param candidateReport digest of the JSON of the candidate's report
 * @param servedReport digest of the JSON of the served package's report
 */
public record DecisionRecord(
    UUID id,
    Instant time,
    PackageReference candidate,
    PackageReference served,
    Sha256 candidateReport,
    Sha256 servedReport,
    GateRules rules,
    GateDecision decision,
    Signer signer) {

  /**
   * Decides and signs.
   *
   * @throws NotEntitled if the signer has no role that may sign
   */
  public static DecisionRecord sign(
      GateRules rules,
      EvaluationReport candidate,
      EvaluationReport served,
      Signer signer,
      Instant time) {
    if (!signer.maySign()) {
      throw new NotEntitled(signer);
    }
    Sha256 candidateReport = Sha256.of(EvaluationJson.write(candidate));
    Sha256 servedReport = Sha256.of(EvaluationJson.write(served));
    UUID id =
        NameBasedUuid.of(
            "gate decision",
            candidateReport.hex(),
            servedReport.hex(),
            signer.user(),
            time.toString());
    return new DecisionRecord(
        id,
        time,
        candidate.modelPackage(),
        served.modelPackage(),
        candidateReport,
        servedReport,
        rules,
        Gate.decide(rules, candidate, served),
        signer);
  }

  /** Whether the candidate may be promoted by it. */
  public boolean admits(PackageReference promoted) {
    return decision.kind() == GateDecision.Kind.PASSED && candidate.equals(promoted);
  }

  /** A person without a role that may sign. */
  public static final class NotEntitled extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotEntitled(Signer signer) {
      super(
          "a decision is signed by one of "
              + Signer.MAY_SIGN.stream().sorted().toList()
              + ", but "
              + signer.user()
              + " is "
              + signer.roles());
    }
  }
}
