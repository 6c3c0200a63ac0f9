package org.firstpass.standalone;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Starts everything in one process. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = {
      "Start everything in this process: gateway, worker, review queue, and a broker and a database",
      "where none is configured. Keeps its state in one folder and comes back with all of it."
    })
final class UpCommand implements Callable<Integer> {
  @Mixin InstallationOptions installation = new InstallationOptions();
  @Mixin ServingOptions serving = new ServingOptions();

  @Override
  public Integer call() throws InterruptedException {
    Configuration configuration = serving.over(Configuration.of(installation.folder()));
    try (var standalone = Standalone.start(configuration)) {
      standalone.announce(System.out);
      Interruption.await(standalone::close);
    }
    return 0;
  }
}
