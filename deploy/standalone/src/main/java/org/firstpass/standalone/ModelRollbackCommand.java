package org.firstpass.standalone;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import org.firstpass.event.PackageReference;
import org.firstpass.model.ModelCatalogue;
import org.firstpass.security.AuditAction;
import org.firstpass.security.AuditFact;
import org.firstpass.security.Security;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Goes back to the version that was served before. */
@Command(
    name = "rollback",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Take the version of a package that is served away (or its canary, if there is one) and"
          + " serve",
      "the one that was told to serve before. Tasks keep the version they were made with."
    })
final class ModelRollbackCommand implements Callable<Integer> {
  @Mixin InstallationOptions installation = new InstallationOptions();

  @Parameters(index = "0", paramLabel = "<name>", description = "Name of the package.")
  String name = "";

  @Option(
      names = "--recall",
      paramLabel = "<reason>",
      description = "Also call back what it proposed, with this reason for readers.")
  @Nullable String recalled;

  @Option(
      names = "--by",
      paramLabel = "<user>",
      description = "Who decides. Default: the user of this process.")
  String by = System.getProperty("user.name", "unknown");

  @Mixin PackageFolders packages = new PackageFolders();

  @Override
  public Integer call() {
    if (recalled != null && recalled.isBlank()) {
      throw new CommandFailed("--recall needs a reason that readers understand");
    }
    Configuration configuration = Configuration.of(installation.existingFolder());
    ModelCatalogue catalogue = packages.catalogue(configuration);
    Clock clock = Clock.systemUTC();
    try (var infrastructure = Infrastructure.join(configuration);
        var security = Security.over(infrastructure.database(), clock)) {
      var decisions = new ModelDecisions(infrastructure.stream(), catalogue, clock);
      PackageReference taken = decisions.rollBack(name, by, recalled);
      security
          .audit()
          .record(
              AuditFact.of(
                  by,
                  AuditAction.MODEL_ROLLED_BACK,
                  taken.name() + " " + taken.version(),
                  Map.of("recalled", Boolean.toString(recalled != null))));
      decisions.tell(name);
      if (recalled != null) {
        ModelDecisions.tellRecalled(taken);
      }
    }
    return 0;
  }
}
