package org.firstpass.dicom;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.GeneralSecurityException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.service.BasicCEchoSCP;
import org.dcm4che3.net.service.DicomServiceRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The storage SCP: C-ECHO, and C-STORE of every storage SOP class in every transfer syntax whose
 * data set can be stored byte by byte, the first one proposed of each presentation context.
 *
 * <p>A wrong called AE title and a calling AE title that is not allowed are rejected (PS3.8 table
 * 9-21, reasons 7 and 3). What a receiver answers becomes the status that {@link StoreStatus}
 * states. An association that is silent for {@value #IDLE_MS} ms is aborted.
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
  private static final int MAX_ASSOCIATIONS = 256;
  private static final int BACKLOG = 128;
  private static final int PORT_ATTEMPTS = 20;
  private static final Logger LOG = LoggerFactory.getLogger(StorageScp.class);

  private final ScpConfig config;
  private final Device device = new Device("firstpass-scp");
  private final Connection connection = new Connection();
  private final OpenAssociations associations = new OpenAssociations();
  private final IncomingStore store;
  private final ExecutorService threads;
  private final ScheduledExecutorService timeouts;

  public StorageScp(ScpConfig config, InstanceReceiver receiver) {
    this.config = config;
    this.store = new IncomingStore(receiver);
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
    int attempts = config.port() == 0 ? PORT_ATTEMPTS : 1;
    for (int attempt = 1; ; attempt++) {
      int port = config.port() == 0 ? freePort() : config.port();
      connection.setPort(port);
      try {
        device.bindConnections();
        break;
      } catch (IOException e) {
        // Another process may have taken a port that was free a moment ago.
        if (attempt >= attempts) {
          throw new UncheckedIOException(
              "cannot listen on " + config.bindAddress() + ":" + port, e);
        }
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("TLS is not in use", e);
      }
    }
    LOG.info(
        "listening for DICOM associations as {} on {}:{}",
        config.aeTitle(),
        config.bindAddress(),
        port());
  }

  /** The port it listens on. */
  public int port() {
    return connection.getPort();
  }

  /** Stops listening, lets instances that are being received end, and aborts what is left. */
  @Override
  public void close() {
    device.unbindConnections();
    store.drain();
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
    connection.setHostname(config.bindAddress());
    connection.setBindAddress(config.bindAddress());
    connection.setBacklog(BACKLOG);
    connection.setReceivePDULength(PDU_LENGTH);
    connection.setRequestTimeout(ASSOCIATE_MS);
    connection.setReleaseTimeout(RELEASE_MS);
    connection.setIdleTimeout(IDLE_MS);
    var services = new DicomServiceRegistry();
    services.addDicomService(new BasicCEchoSCP());
    services.addDicomService(store);
    var entity = new StorageEntity(config);
    entity.addConnection(connection);
    device.addConnection(connection);
    device.addApplicationEntity(entity);
    device.setLimitOpenAssociations(MAX_ASSOCIATIONS);
    device.setAssociationHandler(new OwnImplementation());
    device.setAssociationMonitor(associations);
    device.setDimseRQHandler(services);
    device.setExecutor(threads);
    device.setScheduledExecutor(timeouts);
  }

  // The toolkit refuses port 0, so a free one is found first.
  private int freePort() {
    try (var probe = new ServerSocket(0, 1, InetAddress.getByName(config.bindAddress()))) {
      return probe.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on " + config.bindAddress(), e);
    }
  }

  private static Thread daemon(Runnable task, String name) {
    var thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
