package org.firstpass.dicom;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.TransferCapability;
import org.dcm4che3.net.service.BasicCEchoSCP;
import org.dcm4che3.net.service.DicomServiceRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The worklist by DIMSE: UPS Push, Pull, Watch without subscriptions, and Query, for the AE titles
 * that are named. Safe for use by several threads.
 *
 * @see "PS3.4 CC.2"
 */
public final class ProcedureStepScp implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProcedureStepScp.class);
  private static final int MAX_ASSOCIATIONS = 64;
  private static final int PORT_ATTEMPTS = 20;
  private static final int IDLE_MS = 120_000;
  private static final int REQUEST_MS = 15_000;
  private static final int RELEASE_MS = 10_000;
  private static final String[] SYNTAXES = {UID.ExplicitVRLittleEndian, UID.ImplicitVRLittleEndian};

  private final Place place;
  private final Device device = new Device("firstpass-worklist");
  private final Connection connection = new Connection();
  private final OpenAssociations associations = new OpenAssociations();
  private final ProcedureStepMessages messages;
  private final ExecutorService threads;
  private final ScheduledExecutorService timeouts;

  /**
   * Where it listens and to whom.
   *
   * @param port 0 for any free one
   * @param callers the calling AE titles that may come in; nobody else may
   */
  public record Place(String aeTitle, String bindAddress, int port, Set<String> callers) {
    public Place {
      callers = Set.copyOf(callers);
      if (callers.isEmpty()) {
        throw new IllegalArgumentException("the worklist names the AE titles that may call it");
      }
    }

    private ScpConfig gate() {
      return new ScpConfig(aeTitle, bindAddress, port, callers);
    }
  }

  public ProcedureStepScp(Place place, ProcedureStepService steps) {
    this.place = place;
    this.messages = new ProcedureStepMessages(steps);
    var number = new AtomicInteger();
    this.threads =
        Executors.newCachedThreadPool(
            task -> daemon(task, "worklist-scp-" + number.incrementAndGet()));
    this.timeouts =
        Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "worklist-scp-timeouts"));
  }

  /**
   * Begins to listen.
   *
   * @throws UncheckedIOException if the address cannot be bound
   */
  public void start() {
    configure();
    int attempts = place.port() == 0 ? PORT_ATTEMPTS : 1;
    for (int attempt = 1; ; attempt++) {
      connection.setPort(place.port() == 0 ? FreePort.on(place.bindAddress()) : place.port());
      try {
        device.bindConnections();
        break;
      } catch (IOException e) {
        // Another process may have taken a port that was free a moment ago.
        if (attempt >= attempts) {
          throw new UncheckedIOException("cannot listen on " + place, e);
        }
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("TLS is not in use", e);
      }
    }
    LOG.info("the worklist listens as {} on {}:{}", place.aeTitle(), place.bindAddress(), port());
  }

  /** The port it listens on. */
  public int port() {
    return connection.getPort();
  }

  private void configure() {
    connection.setHostname(place.bindAddress());
    connection.setBindAddress(place.bindAddress());
    connection.setRequestTimeout(REQUEST_MS);
    connection.setReleaseTimeout(RELEASE_MS);
    connection.setIdleTimeout(IDLE_MS);
    var services = new DicomServiceRegistry();
    services.addDicomService(new BasicCEchoSCP());
    services.addDicomService(messages);
    var entity = new ApplicationEntity(place.aeTitle());
    entity.setAssociationAcceptor(true);
    entity.setAssociationInitiator(false);
    for (String sopClass :
        new String[] {
          UID.Verification,
          ProcedureStepMessages.PUSH,
          ProcedureStepMessages.PULL,
          ProcedureStepMessages.WATCH,
          ProcedureStepMessages.QUERY
        }) {
      entity.addTransferCapability(
          new TransferCapability(null, sopClass, TransferCapability.Role.SCP, SYNTAXES));
    }
    entity.addConnection(connection);
    device.addConnection(connection);
    device.addApplicationEntity(entity);
    device.setLimitOpenAssociations(MAX_ASSOCIATIONS);
    device.setAssociationHandler(new AssociationGate(place.gate(), ScpWatch.NONE));
    device.setAssociationMonitor(associations);
    device.setDimseRQHandler(services);
    device.setExecutor(threads);
    device.setScheduledExecutor(timeouts);
  }

  private static Thread daemon(Runnable task, String name) {
    var thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    device.unbindConnections();
    associations.abortAll();
    threads.shutdown();
    try {
      if (!threads.awaitTermination(RELEASE_MS, TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    timeouts.shutdownNow();
  }
}
