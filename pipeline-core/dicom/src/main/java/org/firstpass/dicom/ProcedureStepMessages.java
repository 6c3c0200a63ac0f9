package org.firstpass.dicom;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Commands;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.PDVInputStream;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.service.AbstractDicomService;
import org.firstpass.dicom.ProcedureStepService.Answer;
import org.firstpass.dicom.dataset.DataSet;
import org.firstpass.failure.StudyRefused;
import org.firstpass.failure.TryAgainLater;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages of UPS Push, Pull, Watch and Query.
 *
 * @see "PS3.4 CC.2"
 */
final class ProcedureStepMessages extends AbstractDicomService {
  static final String PUSH = "1.2.840.10008.5.1.4.34.6.1";
  static final String WATCH = "1.2.840.10008.5.1.4.34.6.2";
  static final String PULL = "1.2.840.10008.5.1.4.34.6.3";
  static final String QUERY = "1.2.840.10008.5.1.4.34.6.5";
  private static final Logger LOG = LoggerFactory.getLogger(ProcedureStepMessages.class);
  private static final int CHANGE_STATE = 1;
  private static final int REQUEST_CANCEL = 2;
  private static final int SUBSCRIBE = 3;
  private static final int UNSUBSCRIBE = 4;
  private static final int SUSPEND = 5;
  private static final int PENDING = 0xFF00;
  private static final int INVALID_ATTRIBUTE_VALUE = 0x0106;
  private static final int PROCESSING_FAILURE = 0x0110;
  private static final int INVALID_ARGUMENT = 0x0115;
  private static final int UNRECOGNIZED_OPERATION = 0x0211;
  private static final int RESOURCE_LIMITATION = 0x0213;
  private static final int MAX_COMMENT = 64;

  private final ProcedureStepService steps;

  ProcedureStepMessages(ProcedureStepService steps) {
    super(PUSH, WATCH, PULL, QUERY);
    this.steps = steps;
  }

  @Override
  public void onDimseRQ(
      Association association,
      PresentationContext context,
      Dimse dimse,
      Attributes request,
      @Nullable PDVInputStream data)
      throws IOException {
    DataSet message;
    try {
      message = MessageDataSet.from(BoundedDataset.read(data, context));
    } catch (StudyRefused | IllegalArgumentException e) {
      Answer refused = failure(INVALID_ATTRIBUTE_VALUE, String.valueOf(e.getMessage()));
      write(association, context, Commands.mkRSP(request, refused.status(), dimse), refused);
      return;
    }
    if (dimse == Dimse.C_FIND_RQ) {
      find(association, context, request, message);
    } else {
      Answer answer = answer(association.getCallingAET(), dimse, request, message);
      write(association, context, Commands.mkRSP(request, answer.status(), dimse), answer);
    }
  }

  @Override
  protected void onDimseRQ(
      Association association,
      PresentationContext context,
      Dimse dimse,
      Attributes request,
      Attributes data) {
    throw new IllegalStateException("data sets are read with a bound");
  }

  private Answer answer(String caller, Dimse dimse, Attributes request, DataSet message) {
    String uid = request.getString(Tag.RequestedSOPInstanceUID, "");
    if (dimse == Dimse.N_CREATE_RQ) {
      String given = request.getString(Tag.AffectedSOPInstanceUID, "");
      return answer(() -> steps.create(caller, given, message));
    }
    if (dimse == Dimse.N_GET_RQ) {
      return answer(() -> steps.get(caller, uid));
    }
    if (dimse == Dimse.N_SET_RQ) {
      return answer(() -> steps.set(caller, uid, message));
    }
    return dimse == Dimse.N_ACTION_RQ
        ? action(caller, uid, request.getInt(Tag.ActionTypeID, 0), message)
        : failure(UNRECOGNIZED_OPERATION, "a worklist does not do this");
  }

  private Answer action(String caller, String uid, int type, DataSet action) {
    return switch (type) {
      case CHANGE_STATE -> answer(() -> steps.changeState(caller, uid, action));
      case REQUEST_CANCEL -> answer(() -> steps.requestCancel(caller, uid, action));
      case SUBSCRIBE -> answer(() -> steps.subscribe(caller, uid, action));
      case UNSUBSCRIBE -> answer(() -> steps.unsubscribe(caller, uid, action));
      case SUSPEND -> answer(() -> steps.suspend(caller, uid, action));
      default -> failure(INVALID_ARGUMENT, "no such action type");
    };
  }

  // Answered on this thread: a page of workitems is short, and one is sent while the next is read.
  private void find(
      Association association, PresentationContext context, Attributes request, DataSet keys)
      throws IOException {
    var broken = new AtomicReference<IOException>();
    Answer end =
        answer(
            () ->
                steps.find(
                    association.getCallingAET(),
                    keys,
                    match -> {
                      try {
                        association.writeDimseRSP(
                            context,
                            Commands.mkCFindRSP(request, PENDING),
                            MessageDataSet.of(match));
                        return true;
                      } catch (IOException e) {
                        broken.set(e);
                        return false;
                      }
                    }));
    if (broken.get() != null) {
      throw broken.get();
    }
    write(association, context, Commands.mkCFindRSP(request, end.status()), end);
  }

  private static Answer answer(Supplier<Answer> work) {
    try {
      return work.get();
    } catch (TryAgainLater e) {
      LOG.warn("the worklist has to wait: {} {}", e.code().code(), e.getMessage());
      return failure(RESOURCE_LIMITATION, "try again later");
    } catch (RuntimeException e) {
      LOG.error("the worklist failed", e);
      return failure(PROCESSING_FAILURE, "the server failed; its log says why");
    }
  }

  private static Answer failure(int status, String comment) {
    return new Answer(status, "", comment, List.of());
  }

  private static void write(
      Association association, PresentationContext context, Attributes response, Answer answer)
      throws IOException {
    if (!answer.comment().isEmpty()) {
      String comment = answer.comment();
      response.setString(
          Tag.ErrorComment,
          VR.LO,
          comment.length() <= MAX_COMMENT ? comment : comment.substring(0, MAX_COMMENT));
    }
    if (!answer.uid().isEmpty()) {
      response.setString(Tag.AffectedSOPInstanceUID, VR.UI, answer.uid());
    }
    if (answer.attributes().isEmpty()) {
      association.writeDimseRSP(context, response);
    } else {
      association.writeDimseRSP(context, response, MessageDataSet.of(answer.attributes().get(0)));
    }
  }
}
