package org.firstpass.standalone;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.List;
import org.firstpass.arrival.Gateway;
import org.firstpass.model.ModelCatalogue;
import org.firstpass.model.ModelPackage;
import org.firstpass.server.ReviewServer;
import org.firstpass.worker.Worker;

/** The three roles, wired to what they stand on. */
final class Roles {
  private Roles() {}

  static Gateway gateway(
      Configuration configuration,
      Infrastructure infrastructure,
      MeterRegistry meters,
      Clock clock) {
    return new Gateway(
        configuration.gateway(),
        infrastructure.objects(),
        infrastructure.database(),
        infrastructure.stream(),
        meters,
        clock);
  }

  static Worker worker(
      Configuration configuration,
      Infrastructure infrastructure,
      MeterRegistry meters,
      Clock clock) {
    return new Worker(
        configuration.worker(),
        infrastructure.objects(),
        infrastructure.stream(),
        catalogue(configuration),
        meters,
        clock);
  }

  static ReviewServer review(
      Configuration configuration,
      Infrastructure infrastructure,
      PrometheusMeterRegistry meters,
      Clock clock) {
    return new ReviewServer(
        configuration.review(),
        infrastructure.objects(),
        infrastructure.database(),
        infrastructure.stream(),
        meters,
        clock);
  }

  static ModelCatalogue catalogue(Configuration configuration) {
    ModelCatalogue catalogue = ModelCatalogue.load(configuration.models());
    return configuration.onlyModel().map(name -> only(catalogue, name)).orElse(catalogue);
  }

  private static ModelCatalogue only(ModelCatalogue catalogue, String name) {
    List<ModelPackage> named =
        catalogue.packages().stream()
            .filter(found -> found.manifest().name().equals(name))
            .toList();
    if (named.isEmpty()) {
      throw new CommandFailed(
          "there is no package '" + name + "'; 'firstpass model list' shows those there are");
    }
    return new ModelCatalogue(named, catalogue.broken());
  }
}
