package org.firstpass.dicom;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.DimseRSP;
import org.dcm4che3.net.pdu.AAssociateAC;
import org.dcm4che3.net.pdu.AAssociateRJ;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.pdu.RoleSelection;
import org.dcm4che3.net.service.DicomService;
import org.dcm4che3.net.service.DicomServiceRegistry;
import org.firstpass.dicom.tls.TlsMaterial;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.failure.TryAgainLater;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens associations to one peer. Safe for use by several threads. */
final class RequestorNode implements AutoCloseable {
  /** An association has odd context ids from 1 to 255. */
  static final int MAX_CONTEXTS = 128;

  private static final int CONNECT_MS = 10_000;
  private static final int ACCEPT_MS = 30_000;
  private static final int RESPONSE_MS = 180_000;
  private static final int SILENCE_MS = 10_000;
  private static final int RELEASE_MS = 10_000;

  /** One may be held by an abort that the peer does not read; the other one cuts. */
  private static final int TIMEOUT_THREADS = 2;

  private static final Logger LOG = LoggerFactory.getLogger(RequestorNode.class);

  private final DicomPeer peer;
  private final Connection remote;
  private final ApplicationEntity entity;
  private final DimseConnection local;
  private final Device device = new Device("firstpass-scu");
  private final ExecutorService threads = Executors.newCachedThreadPool(daemons());
  private final ScheduledExecutorService timeouts =
      Executors.newScheduledThreadPool(TIMEOUT_THREADS, daemons());

  RequestorNode(DicomPeer peer) {
    this(peer, Duration.ofMillis(RESPONSE_MS));
  }

  /**
   * @param limit nothing that is waited for may take longer
   */
  RequestorNode(DicomPeer peer, Duration limit) {
    this(peer, limit, DimseConnection.of(response(limit) + SILENCE_MS));
  }

  /** One for an exchange whose silence is watched by who waits, with the help of the meter. */
  static RequestorNode metered(DicomPeer peer, Duration silence, ReceiveMeter meter) {
    int opening = (int) Math.min(ACCEPT_MS, silence.toMillis()) + SILENCE_MS;
    var node = new RequestorNode(peer, silence, DimseConnection.metered(opening, meter));
    node.local.setResponseTimeout(Connection.NO_TIMEOUT);
    return node;
  }

  private RequestorNode(DicomPeer peer, Duration limit, DimseConnection local) {
    this.peer = peer;
    this.remote = new Connection(null, peer.host(), peer.port());
    this.entity = new ApplicationEntity(peer.callingAeTitle());
    this.local = local;
    int response = response(limit);
    local.setConnectTimeout(Math.min(CONNECT_MS, response));
    local.setAcceptTimeout(Math.min(ACCEPT_MS, response));
    local.setResponseTimeout(response);
    local.setReleaseTimeout(Math.min(RELEASE_MS, response));
    local.setMaxOpsInvoked(peer.operations());
    secure(local);
    device.addConnection(local);
    device.addApplicationEntity(entity);
    device.setExecutor(threads);
    device.setScheduledExecutor(timeouts);
    entity.addConnection(local);
  }

  private static int response(Duration limit) {
    return (int) Math.min(RESPONSE_MS, limit.toMillis());
  }

  private void secure(DimseConnection local) {
    TlsMaterial tls = peer.tls();
    if (tls != null) {
      local.secured();
      DimseConnection.secure(remote);
      device.setKeyManager(tls.keys());
      device.setTrustManager(tls.trustInServers());
    }
  }

  /** Serves what the peer asks of us on the associations that we open. */
  RequestorNode serving(DicomService service) {
    var services = new DicomServiceRegistry();
    services.addDicomService(service);
    device.setDimseRQHandler(services);
    return this;
  }

  /** Opens an association for one SOP class of messages; the peer must take it. */
  Association open(String sopClass, boolean asProvider) {
    AAssociateRQ request = request();
    request.addPresentationContext(
        new PresentationContext(
            1, sopClass, UID.ExplicitVRLittleEndian, UID.ImplicitVRLittleEndian));
    if (asProvider) {
      request.addRoleSelection(new RoleSelection(sopClass, false, true));
    }
    Association association = open(request);
    if (association.getTransferSyntaxesFor(sopClass).isEmpty()) {
      release(association);
      throw new StudyRefused(
          ReasonCode.SERVICE_NOT_OFFERED, peer + " does not take SOP class " + sopClass);
    }
    return association;
  }

