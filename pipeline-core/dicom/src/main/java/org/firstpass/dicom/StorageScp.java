package org.firstpass.dicom;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.service.DicomService;
import org.firstpass.dicom.wire.Bounds;
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
 * association, and that is what is negotiated (PS3.7 D.3.3.3). Peers are waited for as {@link
 * Bounds} says; what they send passes bounds before it is read.
 *
 * <p>Safe for use by several threads.
 *
 * @see "PS3.4 annexes A and B"
 */
public final class StorageScp implements AutoCloseable {
  /** Large PDUs cost two system calls each, small ones too. */
  static final int PDU_LENGTH = 128 << 10;

  static final int RELEASE_MS = 10_000;

  static final Bounds BOUNDS =
      new Bounds(Duration.ofSeconds(15), Duration.ofSeconds(120), Duration.ofSeconds(120));

  private static final Logger LOG = LoggerFactory.getLogger(StorageScp.class);

  private final ScpConfig config;
  private final ScpNode node;
  private final IncomingStore store;
  private final CommitmentService commitment;

  /** Storage only. */
  public StorageScp(ScpConfig config, InstanceReceiver receiver) {
    this(config, ScpServices.storing(receiver), ScpWatch.NONE);
  }

  /**
   * @param watch counts what is turned away
   */
  public StorageScp(ScpConfig config, ScpServices services, ScpWatch watch) {
    this(config, services, watch, BOUNDS);
  }

  StorageScp(ScpConfig config, ScpServices services, ScpWatch watch, Bounds bounds) {
    this.config = config;
    this.node = new ScpNode("dicom-scp", config, bounds, watch);
    this.store = new IncomingStore(services.instances(), config.limits(), watch);
    CommitmentReceiver commitments = services.commitments();
    this.commitment =
        commitments == null
            ? CommitmentService.hearing(services.answers())
            : new CommitmentService(commitments, services.answers());
    List<DicomService> served = new ArrayList<>(List.of(store, commitment));
    Set<String> messages = new HashSet<>(Set.of(UID.StorageCommitmentPushModel));
    AnnouncementReceiver announcements = services.announcements();
    if (announcements != null) {
      served.add(new AnnouncementService(announcements));
      messages.add(UID.ModalityPerformedProcedureStep);
      messages.add(UID.InstanceAvailabilityNotification);
    }
    node.serve(served.toArray(DicomService[]::new));
    config.projects().keySet().forEach(title -> node.add(new StorageEntity(title, messages)));
  }

  /**
   * Begins to listen.
   *
   * @throws java.io.UncheckedIOException if the address cannot be bound
   */
  public void start() {
    node.start();
    LOG.info("listening for DICOM associations as {} on {}", config.titles(), node.places());
  }

  /** The port without TLS that it listens on. */
  public int port() {
    return node.port();
  }

  /** The port with TLS that it listens on; empty if it has none. */
  public OptionalInt tlsPort() {
    return node.tlsPort();
  }

  /** How many associations are open now. */
  public int openAssociations() {
    return node.associations();
  }

  /** How many connections are open now, with an association or without. */
  public int openConnections() {
    return node.connections();
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
    node.stop();
    store.drain();
    commitment.drain();
    node.close();
  }
}
