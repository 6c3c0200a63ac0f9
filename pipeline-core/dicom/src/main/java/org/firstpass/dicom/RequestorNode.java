package org.firstpass.dicom;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.DimseRSP;
import org.dcm4che3.net.Status;
import org.dcm4che3.net.pdu.AAssociateAC;
import org.dcm4che3.net.pdu.AAssociateRJ;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.pdu.RoleSelection;
import org.dcm4che3.net.service.DicomService;
import org.dcm4che3.net.service.DicomServiceRegistry;
import org.firstpass.dicom.wire.Bounds;
import org.firstpass.dicom.wire.GuardedSocket;
import org.firstpass.dicom.wire.SocketWatch;
import org.firstpass.failure.FirstpassFailure;
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
  private static final Duration STALL = Duration.ofSeconds(120);
  private static final int RELEASE_MS = 10_000;

  /** The toolkit's own time does not run while anything else is under way. */
  private static final long RELEASE_NANOS = 2_000_000L * RELEASE_MS;

  /** One may be held by an abort that the peer does not read; the other one cuts. */
  private static final int TIMEOUT_THREADS = 2;

  private static final Logger LOG = LoggerFactory.getLogger(RequestorNode.class);

  private final DicomPeer peer;
  private final Connection remote;
  private final ApplicationEntity entity;
  private final Device device = new Device("firstpass-scu");
  private final SocketWatch watch;
  private final DimseConnection local;
  private final ExecutorService threads = Executors.newCachedThreadPool(daemons());
  private final ScheduledThreadPoolExecutor timeouts =
      new ScheduledThreadPoolExecutor(TIMEOUT_THREADS, daemons());

  RequestorNode(DicomPeer peer) {
    this(peer, Duration.ofMillis(RESPONSE_MS));
  }

  /**
   * @param limit nothing that is waited for may take longer
   */
  RequestorNode(DicomPeer peer, Duration limit) {
    this(peer, limit, null);
  }

  /** One for an exchange whose silence is watched by who waits, with the help of the meter. */
  static RequestorNode metered(DicomPeer peer, Duration silence, ReceiveMeter meter) {
    var node = new RequestorNode(peer, silence, meter);
    node.local.setResponseTimeout(Connection.NO_TIMEOUT);
    return node;
  }

  private RequestorNode(DicomPeer peer, Duration limit, @Nullable ReceiveMeter meter) {
    this.peer = peer;
    this.remote = new Connection(null, peer.host(), peer.port());
    this.entity = new ApplicationEntity(peer.callingAeTitle());
    int response = (int) Math.min(RESPONSE_MS, limit.toMillis());
    int connect = Math.min(CONNECT_MS, response);
    var bounds = new Bounds(Duration.ofMillis(connect), Duration.ofMillis(response), STALL);
    this.watch = new SocketWatch(bounds);
    this.local = DimseConnection.calling(bounds, peer.tls(), watch, meter);
    local.setConnectTimeout(connect);
    local.setAcceptTimeout(Math.min(ACCEPT_MS, response));
    local.setResponseTimeout(response);
    local.setReleaseTimeout(Math.min(RELEASE_MS, response));
    local.setMaxOpsInvoked(peer.operations());
    device.addConnection(local);
    device.addApplicationEntity(entity);
    // A time that was stopped would hold its association until it is up.
    timeouts.setRemoveOnCancelPolicy(true);
    // What ends after the node was closed needs no time: its socket is cut.
    timeouts.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    device.setExecutor(association -> threads.execute(() -> run(association)));
    device.setScheduledExecutor(timeouts);
    entity.addConnection(local);
  }

  /** The toolkit does not catch errors. */
  private static void run(Runnable association) {
    try {
      association.run();
    } catch (StackOverflowError | OutOfMemoryError e) {
      LOG.error("an association ended with {}", e.getClass().getName());
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
    boolean inRole = asProvider ? association.isSCPFor(sopClass) : association.isSCUFor(sopClass);
    if (!inRole || association.getTransferSyntaxesFor(sopClass).isEmpty()) {
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
      if (association.getTransferSyntaxesFor(UID.Verification).isEmpty()) {
        throw unavailable("does not take echoes", null);
      }
      DimseRSP response = invoke(() -> association.cecho());
      int status = onlyStatus(association, response);
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

  /** What is asked on an association. */
  @FunctionalInterface
  interface Operation {
    DimseRSP begin() throws IOException, InterruptedException;
  }

  /** Asks; the toolkit says unchecked that the association is over, or is none for this. */
  static DimseRSP invoke(Operation operation) throws IOException, InterruptedException {
    try {
      return operation.begin();
    } catch (FirstpassFailure e) {
      throw e;
    } catch (RuntimeException e) {
      throw new IOException("the association is not ready for this", e);
    }
  }

  /**
   * Waits for the response to what is answered once. A peer that says that there will be more would
   * hold the operation open for ever.
   *
   * @return its status; -1: none
   */
  static int onlyStatus(Association association, DimseRSP response)
      throws IOException, InterruptedException {
    response.next();
    int status = response.getCommand().getInt(Tag.Status, -1);
    if (Status.isPending(status)) {
      cut(association);
      throw new IOException("a response to an operation that has only one was not the last");
    }
    return status;
  }

  /** Cuts the connection when its time is up, whatever is waited for by then. */
  Future<?> cutAt(Association association, long endNanos) {
    return timeouts.schedule(
        () -> cut(association), endNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  /** Closes the socket, which ends reads and writes that nothing else would. */
  static void cut(Association association) {
    if (association.getSocket() instanceof GuardedSocket socket) {
      socket.cut();
    }
  }

  void release(Association association) {
    Future<?> limit = cutAt(association, System.nanoTime() + RELEASE_NANOS);
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
    } finally {
      limit.cancel(false);
    }
  }

  @Override
  public void close() {
    threads.shutdown();
    timeouts.shutdownNow();
    watch.close();
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
      Association association = entity.connect(remote, request);
      // Whatever ended its thread has ended it; the toolkit forgets to say so to who waits.
      association.addAssociationListener(
          ended -> ended.onIOException(new IOException("the association has ended")));
      if (!isAnswerTo(request, association.getAAssociateAC())) {
        cut(association);
        throw unavailable("accepts what was not proposed", null);
      }
      return association;
    } catch (TryAgainLater e) {
      throw e;
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

  /**
   * Whether an answer has only transfer syntaxes that were proposed, and a PDU length that a
   * fragment fits in. Roles that were not proposed are left out of it.
   */
  private static boolean isAnswerTo(AAssociateRQ request, AAssociateAC answer) {
    List.copyOf(answer.getRoleSelections()).stream()
        .map(RoleSelection::getSOPClassUID)
        .filter(uid -> request.getRoleSelectionFor(uid) == null)
        .forEach(answer::removeRoleSelectionFor);
    for (PresentationContext context : answer.getPresentationContexts()) {
      PresentationContext proposed = request.getPresentationContext(context.getPCID());
      if (context.isAccepted()
          && proposed != null
          && !List.of(proposed.getTransferSyntaxes()).contains(context.getTransferSyntax())) {
        return false;
      }
    }
    int most = answer.getMaxPDULength();
    return most == 0 || most >= AssociationGate.LEAST_PDU_LENGTH;
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
