package org.firstpass.standalone;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import org.firstpass.evaluation.EvaluationReport;
import org.firstpass.event.ModelState;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.PackageReference;
import org.firstpass.gate.DecisionJson;
import org.firstpass.gate.DecisionRecord;
import org.firstpass.gate.GateRules;
import org.firstpass.gate.Signer;
import org.firstpass.model.ModelCatalogue;
import org.firstpass.model.ModelPackage;
import org.firstpass.security.AuditAction;
import org.firstpass.security.AuditFact;
import org.firstpass.security.Security;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lets a candidate through the gate. */
@Command(
    name = "promote",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Ask the gate for a candidate and, if it passes, serve it: to all, or to a share first. The",
      "decision is signed by a person who logs in for it (a lead reader or an administrator),"
          + " kept,",
      "and noted in the audit trail, also if the candidate does not pass.",
      "To go back: 'firstpass model rollback <name>'."
    })
final class ModelPromoteCommand implements Callable<Integer> {
  @Mixin InstallationOptions installation = new InstallationOptions();
  @Mixin ModelGateCommand.Reports reports = new ModelGateCommand.Reports();

  @Option(
      names = "--canary",
      paramLabel = "<share>",
      description = "Serve it to a share of the studies only, above 0 and at most 1.")
  @Nullable Double canary;

  @Mixin SignerLogin signer = new SignerLogin();

  @Mixin PackageFolders packages = new PackageFolders();

  private final Clock clock = Clock.systemUTC();

  @Override
  public Integer call() {
    requireShare();
    EvaluationReport candidate = reports.candidate();
    EvaluationReport served = reports.served();
    GateRules rules = reports.rules();
    Configuration configuration = Configuration.of(installation.existingFolder());
    ModelCatalogue catalogue = packages.catalogue(configuration);
    requireHere(catalogue, candidate.modelPackage());
    try (var infrastructure = Infrastructure.join(configuration);
        var security = Security.over(infrastructure.database(), clock)) {
      var decisions = new ModelDecisions(infrastructure.stream(), catalogue, clock);
      ModelPackage now = decisions.requireServing(candidate.modelPackage().name());
      requireServed(now, served.modelPackage());
      DecisionRecord record = sign(rules, candidate, served, signer.login(security));
      ObjectReference kept =
          infrastructure.objects().put(DecisionJson.write(record), DecisionJson.MEDIA_TYPE);
      ModelGateCommand.tell(record.decision());
      security.audit().record(fact(record, kept));
      if (!record.admits(candidate.modelPackage())) {
        System.out.println("nothing changed; decision " + kept.digest());
        return 1;
      }
      promote(decisions, now, record, kept);
    }
    return 0;
  }

  private void promote(
      ModelDecisions decisions, ModelPackage now, DecisionRecord record, ObjectReference kept) {
    // So that a rollback finds a version that was told to serve.
    decisions.keep(now);
    ModelState state = canary == null ? ModelState.SERVING : ModelState.CANARY;
    double share = canary == null ? 0 : canary;
    decisions.promote(record, state, share, kept);
    decisions.tell(record.candidate().name());
    System.out.println("decision " + kept.digest());
  }

  private DecisionRecord sign(
      GateRules rules, EvaluationReport candidate, EvaluationReport served, Signer by) {
    try {
      return DecisionRecord.sign(rules, candidate, served, by, clock.instant());
    } catch (DecisionRecord.NotEntitled e) {
      throw new CommandFailed(String.valueOf(e.getMessage()), e);
    }
  }

  private static AuditFact fact(DecisionRecord record, ObjectReference kept) {
    return AuditFact.of(
        record.signer().user(),
        AuditAction.MODEL_GATE_DECIDED,
        record.candidate().name() + " " + record.candidate().version(),
        Map.of(
            "against", record.served().version(),
            "decision", record.decision().kind().name(),
            "record", kept.digest().hex()));
  }

  private void requireShare() {
    if (canary != null && !(canary > 0 && canary <= 1)) {
      throw new CommandFailed("--canary is above 0 and at most 1, not " + canary);
    }
  }

  private static void requireHere(ModelCatalogue catalogue, PackageReference candidate) {
    boolean here =
        catalogue
            .find(candidate.name(), candidate.version())
            .filter(found -> found.reference().equals(candidate))
            .isPresent();
    if (!here) {
      throw new CommandFailed(
          "no model folder has %s %s as it was evaluated (digest %s)"
              .formatted(candidate.name(), candidate.version(), candidate.digest()));
    }
  }

  private static void requireServed(ModelPackage now, PackageReference evaluated) {
    if (!now.reference().equals(evaluated)) {
      throw new CommandFailed(
          "%s is served, but --against is a report of %s %s"
              .formatted(now.label(), evaluated.name(), evaluated.version()));
    }
  }
}
