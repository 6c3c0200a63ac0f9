package org.firstpass.standalone;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.firstpass.inference.PackageSealing;
import org.firstpass.inference.PackageVerification;
import org.firstpass.model.ModelCatalogue;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.ModelPackage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Model packages. */
@Command(
    name = "model",
    mixinStandardHelpOptions = true,
    description = "Model packages.",
    subcommands = {
      ModelCommand.Listing.class,
      ModelCommand.Verify.class,
      ModelCommand.Seal.class,
      ModelImportCommand.class,
      CalibrateCommand.class,
      ModelStateCommand.Serve.class,
      ModelStateCommand.Shadow.class,
      ModelStateCommand.Canary.class,
      ModelStateCommand.Retire.class,
      ModelStateCommand.States.class,
      ModelGateCommand.class,
      ModelPromoteCommand.class,
      ModelRollbackCommand.class,
      ModelStateCommand.Recall.class,
      ModelRemakeCommand.class,
      ModelReplayCommand.class,
      ModelDriftCommand.class
    },
    synopsisSubcommandLabel = "COMMAND")
final class ModelCommand {

  /** Shows them. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Show the packages that are there, and those that cannot be read.")
  static final class Listing implements Callable<Integer> {
    @Mixin InstallationOptions installation = new InstallationOptions();

    @Option(
        names = "--models",
        paramLabel = "<folder>",
        description = "A folder of packages; may be given several times.")
    @Nullable List<Path> models;

    @Override
    public Integer call() {
      List<Path> folders =
          models != null ? models : Configuration.of(installation.folder()).servedModels();
      ModelCatalogue catalogue = ModelCatalogue.load(folders);
      for (ModelPackage found : catalogue.packages()) {
        ModelManifest manifest = found.manifest();
        System.out.println(
            "%-32s %s  %s"
                .formatted(found.label(), found.digest().hex().substring(0, 12), manifest.name()));
      }
      catalogue
          .broken()
          .forEach(
              broken -> System.out.println("broken: " + broken.folder() + ": " + broken.reason()));
      if (catalogue.packages().isEmpty()) {
        throw new CommandFailed(
            "there is no package in " + folders + "; see models/packages/README.md");
      }
      return catalogue.broken().isEmpty() ? 0 : 1;
    }
  }

  /** Checks one. */
  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = "Check a package on this machine: digests, tensors, golden case.")
  static final class Verify implements Callable<Integer> {
    @Parameters(
        arity = "1..*",
        paramLabel = "<package folder>",
        description = "Folders with a manifest.json in each.")
    List<Path> folders = List.of();

    @Override
    public Integer call() {
      boolean passed = true;
      for (Path folder : folders) {
        ModelPackage found = ModelPackage.load(folder);
        PackageVerification verification = PackageVerification.of(found);
        System.out.println(found.label());
        for (PackageVerification.Check check : verification.checks()) {
          System.out.println(
              "  %-4s %-14s %s"
                  .formatted(check.passed() ? "ok" : "FAIL", check.name(), check.finding()));
        }
        passed &= verification.passed();
      }
      return passed ? 0 : 1;
    }
  }

  /** Makes one of a draft. */
  @Command(
      name = "seal",
      mixinStandardHelpOptions = true,
      description = {
        "Make a package of a folder with a draft manifest.json and a model.onnx: fill in the",
        "digests, and record a golden case if the draft names none."
      })
  static final class Seal implements Callable<Integer> {
    @Parameters(paramLabel = "<package folder>", description = "Its manifest.json is written anew.")
    Path folder = Path.of("");

    @Override
    public Integer call() {
      ModelPackage sealed = PackageSealing.seal(folder);
      System.out.println("sealed " + sealed.label() + ", digest " + sealed.digest());
      return 0;
    }
  }
}
