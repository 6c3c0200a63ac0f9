package org.firstpass.dicom;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Commands;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.DimseRSP;
import org.dcm4che3.net.PDVInputStream;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.service.AbstractDicomService;
import org.dcm4che3.net.service.DicomServiceException;
import org.firstpass.failure.FirstpassFailure;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Storage commitment, both ways: N-ACTION is a request to us, N-EVENT-REPORT the answer to one of
 * ours. Safe for use by many threads.
 *
 * @see "PS3.4 J.3"
 */
final class CommitmentService extends AbstractDicomService {
  /** Invalid argument value: no request or report, or of a transaction that nobody waits for. */
  private static final int INVALID_ARGUMENT = 0x0115;

  /** Questions of one association that wait for their answer at once. */
  private static final int MOST_ASKED = 256;

  private static final int RESPONSE_SECONDS = 10;
  private static final int PROCESSING_FAILURE = 0x0110;
  private static final int NO_SUCH_ACTION = 0x0123;
  private static final int NO_SUCH_EVENT = 0x0113;
  private static final Logger LOG = LoggerFactory.getLogger(CommitmentService.class);

  /** Who asked on which association, while it is open. */
  private record Asked(
      Association association, PresentationContext context, CompletableFuture<Boolean> answered) {
    boolean isOfSameAssociation(Asked other) {
      return association == other.association;
    }
  }

  private final CommitmentReceiver receiver;
  private final CommitmentInbox inbox;
  private final Map<String, Asked> asked = new ConcurrentHashMap<>();
  private final InFlight handling = new InFlight(Integer.MAX_VALUE);

  CommitmentService(CommitmentReceiver receiver, CommitmentInbox inbox) {
    super(UID.StorageCommitmentPushModel);
    this.receiver = receiver;
    this.inbox = inbox;
  }

  /** One that only hears answers. */
  static CommitmentService hearing(CommitmentInbox inbox) {
    return new CommitmentService(
        request -> {
          throw new StudyRefused(
              ReasonCode.SERVICE_NOT_OFFERED, "no commitment is given on this association");
        },
        inbox);
  }

  @Override
  public void onDimseRQ(
      Association association,
      PresentationContext context,
      Dimse dimse,
      Attributes command,
      PDVInputStream data)
      throws IOException {
    if (dimse != Dimse.N_ACTION_RQ && dimse != Dimse.N_EVENT_REPORT_RQ) {
      throw new DicomServiceException(EchoService.UNRECOGNIZED_OPERATION);
    }
    handling.begin();
    try {
      handle(association, context, dimse, command, data);
    } finally {
      handling.end();
    }
  }

  @Override
  public void onClose(Association association) {
    asked.values().removeIf(question -> question.association() == association);
  }

  /** Waits until no request is being handled, or for long enough. */
  void drain() {
    handling.awaitNone(RESPONSE_SECONDS, TimeUnit.SECONDS);
  }

  private void handle(
      Association association,
      PresentationContext context,
      Dimse dimse,
      Attributes command,
      PDVInputStream data)
      throws IOException {
    boolean action = dimse == Dimse.N_ACTION_RQ;
    Optional<CommitmentReport> heard = Optional.empty();
    Attributes response =
        action ? Commands.mkNActionRSP(command, 0) : Commands.mkNEventReportRSP(command, 0);
    var question = new Asked(association, context, new CompletableFuture<>());
    try {
      Attributes message = BoundedDataset.read(data, context);
      if (action) {
        response.setInt(Tag.Status, VR.US, request(question, command, message));
      } else if (isReport(command)) {
        heard = Optional.of(expected(message));
      } else {
        response.setInt(Tag.Status, VR.US, NO_SUCH_EVENT);
      }
    } catch (FirstpassFailure e) {
      OperationRefusal.answer(LOG, association, dimse, e, statusOf(e), response);
    } catch (RuntimeException e) {
      LOG.error("{} of {} failed", dimse, association.getCallingAET(), e);
      response.setInt(Tag.Status, VR.US, PROCESSING_FAILURE);
    }
    association.writeDimseRSP(context, response);
    question.answered().complete(true);
    // Not before the response: whoever waits for the report may release the association then.
    heard.ifPresent(inbox::deliver);
  }

