package org.firstpass.standalone;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.firstpass.event.ModelState;
import org.firstpass.event.ModelStateChanged;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.PackageReference;
import org.firstpass.gate.DecisionJson;
import org.firstpass.gate.DecisionRecord;
import org.firstpass.gate.GateWaiver;
import org.firstpass.gate.Signer;
import org.firstpass.model.ModelCatalogue;
import org.firstpass.model.ModelPackage;
import org.firstpass.model.ModelStates;
import org.firstpass.model.ServedPackages;
import org.firstpass.security.AuditAction;
import org.firstpass.security.AuditFact;
import org.firstpass.security.Security;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What versions of packages do: decided here, followed by every worker without a restart. */
final class ModelStateCommand {
  private static final Clock CLOCK = Clock.systemUTC();

  private ModelStateCommand() {}

  /** What every decision is about. */
  private abstract static class Decision implements Callable<Integer> {
    @Mixin InstallationOptions installation = new InstallationOptions();

    @Parameters(index = "0", paramLabel = "<name>", description = "Name of the package.")
    String name = "";

    @Parameters(index = "1", paramLabel = "<version>", description = "Version of the package.")
    String version = "";

    @Mixin PackageFolders packages = new PackageFolders();

    abstract ModelState state();

    /** Tells it, once it is known that the version is there. */
    abstract void decide(
        Infrastructure infrastructure, ModelDecisions decisions, PackageReference decided);

    @Override
    public Integer call() {
      Configuration configuration = Configuration.of(installation.existingFolder());
      ModelCatalogue catalogue = packages.catalogue(configuration);
      PackageReference decided = requireVersion(catalogue).reference();
      try (var infrastructure = Infrastructure.join(configuration)) {
        var decisions = new ModelDecisions(infrastructure.stream(), catalogue, CLOCK);
        decide(infrastructure, decisions, decided);
        decisions.tell(name);
      }
      return 0;
    }

    private ModelPackage requireVersion(ModelCatalogue catalogue) {
      return catalogue.find(name, version).orElseThrow(() -> missing(catalogue));
    }

    private CommandFailed missing(ModelCatalogue catalogue) {
      List<String> known =
          catalogue.packages().stream()
              .filter(each -> each.manifest().name().equals(name))
              .map(each -> each.manifest().version())
              .toList();
      return new CommandFailed(
          "no model folder has %s %s; %s"
              .formatted(
                  name,
                  version,
                  known.isEmpty()
                      ? "'firstpass model list' shows what there is"
                      : "versions that are there: " + String.join(", ", known)));
    }
  }

  /** After which no reader is shown more than before: nobody has to sign. */
  private abstract static class Harmless extends Decision {
    @Option(
        names = "--by",
        paramLabel = "<user>",
        description = "Who decides. Default: the user of this process.")
    String by = System.getProperty("user.name", "unknown");

    @Override
    void decide(Infrastructure infrastructure, ModelDecisions decisions, PackageReference decided) {
      decisions.decide(decided, state(), by);
    }
  }

  /** After which readers are shown what the version proposes, although the gate was not asked. */
  private abstract static class WithoutGate extends Decision {
    @Option(
        names = "--without-gate",
        paramLabel = "<reason>",
        description = "Why the gate is not asked. Usually it is: 'firstpass model promote'.")
    String reason = "";

    @Mixin SignerLogin signer = new SignerLogin();

    double share() {
      return 0;
    }

    @Override
    void decide(Infrastructure infrastructure, ModelDecisions decisions, PackageReference decided) {
      double share = share();
      if (reason.isBlank()) {
        throw new CommandFailed(
            "the gate was not asked: 'firstpass model promote' asks it; for the first version of a"
                + " package, or in an emergency, --without-gate <reason> --user <lead>");
      }
      try (var security = Security.over(infrastructure.database(), CLOCK)) {
        var what =
            new GateWaiver.Admission(
                decided,
                decisions.serving(name).map(ModelPackage::reference).orElse(null),
                state(),
                share);
        GateWaiver waiver = sign(what, signer.login(security));
        ObjectReference kept =
            infrastructure.objects().put(DecisionJson.write(waiver), GateWaiver.MEDIA_TYPE);
        security
            .audit()
            .record(
                AuditFact.of(
                    waiver.signer().user(),
                    AuditAction.MODEL_GATE_WAIVED,
                    decided.name() + " " + decided.version(),
                    Map.of("state", state().name(), "record", kept.digest().hex())));
        decisions.admit(waiver, kept);
        System.out.println("without the gate; record " + kept.digest());
      }
    }

    private GateWaiver sign(GateWaiver.Admission what, Signer by) {
      try {
        return GateWaiver.sign(what, reason, by, CLOCK.instant());
      } catch (DecisionRecord.NotEntitled e) {
        throw new CommandFailed(String.valueOf(e.getMessage()), e);
      }
    }
  }

  /** Serves a version without asking the gate. */
  @Command(
      name = "serve",
      mixinStandardHelpOptions = true,
      description = {
        "Serve a version of a package without asking the gate: the first one of a package, or in"
            + " an",
        "emergency. Somebody who may has to sign and say why; it is kept and noted in the audit"
            + " trail.",
        "Usually: 'firstpass model promote'. To go back: 'firstpass model rollback'."
      })
  static final class Serve extends WithoutGate {
    @Override
    ModelState state() {
      return ModelState.SERVING;
    }
  }

