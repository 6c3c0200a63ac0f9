package org.firstpass.standalone;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.firstpass.event.ModelState;
import org.firstpass.event.ModelStateChanged;
import org.firstpass.event.PackageReference;
import org.firstpass.model.ModelCatalogue;
import org.firstpass.model.ModelPackage;
import org.firstpass.model.ModelStates;
import org.firstpass.model.ServedPackages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What versions of packages do: decided here, followed by every worker without a restart. */
final class ModelStateCommand {
  private ModelStateCommand() {}

  /** What every decision is about. */
  private abstract static class Decision implements Callable<Integer> {
    @Mixin InstallationOptions installation = new InstallationOptions();

    @Parameters(index = "0", paramLabel = "<name>", description = "Name of the package.")
    String name = "";

    @Parameters(index = "1", paramLabel = "<version>", description = "Version of the package.")
    String version = "";

    @Option(
        names = "--by",
        paramLabel = "<user>",
        description = "Who decides. Default: the user of this process.")
    String by = System.getProperty("user.name", "unknown");

    @Mixin PackageFolders packages = new PackageFolders();

    abstract ModelState state();

    double share() {
      return 0;
    }

    @Override
    public Integer call() {
      Configuration configuration = Configuration.of(installation.existingFolder());
      ModelCatalogue catalogue = packages.catalogue(configuration);
      PackageReference decided = requireVersion(catalogue).reference();
      double share = share();
      try (var infrastructure = Infrastructure.join(configuration)) {
        var decisions = new ModelDecisions(infrastructure.stream(), catalogue, Clock.systemUTC());
        decisions.decide(decided, state(), share, by, null);
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

  /** Serves a version; going back to an older one is the same. */
  @Command(
      name = "serve",
      mixinStandardHelpOptions = true,
      description = {
        "Serve a version of a package from now on; the one that was served is kept.",
        "To go back, serve the older version."
      })
  static final class Serve extends Decision {
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
  static final class Shadow extends Decision {
    @Override
    ModelState state() {
      return ModelState.SHADOW;
    }
  }

  /** Serves a version to some. */
  @Command(
      name = "canary",
      mixinStandardHelpOptions = true,
      description = "Serve a version to a share of the studies, always the same ones.")
  static final class Canary extends Decision {
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
  static final class Retire extends Decision {
    @Override
    ModelState state() {
      return ModelState.RETIRED;
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
              .map(
                  decision ->
                      "%s since %s by %s"
                          .formatted(
                              decision.state().name().toLowerCase(Locale.ROOT),
                              decision.time().truncatedTo(ChronoUnit.SECONDS),
                              decision.decidedBy()))
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