  @Override
  protected void onDimseRQ(
      Association association,
      PresentationContext context,
      Dimse dimse,
      Attributes command,
      Attributes data) {
    throw new IllegalStateException("data sets are read with a bound");
  }

  /**
   * Reports on the association that asked, if that is still open.
   *
   * @return whether the requester took the report
   */
  boolean report(String callingAeTitle, CommitmentReport report) {
    Asked question = asked.remove(key(callingAeTitle, report.transaction()));
    if (question == null || !question.association().isReadyForDataTransfer()) {
      return false;
    }
    try {
      // The report must not overtake the response to the request.
      question.answered().get(RESPONSE_SECONDS, TimeUnit.SECONDS);
      return send(question.association(), report, question.context().getTransferSyntax());
    } catch (IOException | ExecutionException | TimeoutException e) {
      LOG.debug("the association of {} ended before the report", callingAeTitle, e);
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  static boolean send(Association association, CommitmentReport report, String transferSyntax)
      throws IOException, InterruptedException {
    DimseRSP response =
        RequestorNode.invoke(
            () ->
                association.neventReport(
                    UID.StorageCommitmentPushModel,
                    UID.StorageCommitmentPushModelInstance,
                    CommitmentMessage.eventOf(report),
                    CommitmentMessage.report(report),
                    transferSyntax));
    int status = RequestorNode.onlyStatus(association, response);
    if (status != 0) {
      LOG.warn(
          "{} answered the report of commitment {} with status {}",
          association.getRemoteAET(),
          report.transaction(),
          "%04XH".formatted(status));
    }
    return status == 0;
  }

  private int request(Asked question, Attributes command, Attributes message) {
    if (command.getInt(Tag.ActionTypeID, 0) != CommitmentMessage.ACTION_REQUEST) {
      return NO_SUCH_ACTION;
    }
    Association association = question.association();
    var request =
        new CommitmentRequest(
            association.getCallingAET(),
            association.getCalledAET(),
            CommitmentMessage.transactionOf(message),
            CommitmentMessage.instancesOf(message));
    if (request.instances().isEmpty()) {
      throw new StudyRefused(
          ReasonCode.MALFORMED_INSTANCE, "expected instances to commit to, found none");
    }
    String key = key(request.callingAeTitle(), request.transaction());
    // What an association has asked beyond this is answered by another one.
    if (asked.values().stream().filter(question::isOfSameAssociation).count() < MOST_ASKED) {
      asked.put(key, question);
    }
    try {
      receiver.request(request);
    } catch (FirstpassFailure e) {
      asked.remove(key, question);
      throw e;
    }
    LOG.info(
        "commitment {} of {} instances asked for by {}",
        request.transaction(),
        request.instances().size(),
        request.callingAeTitle());
    return 0;
  }

  private static boolean isReport(Attributes command) {
    int event = command.getInt(Tag.EventTypeID, 0);
    return event == CommitmentMessage.EVENT_SUCCESS || event == CommitmentMessage.EVENT_FAILURES;
  }

  private CommitmentReport expected(Attributes message) {
    CommitmentReport report = CommitmentMessage.reportOf(message);
    if (!inbox.expects(report.transaction())) {
      throw new StudyRefused(
          ReasonCode.MALFORMED_INSTANCE,
          "expected the report of a transaction that is waited for, found " + report.transaction());
    }
    return report;
  }

  private static int statusOf(FirstpassFailure failure) {
    return switch (failure.code().kind()) {
      case REFUSED ->
          failure.code() == ReasonCode.SERVICE_NOT_OFFERED ? NO_SUCH_ACTION : INVALID_ARGUMENT;
      case TRY_AGAIN -> 0x0213;
      case DEFECT -> PROCESSING_FAILURE;
    };
  }

  private static String key(String callingAeTitle, String transaction) {
    return callingAeTitle + " " + transaction;
  }
}
