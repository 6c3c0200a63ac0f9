package org.firstpass.dicom;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.service.BasicCEchoSCP;
import org.dcm4che3.net.service.DicomServiceRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The storage SCP: C-ECHO, and C-STORE of every storage SOP class in every transfer syntax whose
 * data set can be stored byte by byte, the first one proposed of each presentation context. Beside
 * it, if somebody takes them: storage commitment, performed procedure steps and availability
 * notifications.
 *
 * <p>Who may not come in is rejected as {@link AssociationRejection} says. What a receiver answers
 * becomes the status that {@link StoreStatus} states. One operation at a time is served on an
 * association, and that is what is negotiated (PS3.7 D.3.3.3). An association that is silent for
 * {@value #IDLE_MS} ms is aborted.
 *
 * <p>Safe for use by several threads.
 *
 * @see "PS3.4 annexes A and B"
 */
public final class StorageScp implements AutoCloseable {
  /** Large PDUs cost two system calls each, small ones too. */
  static final int PDU_LENGTH = 128 << 10;

  static final int IDLE_MS = 120_000;

  private static final int ASSOCIATE_MS = 15_000;
  private static final int RELEASE_MS = 10_000;
  private static final int BACKLOG = 128;
  private static final int PORT_ATTEMPTS = 20;
  private static final Logger LOG = LoggerFactory.getLogger(StorageScp.class);

  private final ScpConfig config;
  private final ScpServices services;
  private final Device device = new Device("firstpass-scp");
  private final DimseConnection plain = DimseConnection.of(ASSOCIATE_MS);
  private final @Nullable DimseConnection secure;
  private final OpenAssociations associations = new OpenAssociations();
  private final AssociationGate gate;
  private final IncomingStore store;
  private final CommitmentService commitment;
  private final ExecutorService threads;
  private final ScheduledExecutorService timeouts;

  /** Storage only. */
  public StorageScp(ScpConfig config, InstanceReceiver receiver) {
    this(config, ScpServices.storing(receiver), ScpWatch.NONE);
  }

  /**
   * @param watch counts what is turned away
   */
  public StorageScp(ScpConfig config, ScpServices services, ScpWatch watch) {
    this.config = config;
    this.services = services;
    this.gate = new AssociationGate(config, watch);
    this.store = new IncomingStore(services.instances(), config.limits(), watch);
    CommitmentReceiver commitments = services.commitments();
    this.commitment =
        commitments == null
            ? CommitmentService.hearing(services.answers())
            : new CommitmentService(commitments, services.answers());
    TlsListener tls = config.tls();
    this.secure = tls == null ? null : DimseConnection.listening(ASSOCIATE_MS, tls.clients());
    var number = new AtomicInteger();
    this.threads =
        Executors.newCachedThreadPool(
            task -> daemon(task, "dicom-scp-" + number.incrementAndGet()));
    this.timeouts =
        Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "dicom-scp-timeouts"));
  }

  /**
   * Begins to listen.
   *
   * @throws UncheckedIOException if the address cannot be bound
   */
  public void start() {
    configure();
    boolean anyPort = config.port() == 0 || config.tls() != null && config.tls().port() == 0;
    int attempts = anyPort ? PORT_ATTEMPTS : 1;
    for (int attempt = 1; ; attempt++) {
      choosePorts();
      try {
        device.bindConnections();
        break;
      } catch (IOException e) {
        device.unbindConnections();
        // Another process may have taken a port that was free a moment ago.
        if (attempt >= attempts) {
          throw new UncheckedIOException("cannot listen on " + places(), e);
        }
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("TLS cannot be used with this key and certificate", e);
      }
    }
    LOG.info("listening for DICOM associations as {} on {}", config.titles(), places());
  }

  /** The port without TLS that it listens on. */
  public int port() {
    return plain.getPort();
  }

  /** The port with TLS that it listens on; empty if it has none. */
  public OptionalInt tlsPort() {
    return secure == null ? OptionalInt.empty() : OptionalInt.of(secure.getPort());
  }

  /** How many associations are open now. */
  public int openAssociations() {
    return associations.count();
  }

  /** How many instances are being received now. */
  public int instancesUnderWay() {
    return store.underWay();
  }

  /**
   * Reports on a storage commitment by the association on which it was asked for, if that is still
   * open.
   *
   * @return whether the requester took the report
   */
  public boolean report(String callingAeTitle, CommitmentReport report) {
    return commitment.report(callingAeTitle, report);
  }

  /** Stops listening, lets instances that are being received end, and aborts what is left. */
  @Override
  public void close() {
    device.unbindConnections();
    store.drain();
    commitment.drain();
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

  private void configure() {
    listen(plain);
    TlsListener tls = config.tls();
    if (tls != null && secure != null) {
      listen(secure);
      device.setKeyManager(tls.material().keys());
      device.setTrustManager(tls.material().trustInClients());
    }
    var handlers = new DicomServiceRegistry();
    handlers.addDicomService(new BasicCEchoSCP());
    handlers.addDicomService(store);
    handlers.addDicomService(commitment);
    Set<String> messages = new HashSet<>(Set.of(UID.StorageCommitmentPushModel));
    AnnouncementReceiver announcements = services.announcements();
    if (announcements != null) {
      handlers.addDicomService(new AnnouncementService(announcements));
      messages.add(UID.ModalityPerformedProcedureStep);
      messages.add(UID.InstanceAvailabilityNotification);
    }
    for (String title : config.projects().keySet()) {
      var entity = new StorageEntity(title, messages);
      device.listConnections().forEach(entity::addConnection);
      device.addApplicationEntity(entity);
    }
    device.setLimitOpenAssociations(config.limits().associations());
    device.setAssociationHandler(gate);
    device.setAssociationMonitor(associations);
    device.setDimseRQHandler(handlers);
    device.setExecutor(threads);
    device.setScheduledExecutor(timeouts);
  }

  private void listen(DimseConnection connection) {
    connection.setHostname(config.bindAddress());
    connection.setBindAddress(config.bindAddress());
    connection.setBacklog(BACKLOG);
    connection.setRequestTimeout(ASSOCIATE_MS);
    connection.setReleaseTimeout(RELEASE_MS);
    connection.setIdleTimeout(IDLE_MS);
    device.addConnection(connection);
  }

  private void choosePorts() {
    plain.setPort(config.port() == 0 ? FreePort.on(config.bindAddress()) : config.port());
    TlsListener tls = config.tls();
    if (tls != null && secure != null) {
      secure.setPort(tls.port() == 0 ? FreePort.on(config.bindAddress()) : tls.port());
    }
  }

  private String places() {
    String without = config.bindAddress() + ":" + plain.getPort();
    return secure == null ? without : without + ", with TLS on port " + secure.getPort();
  }

  private static Thread daemon(Runnable task, String name) {
    var thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
