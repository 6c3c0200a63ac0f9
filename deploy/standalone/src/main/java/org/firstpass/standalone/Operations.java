package org.firstpass.standalone;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.function.BooleanSupplier;
import org.firstpass.operations.Health;
import org.firstpass.operations.OperationsServer;

/** {@code /metrics} and {@code /health} of a process that has no review server. */
final class Operations {
  private Operations() {}

  static OperationsServer serve(
      Configuration configuration,
      PrometheusMeterRegistry meters,
      Infrastructure infrastructure,
      BooleanSupplier role) {
    var health = new Health().with("infrastructure", infrastructure::healthy).with("role", role);
    var server = new OperationsServer("127.0.0.1", configuration.operationsPort(), meters, health);
    server.start();
    return server;
  }
}
