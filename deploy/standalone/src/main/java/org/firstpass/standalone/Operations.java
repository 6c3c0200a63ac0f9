package org.firstpass.standalone;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.firstpass.arrival.Gateway;
import org.firstpass.delivery.Deliveries;
import org.firstpass.operations.Health;
import org.firstpass.operations.OperationsServer;
import org.firstpass.pull.Pulls;
import org.firstpass.worker.Worker;

/** {@code /metrics} and {@code /health} of a process, and of a worker {@code /models}. */
final class Operations {
  private Operations() {}

  /** Of a gateway, which brings results to their destinations and images from archives too. */
  static OperationsServer serve(
      Configuration configuration,
      PrometheusMeterRegistry meters,
      Infrastructure infrastructure,
      Gateway gateway,
      Deliveries deliveries,
      Pulls pulls) {
    var health =
        new Health()
            .with("infrastructure", infrastructure::healthy)
            .with("role", gateway::healthy)
            .with("delivery", deliveries::healthy)
            .with("pull", pulls::healthy)
            .withWarning("deliveries", deliveries::nothingFailed)
            .withWarning("pulls", pulls::nothingFailed);
    var server = new OperationsServer("127.0.0.1", configuration.operationsPort(), meters, health);
    server.start();
    return server;
  }

  /** Of a worker, with {@code /models}: what each version of each package does there. */
  static OperationsServer serve(
      Configuration configuration,
      PrometheusMeterRegistry meters,
      Infrastructure infrastructure,
      Worker worker) {
    var health =
        new Health()
            .with("infrastructure", infrastructure::healthy)
            .with("role", worker::healthy)
            .withWarning("packages", worker::packagesSound);
    var server =
        new OperationsServer("127.0.0.1", configuration.operationsPort(), meters, health)
            .with("/models", worker::models);
    server.start();
    return server;
  }
}