  /** Runs a version beside the one that is served. */
  @Command(
      name = "shadow",
      mixinStandardHelpOptions = true,
      description = {
        "Run a version beside the one that is served, on every series, and compare the two.",
        "Nobody is shown what it proposes."
      })
  static final class Shadow extends Harmless {
    @Override
    ModelState state() {
      return ModelState.SHADOW;
    }
  }

  /** Serves a version to some without asking the gate. */
  @Command(
      name = "canary",
      mixinStandardHelpOptions = true,
      description = {
        "Serve a version to a share of the studies, always the same ones, without asking the gate.",
        "Usually: 'firstpass model promote --canary'."
      })
  static final class Canary extends WithoutGate {
    @Option(
        names = "--share",
        required = true,
        paramLabel = "<share>",
        description = "Above 0, at most 1; for instance 0.1.")
    double share;

    @Override
    ModelState state() {
      return ModelState.CANARY;
    }

    @Override
    double share() {
      if (!(share > 0 && share <= 1)) {
        throw new CommandFailed("--share is above 0 and at most 1, not " + share);
      }
      return share;
    }
  }

  /** Gives a version nothing any more. */
  @Command(
      name = "retire",
      mixinStandardHelpOptions = true,
      description = "Give a version of a package nothing any more, not even by name.")
  static final class Retire extends Harmless {
    @Override
    ModelState state() {
      return ModelState.RETIRED;
    }
  }

  /** Takes back what a version proposed. */
  @Command(
      name = "recall",
      mixinStandardHelpOptions = true,
      description = {
        "Take back what a version proposed and nobody has begun to read, and give it nothing any"
            + " more.",
        "If it serves, the version that was told to serve before does so again, as with 'firstpass"
            + " model",
        "rollback <name> --recall'. 'firstpass model remake' then has those series proposed anew."
      })
  static final class Recall extends Harmless {
    @Option(
        names = "--reason",
        required = true,
        paramLabel = "<reason>",
        description = "Why, in words that readers understand.")
    String reason = "";

    @Override
    ModelState state() {
      return ModelState.RETIRED;
    }

    @Override
    void decide(Infrastructure infrastructure, ModelDecisions decisions, PackageReference decided) {
      if (reason.isBlank()) {
        throw new CommandFailed("--reason needs words that readers understand");
      }
      decisions.recall(decided, by, reason);
      try (var security = Security.over(infrastructure.database(), CLOCK)) {
        security
            .audit()
            .record(
                AuditFact.of(
                    by, AuditAction.MODEL_RECALLED, decided.name() + " " + decided.version()));
      }
      ModelDecisions.tellRecalled(decided);
    }
  }

  /** Shows what was decided. */
  @Command(
      name = "states",
      mixinStandardHelpOptions = true,
      description = {
        "Show what each version of each package does, who decided it, and where it lies.",
        "How it is on one worker (device, quarantine, speed) that worker tells at /models."
      })
  static final class States implements Callable<Integer> {
    @Mixin InstallationOptions installation = new InstallationOptions();

    @Mixin PackageFolders packages = new PackageFolders();

    @Override
    public Integer call() {
      Configuration configuration = Configuration.of(installation.existingFolder());
      ModelCatalogue catalogue = packages.catalogue(configuration);
      try (var infrastructure = Infrastructure.join(configuration)) {
        List<ModelStateChanged> decisions = ModelDecisions.all(infrastructure.stream());
        ModelStates states = ModelStates.of(decisions);
        for (ServedPackages.Version each :
            ServedPackages.of(catalogue.packages(), states).versions()) {
          System.out.println(line(each, states));
        }
        decisions.stream()
            .filter(each -> catalogue.find(each.name(), each.version()).isEmpty())
            .map(each -> each.name() + " " + each.version())
            .distinct()
            .forEach(
                label ->
                    System.out.println("%-32s %-16s no folder has it".formatted(label, "gone")));
        catalogue
            .broken()
            .forEach(
                broken ->
                    System.out.println("broken: " + broken.folder() + ": " + broken.reason()));
      }
      return 0;
    }

    private static String line(ServedPackages.Version each, ModelStates states) {
      ModelPackage model = each.model();
      String why =
          states
              .of(model.manifest().name(), model.manifest().version())
              .map(ModelStateCommand::told)
              .orElse("nothing decided");
      return "%-32s %-16s %s, %s, %s"
          .formatted(
              model.label(),
              told(each, states),
              why,
              model.digest().hex().substring(0, 12),
              model.folder());
    }
  }

  private static String told(ModelStateChanged decision) {
    String why =
        decision.decidedByAPerson()
            ? "by " + decision.decidedBy() + (decision.waiver() == null ? "" : " without the gate")
            : "as the first of its name";
    return "%s since %s %s"
        .formatted(
            decision.state().name().toLowerCase(Locale.ROOT),
            decision.time().truncatedTo(ChronoUnit.SECONDS),
            why);
  }

  private static String told(ServedPackages.Version each, ModelStates states) {
    String share =
        states
            .of(each.model().manifest().name(), each.model().manifest().version())
            .filter(decision -> decision.share() > 0)
            .map(decision -> " " + decision.share())
            .orElse("");
    return told(each) + share;
  }

  /** What a version does, in one word. */
  static String told(ServedPackages.Version each) {
    return each.state().name().toLowerCase(Locale.ROOT);
  }
}