  /** Opens an association for storing these; which of them the peer takes, it says itself. */
  Association open(List<OutgoingFile.Syntax> syntaxes) {
    AAssociateRQ request = request();
    int id = 1;
    for (OutgoingFile.Syntax syntax :
        syntaxes.subList(0, Math.min(syntaxes.size(), MAX_CONTEXTS))) {
      request.addPresentationContext(
          new PresentationContext(id, syntax.sopClass(), syntax.transferSyntax()));
      id += 2;
    }
    return open(request);
  }

  /** Opens an association for what is proposed, with us as provider of these storage classes. */
  Association open(List<PresentationContext> proposals, Set<String> provided) {
    AAssociateRQ request = request();
    proposals.forEach(request::addPresentationContext);
    provided.forEach(uid -> request.addRoleSelection(new RoleSelection(uid, false, true)));
    return open(request);
  }

  /** How many operations may be under way at once on it, as it was negotiated. */
  int window(Association association) {
    AAssociateAC answer = association.getAAssociateAC();
    int allowed = answer.isAsyncOps() ? answer.getMaxOpsInvoked() : 1;
    return allowed == 0 ? peer.operations() : Math.min(allowed, peer.operations());
  }

  void echo() {
    AAssociateRQ request = request();
    request.addPresentationContext(
        new PresentationContext(1, UID.Verification, UID.ImplicitVRLittleEndian));
    Association association = open(request);
    try {
      DimseRSP response = association.cecho();
      response.next();
      int status = response.getCommand().getInt(Tag.Status, -1);
      if (status != 0) {
        throw unavailable("answered the echo with status %04XH".formatted(status), null);
      }
    } catch (IOException e) {
      throw unavailable("did not answer the echo", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("was not waited for", e);
    } finally {
      release(association);
    }
  }

  /** Cuts the connection when its time is up, whatever is waited for by then. */
  Future<?> cutAt(Association association, long endNanos) {
    return timeouts.schedule(
        () -> cut(association), endNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  /** Closes the socket, which ends reads and writes that nothing else would. */
  static void cut(Association association) {
    try {
      association.getSocket().close();
    } catch (IOException e) {
      LOG.debug("a connection was not closed cleanly: {}", e.getMessage());
    }
  }

  void release(Association association) {
    try {
      if (association.isReadyForDataTransfer()) {
        association.release();
        association.waitForSocketClose();
      }
    } catch (IOException e) {
      LOG.debug("association to {} was not released cleanly: {}", peer, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      association.abort();
    }
  }

  @Override
  public void close() {
    threads.shutdown();
    timeouts.shutdownNow();
  }

  private AAssociateRQ request() {
    var request = new AAssociateRQ();
    request.setCallingAET(peer.callingAeTitle());
    request.setCalledAET(peer.calledAeTitle());
    request.setImplClassUID(OwnEquipment.IMPLEMENTATION_CLASS_UID);
    request.setImplVersionName(OwnEquipment.IMPLEMENTATION_VERSION_NAME);
    return request;
  }

  private Association open(AAssociateRQ request) {
    try {
      return entity.connect(remote, request);
    } catch (AAssociateRJ e) {
      throw unavailable("rejected the association, " + e.getMessage(), e);
    } catch (IOException e) {
      throw unavailable("cannot be reached: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("was not waited for", e);
    } catch (Exception e) {
      // The two editions of the toolkit declare different exceptions here.
      throw unavailable("cannot be reached", e);
    }
  }

  TryAgainLater unavailable(String what, @Nullable Exception cause) {
    return new TryAgainLater(
        ReasonCode.PEER_UNAVAILABLE,
        peer
            + " (called by "
            + peer.callingAeTitle()
            + ") "
            + what
            + ". "
            + ReasonCode.PEER_UNAVAILABLE.advice(),
        cause);
  }

  private static ThreadFactory daemons() {
    return task -> {
      var thread = new Thread(task, "dicom-scu");
      thread.setDaemon(true);
      return thread;
    };
  }
}
