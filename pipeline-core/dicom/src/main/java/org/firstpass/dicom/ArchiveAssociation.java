package org.firstpass.dicom;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.pdu.AAbort;
import org.dcm4che3.net.pdu.PresentationContext;
import org.firstpass.dicom.Responses.Response;
import org.firstpass.failure.FirstpassFailure;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.jspecify.annotations.Nullable;

/**
 * One request to an archive on an association of its own, and the answers to it: in the Study Root
 * information model if the archive takes that, else in Patient Root. Used by one thread.
 */
final class ArchiveAssociation implements AutoCloseable {
  private static final int PRIORITY_MEDIUM = 0;
  private static final int LONGEST_LOOK_MS = 200;
  private static final long CANCEL_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** What is negotiated beside the request. */
  record Storage(List<PresentationContext> contexts, @Nullable InstanceReceiver receiver) {
    static final Storage NONE = new Storage(List.of(), null);

    /** The presentation context ids that the request itself takes. */
    static final int TAKEN = 3;

    Set<String> classes() {
      return contexts.stream()
          .map(PresentationContext::getAbstractSyntax)
          .collect(Collectors.toUnmodifiableSet());
    }
  }

  private final RequestorNode node;
  private final DicomPeer peer;
  private final ArchiveService service;
  private final ReceiveMeter meter;
  private final Patience patience;
  private final Silence watch;
  private final Association association;
  private final Responses responses;
  private boolean atRest = true;

  private ArchiveAssociation(
      RequestorNode node,
      DicomPeer peer,
      ArchiveService service,
      ReceiveMeter meter,
      Patience patience,
      Association association) {
    this.node = node;
    this.peer = peer;
    this.service = service;
    this.meter = meter;
    this.patience = patience;
    this.watch = new Silence(patience);
    this.association = association;
    this.responses = new Responses(association.nextMessageID(), meter);
  }

  /**
   * @throws FirstpassFailure PEER_UNAVAILABLE
   */
  static ArchiveAssociation open(
      DicomPeer peer, ArchiveService service, Patience patience, Storage storage) {
    var meter = new ReceiveMeter();
    RequestorNode node = RequestorNode.metered(peer, patience.silence(), meter);
    try {
      InstanceReceiver receiver = storage.receiver();
      if (receiver != null) {
        node.serving(new RetrievedStore(receiver, meter));
      }
      List<PresentationContext> proposals = new ArrayList<>();
      proposals.add(proposal(1, service.studyRoot()));
      proposals.add(proposal(Storage.TAKEN, service.patientRoot()));
      proposals.addAll(storage.contexts());
      Association association = node.open(proposals, storage.classes());
      meter.message();
      return new ArchiveAssociation(node, peer, service, meter, patience, association);
    } catch (RuntimeException e) {
      node.close();
      throw e;
    }
  }

  private static PresentationContext proposal(int id, String model) {
    return new PresentationContext(
        id, model, UID.ExplicitVRLittleEndian, UID.ImplicitVRLittleEndian);
  }

  /**
   * Sends the request.
   *
   * @param keys the identifier, without the patient that Patient Root needs
   * @param destination of a C-MOVE
   * @throws StudyRefused SERVICE_NOT_OFFERED
   */
  void request(Attributes keys, PatientIdentity patient, String destination) {
    String model = model();
    if (model.equals(service.patientRoot()) && !keys.containsValue(Tag.PatientID)) {
      keys.setString(Tag.PatientID, VR.LO, patient.id());
    }
    String syntax = association.getTransferSyntaxesFor(model).iterator().next();
    if (!TransferSyntaxes.isPlain(syntax)) {
      throw new StudyRefused(
          ReasonCode.ANSWER_MALFORMED, peer + " takes a transfer syntax that was not proposed");
    }
    atRest = false;
    try {
      // The end of the silence is watched for in next().
      association.getSocket().setSoTimeout(0);
      switch (service) {
        case FIND -> association.cfind(model, PRIORITY_MEDIUM, keys, syntax, responses);
        case GET -> association.cget(model, PRIORITY_MEDIUM, keys, syntax, responses);
        case MOVE ->
            association.cmove(model, PRIORITY_MEDIUM, keys, syntax, destination, responses);
      }
    } catch (IOException | RuntimeException e) {
      // The toolkit says unchecked that an association is over.
      throw node.unavailable("broke the association", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw node.unavailable("was not waited for", e);
    }
  }

  private String model() {
    for (String model : List.of(service.studyRoot(), service.patientRoot())) {
      if (!association.getTransferSyntaxesFor(model).isEmpty()) {
        return model;
      }
    }
    throw new StudyRefused(
        ReasonCode.SERVICE_NOT_OFFERED, peer + " does not offer " + service.label());
  }

  /**
   * Waits for the next answer. If this thread is interrupted, the archive is told to stop.
   *
   * @throws FirstpassFailure PEER_UNAVAILABLE if it falls silent, takes too long or breaks the
   *     association, or this thread is interrupted; ANSWER_MALFORMED if it sends what cannot be
   *     read
   */
  Response next() {
    try {
      while (true) {
        Optional<Response> response = responses.next(watch.lookMillis(LONGEST_LOOK_MS));
        if (response.isPresent()) {
          Optional<String> overdue = watch.heard();
          Response heard = noted(response.get());
          // Who keeps talking does not come to an end by that.
          if (heard.isPending()) {
            overdue.ifPresent(this::leave);
          }
          return heard;
        }
        if (responses.ended()) {
          throw broken();
        }
        watch.look(meter.total()).ifPresent(this::leave);
      }
    } catch (InterruptedException e) {
      cancel();
      awaitEnd();
      Thread.currentThread().interrupt();
      throw node.unavailable("was told to stop", e);
    }
  }

  private void leave(String what) {
    throw node.unavailable(what, null);
  }

  private Response noted(Response response) {
    atRest = !response.isPending();
    return response;
  }

  /** C-CANCEL: asks the archive to stop; what it has begun it may still answer. */
  void cancel() {
    try {
      responses.cancel(association);
    } catch (IOException e) {
      // It hears nothing any more, so it has stopped.
    }
  }

  /** Takes what still comes after a cancellation, for a while. */
  void awaitEnd() {
    long end = System.nanoTime() + Math.min(CANCEL_NANOS, patience.silence().toNanos());
    try {
      while (!atRest && !responses.ended() && System.nanoTime() < end) {
        responses.next(LONGEST_LOOK_MS).ifPresent(this::noted);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private FirstpassFailure broken() {
    IOException cause = association.getException();
    // An error of the reader, of sequences nested too deep for instance, leaves it as it was.
    boolean choked =
        cause == null
            ? association.isReadyForDataTransfer()
            : !meter.ended() && !(cause instanceof AAbort);
    if (!meter.tooLong() && !choked) {
      return node.unavailable("broke the association during " + service.label(), cause);
    }
    String what = meter.tooLong() ? "more than a message may have" : "what cannot be read";
    return new StudyRefused(
        ReasonCode.ANSWER_MALFORMED,
        "%s answers %s with %s".formatted(peer, service.label(), what),
        cause);
  }

  /** The failure that a final status is. */
  FirstpassFailure failure(Response response) {
    return ArchiveStatus.failure(peer, service, response.status());
  }

  @Override
  public void close() {
    responses.abandon();
    if (atRest) {
      node.release(association);
    }
    RequestorNode.cut(association);
    node.close();
  }
}
