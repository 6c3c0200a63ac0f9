package org.firstpass.standalone;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.firstpass.arrival.Gateway;
import org.firstpass.delivery.Deliveries;
import org.firstpass.pull.Pulls;
import org.firstpass.security.FirstAdministrator;
import org.firstpass.server.ReviewServer;
import org.firstpass.worker.Worker;

/**
 * Every role in this process, over one state folder.
 *
 * <p>Started from the ground up, closed from the top down: nobody is asked who is already gone.
 */
final class Standalone implements AutoCloseable {
  private final Configuration configuration;
  private final FileLock lock;
  private final Infrastructure infrastructure;
  private final Services services;
  private final Optional<FirstAdministrator> firstAdministrator;
  private boolean closed;

  private Standalone(
      Configuration configuration,
      FileLock lock,
      Infrastructure infrastructure,
      Services services) {
    this.configuration = configuration;
    this.lock = lock;
    this.infrastructure = infrastructure;
    this.services = services;
    this.firstAdministrator = services.review().security().firstStart();
  }

  /** What runs in this process. */
  private record Services(
      Gateway gateway, Deliveries deliveries, Pulls pulls, Worker worker, ReviewServer review) {}

  static Standalone start(Configuration configuration) {
    Worker.requireDevice(configuration.worker());
    FileLock lock = configuration.state().lock();
    PrometheusMeterRegistry meters = ProcessMeters.registry();
    Clock clock = Clock.systemUTC();
    var infrastructure = Infrastructure.host(configuration);
    var gateway = Roles.gateway(configuration, infrastructure, meters, clock);
    var deliveries = Roles.deliveries(configuration, infrastructure, gateway, meters, clock);
    var pulls = Roles.pulls(configuration, infrastructure, gateway, meters, clock);
    var worker = Roles.worker(configuration, infrastructure, meters, clock);
    var review = Roles.review(configuration, infrastructure, meters, clock);
    gateway.start();
    deliveries.start();
    pulls.start();
    worker.start();
    review
        .health()
        .with("gateway", gateway::healthy)
        .with("delivery", deliveries::healthy)
        .with("pull", pulls::healthy)
        .with("worker", worker::healthy)
        .with("infrastructure", infrastructure::healthy)
        .withWarning("deliveries", deliveries::nothingFailed)
        .withWarning("pulls", pulls::nothingFailed)
        .withWarning("packages", worker::packagesSound);
    review.showModels(worker::models);
    review.storeThrough(gateway.receiver());
    review.start();
    var services = new Services(gateway, deliveries, pulls, worker, review);
    var standalone = new Standalone(configuration, lock, infrastructure, services);
    standalone.running().write(configuration.state().running());
    return standalone;
  }

  private Running running() {
    return new Running(
        infrastructure.stream().bootstrapServers(),
        infrastructure.jdbcUrl(),
        services.review().port(),
        services.gateway().port(),
        configuration.models());
  }

  /** Says on a terminal where everything is. */
  void announce(PrintStream out) {
    out.println();
    out.println("Worklist   " + address());
    firstAdministrator()
        .ifPresent(
            first ->
                out.println(
                    "Login      %s / %s   (shown this once)"
                        .formatted(first.user(), first.password())));
    out.println("DICOM      %s on port %d (C-ECHO, C-STORE)".formatted(aeTitle(), dicomPort()));
    services
        .gateway()
        .tlsPort()
        .ifPresent(port -> out.println("           with TLS on port " + port));
    out.println("State      " + configuration.state().root());
    out.println();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + services.review().port() + "/");
  }

  String aeTitle() {
    return configuration.aeTitle();
  }

  int dicomPort() {
    return services.gateway().port();
  }

  /** Only of a state folder's first start. */
  Optional<FirstAdministrator> firstAdministrator() {
    return firstAdministrator;
  }

  Configuration configuration() {
    return configuration;
  }

  Infrastructure infrastructure() {
    return infrastructure;
  }

  Path stateRoot() {
    return configuration.state().root();
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    Running.forget(configuration.state().running());
    services.pulls().close();
    services.deliveries().close();
    services.gateway().close();
    services.worker().close();
    services.review().close();
    infrastructure.close();
    try {
      lock.release();
      lock.channel().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
