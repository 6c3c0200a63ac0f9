package org.firstpass.standalone;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.firstpass.worker.Worker;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A worker alone. */
@Command(
    name = "worker",
    mixinStandardHelpOptions = true,
    description = {
      "Start a worker alone; every one that is added takes its share of the series.",
      "Uses the broker and database of the configuration, or those of a running 'firstpass up'."
    })
final class WorkerCommand implements Callable<Integer> {
  @Mixin InstallationOptions installation = new InstallationOptions();
  @Mixin ServingOptions serving = new ServingOptions();

  @Override
  public Integer call() throws InterruptedException {
    Configuration configuration = serving.beside(Configuration.of(installation.folder()));
    Worker.requireDevice(configuration.worker());
    PrometheusMeterRegistry meters = ProcessMeters.registry();
    try (var infrastructure = Infrastructure.join(configuration);
        Worker worker = Roles.worker(configuration, infrastructure, meters, Clock.systemUTC());
        var operations = Operations.serve(configuration, meters, infrastructure, worker)) {
      worker.start();
      System.out.println("Worker up; metrics on port " + operations.port());
      Interruption.await(worker::close);
    }
    return 0;
  }
}
