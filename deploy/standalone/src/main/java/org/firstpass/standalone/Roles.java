package org.firstpass.standalone;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import org.firstpass.arrival.Gateway;
import org.firstpass.arrival.GatewayDoor;
import org.firstpass.arrival.SeriesHistory;
import org.firstpass.arrival.SeriesLedger;
import org.firstpass.delivery.Deliveries;
import org.firstpass.delivery.DeliveryConfig;
import org.firstpass.model.ModelCatalogue;
import org.firstpass.pull.PullGround;
import org.firstpass.pull.Pulls;
import org.firstpass.server.ReviewServer;
import org.firstpass.study.ProjectName;
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

  /** Results to the PACS: runs beside a gateway. */
  static Deliveries deliveries(
      Configuration configuration,
      Infrastructure infrastructure,
      Gateway gateway,
      MeterRegistry meters,
      Clock clock) {
    var series = new SeriesLedger(infrastructure.database());
    return new Deliveries(
        new DeliveryConfig(
            configuration.destinations(),
            gateway.commitmentAnswers(),
            uid -> series.find(uid).map(SeriesHistory::project).orElse(ProjectName.DEFAULT)),
        infrastructure.objects(),
        infrastructure.database(),
        infrastructure.stream(),
        meters,
        clock);
  }

  /** Images from archives: runs beside a gateway. */
  static Pulls pulls(
      Configuration configuration,
      Infrastructure infrastructure,
      Gateway gateway,
      MeterRegistry meters,
      Clock clock) {
    return new Pulls(
        configuration.pull(),
        new PullGround(
            gateway, infrastructure.objects(), infrastructure.database(), infrastructure.stream()),
        meters,
        clock);
  }

  /** Where a process without a gateway puts what is stored by DICOMweb. */
  static GatewayDoor door(
      Configuration configuration,
      Infrastructure infrastructure,
      MeterRegistry meters,
      Clock clock) {
    return new GatewayDoor(
        configuration.gateway(),
        infrastructure.objects(),
        infrastructure.database(),
        meters,
        clock);
  }

  static Worker worker(
      Configuration configuration,
      Infrastructure infrastructure,
      MeterRegistry meters,
      Clock clock) {
    requirePackage(configuration);
    return new Worker(
        configuration.worker(), infrastructure.objects(), infrastructure.stream(), meters, clock);
  }

  static ReviewServer review(
      Configuration configuration,
      Infrastructure infrastructure,
      PrometheusMeterRegistry meters,
      Clock clock) {
    var review =
        new ReviewServer(
            configuration.review(),
            infrastructure.objects(),
            infrastructure.database(),
            infrastructure.stream(),
            meters,
            clock);
    review.teachFrom(new TrainingData(infrastructure, configuration));
    configuration
        .refineService()
        .ifPresent(service -> review.refineThrough(service, configuration.refineLimit()));
    return review;
  }

  private static void requirePackage(Configuration configuration) {
    configuration
        .onlyModel()
        .filter(
            name ->
                ModelCatalogue.load(configuration.models()).packages().stream()
                    .noneMatch(found -> found.manifest().name().equals(name)))
        .ifPresent(
            name -> {
              throw new CommandFailed(
                  "there is no package '"
                      + name
                      + "'; 'firstpass model list' shows those there are");
            });
  }
}
