package org.firstpass.dicom;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.service.DicomService;
import org.dcm4che3.net.service.DicomServiceRegistry;
import org.firstpass.dicom.tls.TlsMaterial;
import org.firstpass.dicom.wire.AcceptLoop;
import org.firstpass.dicom.wire.Bounds;
import org.firstpass.dicom.wire.GuardedSocket;
import org.firstpass.dicom.wire.Layer;

/**
 * An SCP as far as it has nothing to do with what it serves: its ports, its limits, its end. Each
 * association runs in the thread of its connection. Safe for use by several threads.
 */
final class ScpNode implements AutoCloseable {
  /** Some may be held for a while by aborts that their peers do not read. */
  private static final int TIMEOUT_THREADS = 4;

  /** So many may come at once before the first of them has proposed its association. */
  private static final int LEAST_WAITING = 16;

  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private final String name;
  private final ScpConfig config;
  private final Bounds bounds;
  private final Device device;
  private final DimseConnection connection;
  private final OpenAssociations associations = new OpenAssociations(this::associated);
  private final ScheduledThreadPoolExecutor timeouts;
  private final List<AcceptLoop> ports = new ArrayList<>();

  ScpNode(String name, ScpConfig config, Bounds bounds, ScpWatch watch) {
    this.name = name;
    this.config = config;
    this.bounds = bounds;
    this.device = new Device(name);
    this.connection = DimseConnection.accepting(bounds);
    this.timeouts =
        new ScheduledThreadPoolExecutor(
            TIMEOUT_THREADS,
            task -> {
              var thread = new Thread(task, name + "-timeouts");
              thread.setDaemon(true);
              return thread;
            });
    // A time that was stopped would hold its association until it is up.
    timeouts.setRemoveOnCancelPolicy(true);
    // What ends after the node was closed needs no time: its socket is cut.
    timeouts.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    device.addConnection(connection);
    device.setAssociationHandler(new AssociationGate(config, watch));
    device.setAssociationMonitor(associations);
    device.setExecutor(Runnable::run);
    device.setScheduledExecutor(timeouts);
  }

  void add(ApplicationEntity entity) {
    entity.setAssociationAcceptor(true);
    entity.setAssociationInitiator(false);
    entity.addConnection(connection);
    device.addApplicationEntity(entity);
  }

  void serve(DicomService... services) {
    var handlers = new DicomServiceRegistry();
    handlers.addDicomService(new EchoService());
    Arrays.stream(services).forEach(handlers::addDicomService);
    device.setDimseRQHandler(handlers);
  }

  /**
   * Begins to listen.
   *
   * @throws UncheckedIOException if an address cannot be bound
   */
  void start() {
    listen(name, config.port(), Layer.PLAIN);
    TlsListener tls = config.tls();
    if (tls != null) {
      listen(name + "-tls", tls.port(), layer(tls));
    }
    ports.forEach(port -> port.start(connection::serve));
  }

  private void listen(String threads, int port, Layer layer) {
    try {
      var place = new InetSocketAddress(InetAddress.getByName(config.bindAddress()), port);
      int waiting = Math.max(LEAST_WAITING, config.limits().associations());
      ports.add(new AcceptLoop(threads, place, layer, bounds, waiting));
    } catch (IOException e) {
      ports.forEach(AcceptLoop::close);
      throw new UncheckedIOException("cannot listen on " + config.bindAddress() + ":" + port, e);
    }
  }

  private static Layer layer(TlsListener listener) {
    TlsMaterial material = listener.material();
    boolean asks = listener.clients() != ClientCertificate.NONE;
    boolean requires = listener.clients() == ClientCertificate.REQUIRED;
    return tcp -> material.serving(tcp, asks, requires);
  }

  private void associated(GuardedSocket socket) {
    ports.forEach(port -> port.associated(socket));
  }

  int port() {
    return ports.isEmpty() ? config.port() : ports.get(0).port();
  }

  OptionalInt tlsPort() {
    return config.tls() == null || ports.size() < 2
        ? OptionalInt.empty()
        : OptionalInt.of(ports.get(1).port());
  }

  /** How many associations are open. */
  int associations() {
    return associations.count();
  }

  /** How many connections are open, with an association or without. */
  int connections() {
    return ports.stream().mapToInt(AcceptLoop::connections).sum();
  }

  /** Where it listens, for people. */
  String places() {
    String without = config.bindAddress() + ":" + port();
    return tlsPort().isPresent() ? without + ", with TLS on port " + tlsPort().getAsInt() : without;
  }

  /** Lets nobody in any more. */
  void stop() {
    ports.forEach(AcceptLoop::stop);
  }

  /** Stops, aborts what is open, and cuts what does not hear of that. */
  @Override
  public void close() {
    stop();
    try {
      if (!ports.isEmpty()) {
        ports.get(0).atOnce(associations.aborts(), FAREWELL);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ports.forEach(AcceptLoop::close);
    timeouts.shutdownNow();
  }
}
