package org.firstpass.standalone;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.firstpass.arrival.GatewayDoor;
import org.firstpass.server.ReviewServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The review server alone. */
@Command(
    name = "review",
    mixinStandardHelpOptions = true,
    description = {
      "Start the review server alone: tasks, worklist page, API.",
      "Uses the broker and database of the configuration, or those of a running 'firstpass up'."
    })
final class ReviewCommand implements Callable<Integer> {
  @Mixin InstallationOptions installation = new InstallationOptions();
  @Mixin ServingOptions serving = new ServingOptions();

  @Override
  public Integer call() throws InterruptedException {
    Configuration configuration = serving.over(Configuration.of(installation.folder()));
    PrometheusMeterRegistry meters = ProcessMeters.registry();
    Clock clock = Clock.systemUTC();
    try (var infrastructure = Infrastructure.join(configuration);
        GatewayDoor door = Roles.door(configuration, infrastructure, meters, clock);
        ReviewServer review = Roles.review(configuration, infrastructure, meters, clock)) {
      review.storeThrough(door.receiver());
      review.start();
      review
          .security()
          .firstStart()
          .ifPresent(
              first ->
                  System.out.println(
                      "Login %s / %s (shown this once)".formatted(first.user(), first.password())));
      System.out.println("Worklist on http://127.0.0.1:" + review.port() + "/");
      Interruption.await(review::close);
    }
    return 0;
  }
}
