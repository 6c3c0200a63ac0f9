package org.firstpass.standalone;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.firstpass.arrival.Gateway;
import org.firstpass.delivery.Deliveries;
import org.firstpass.pull.Pulls;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The gateway alone. */
@Command(
    name = "gateway",
    mixinStandardHelpOptions = true,
    description = {
      "Start the gateway alone: receive, store, announce; send results to their destinations; and",
      "fetch from archives.",
      "Uses the broker and database of the configuration, or those of a running 'firstpass up'."
    })
final class GatewayCommand implements Callable<Integer> {
  @Mixin InstallationOptions installation = new InstallationOptions();
  @Mixin ServingOptions serving = new ServingOptions();

  @Override
  public Integer call() throws InterruptedException {
    Configuration configuration = serving.over(Configuration.of(installation.folder()));
    PrometheusMeterRegistry meters = ProcessMeters.registry();
    Clock clock = Clock.systemUTC();
    try (var infrastructure = Infrastructure.join(configuration);
        Gateway gateway = Roles.gateway(configuration, infrastructure, meters, clock);
        Deliveries deliveries =
            Roles.deliveries(configuration, infrastructure, gateway, meters, clock);
        Pulls pulls = Roles.pulls(configuration, infrastructure, gateway, meters, clock);
        var operations =
            Operations.serve(configuration, meters, infrastructure, gateway, deliveries, pulls)) {
      gateway.start();
      deliveries.start();
      pulls.start();
      System.out.println("Gateway on port " + gateway.port() + "; metrics on " + operations.port());
      Interruption.await(
          () -> {
            pulls.close();
            deliveries.close();
            gateway.close();
          });
    }
    return 0;
  }
}
