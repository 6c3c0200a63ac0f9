package org.firstpass.dicom;

import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.TransferCapability;
import org.firstpass.dicom.wire.Bounds;
import org.firstpass.study.ProjectName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The worklist by DIMSE: UPS Push, Pull, Watch and Query, for the AE titles that are named. Safe
 * for use by several threads.
 *
 * @see "PS3.4 CC.2"
 */
public final class ProcedureStepScp implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProcedureStepScp.class);
  private static final ScpLimits LIMITS = new ScpLimits(64, 64);
  private static final String[] SYNTAXES = {UID.ExplicitVRLittleEndian, UID.ImplicitVRLittleEndian};

  private final Place place;
  private final ScpNode node;

  /**
   * Where it listens and to whom.
   *
   * @param port 0 for any free one
   * @param tls the port with TLS, null: none
   * @param callers who may come in; nobody else may
   */
  public record Place(
      String aeTitle, String bindAddress, int port, @Nullable TlsListener tls, AccessList callers) {
    public Place {
      if (callers.rules().isEmpty()) {
        throw new IllegalArgumentException("the worklist names the AE titles that may call it");
      }
    }

    /** Without TLS, for these AE titles. */
    public static Place of(String aeTitle, String bindAddress, int port, Set<String> callers) {
      var rules = callers.stream().map(AccessRule::of).toList();
      return new Place(aeTitle, bindAddress, port, null, new AccessList(rules));
    }

    private ScpConfig config() {
      var titles = Map.of(aeTitle, ProjectName.DEFAULT);
      return new ScpConfig(titles, bindAddress, port, tls, callers, LIMITS);
    }
  }

  public ProcedureStepScp(Place place, ProcedureStepService steps) {
    this(place, steps, StorageScp.BOUNDS);
  }

  ProcedureStepScp(Place place, ProcedureStepService steps, Bounds bounds) {
    this.place = place;
    this.node = new ScpNode("worklist-scp", place.config(), bounds, ScpWatch.NONE);
    node.serve(new ProcedureStepMessages(steps));
    var entity = new ApplicationEntity(place.aeTitle());
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
    node.add(entity);
  }

  /**
   * Begins to listen.
   *
   * @throws java.io.UncheckedIOException if the address cannot be bound
   */
  public void start() {
    node.start();
    LOG.info("the worklist listens as {} on {}", place.aeTitle(), node.places());
  }

  /** The port it listens on. */
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

  @Override
  public void close() {
    node.close();
  }
}
