package org.firstpass.ups;

import org.firstpass.correction.SubmitAnswer;
import org.firstpass.dicom.dataset.DataSet;
import org.firstpass.review.DiscontinuationReason;
import org.firstpass.review.Fence;
import org.firstpass.review.ReviewQueue;
import org.firstpass.review.ReviewState;
import org.firstpass.review.TaskAnswer;
import org.firstpass.review.TransactionUid;
import org.firstpass.ups.WorklistRefusal.Reason;

/**
 * Change UPS State: claims a workitem, completes it or gives it up.
 *
 * <p>The Transaction UID is the fencing token of the lease. DICOM looks at nothing else; here the
 * user must be the one who claimed, too. Thread-safe.
 *
 * @see "PS3.4 Table CC.1.1-2, PS3.18 11.7"
 */
public final class StateChange {
  private final Worklist worklist;
  private final ReviewQueue queue;
  private final Completion completion;

  public StateChange(Worklist worklist, ReviewQueue queue, Completion completion) {
    this.worklist = worklist;
    this.queue = queue;
    this.completion = completion;
  }

  /** What became of a wish to change a state. */
  public enum Outcome {
    CLAIMED,
    COMPLETED,
    CANCELED,
    ALREADY_COMPLETED,
    ALREADY_CANCELED
  }

  /**
   * Changes the state as the action information says.
   *
   * @param reader the subject
   */
  public Outcome change(String uid, DataSet action, String reader) {
    UpsState wished =
        action
            .text(UpsAttribute.STATE)
            .flatMap(UpsState::ofValue)
            .orElseThrow(
                () ->
                    WorklistRefusal.malformed(
                        "Procedure Step State (0074,1000) is IN PROGRESS, COMPLETED or CANCELED"));
    Fence fence = fence(action.text(UpsAttribute.TRANSACTION_UID).orElse(""), reader);
    Workitem workitem = worklist.find(uid);
    return switch (wished) {
      case SCHEDULED ->
          throw new WorklistRefusal(
              Reason.ONLY_CREATED_SCHEDULED, "a workitem becomes SCHEDULED by being created only");
      case IN_PROGRESS -> claim(workitem, fence);
      case COMPLETED -> complete(workitem, fence);
      case CANCELED -> cancel(workitem, fence);
    };
  }

  /** The fence of a transaction that a request names. */
  public static Fence fence(String transaction, String reader) {
    if (transaction.isBlank()) {
      throw new WorklistRefusal(
          Reason.TRANSACTION_MISSING, "Transaction UID (0008,1195) is missing");
    }
    if (!WorkitemUid.isUid(transaction)) {
      throw new WorklistRefusal(
          Reason.TRANSACTION_WRONG, "Transaction UID (0008,1195) is not a UID");
    }
    return new Fence(reader, new TransactionUid(transaction));
  }

  private Outcome claim(Workitem workitem, Fence fence) {
    TaskAnswer answer = queue.claim(workitem.id(), fence);
    return switch (answer.kind()) {
      case DONE -> Outcome.CLAIMED;
      case HELD -> throw alreadyInProgress();
      case CLOSED ->
          throw ((TaskAnswer.Closed) answer).state() == ReviewState.SUBMITTED
              ? alreadyInProgress()
              : ended();
      case STALE, UNKNOWN, BARRED ->
          throw new WorklistRefusal(Reason.UNKNOWN, "there is no such workitem");
    };
  }

  private Outcome complete(Workitem workitem, Fence fence) {
    if (workitem.state(worklist.now()).isFinal()) {
      return alreadyEnded(workitem, fence, UpsState.COMPLETED, Outcome.ALREADY_COMPLETED);
    }
    requireHeld(workitem, fence);
    SubmitAnswer answer = completion.submit(workitem, fence);
    return switch (answer.kind()) {
      case ACCEPTED -> Outcome.COMPLETED;
      case ALREADY_DECIDED -> Outcome.ALREADY_COMPLETED;
      // Somebody took over in between; what was sent in is kept as a side revision.
      case STALE, UNDONE -> throw Worklist.wrongTransaction();
      case UNKNOWN -> throw new WorklistRefusal(Reason.UNKNOWN, "there is no such workitem");
    };
  }

  private Outcome cancel(Workitem workitem, Fence fence) {
    if (workitem.state(worklist.now()).isFinal()) {
      return alreadyEnded(workitem, fence, UpsState.CANCELED, Outcome.ALREADY_CANCELED);
    }
    requireHeld(workitem, fence);
    DiscontinuationReason reason = FinalState.reason(workitem.attributes());
    TaskAnswer answer = queue.discontinue(workitem.id(), fence, reason);
    if (answer.kind() != TaskAnswer.Kind.DONE) {
      throw Worklist.wrongTransaction();
    }
    return Outcome.CANCELED;
  }

  private Outcome alreadyEnded(Workitem workitem, Fence fence, UpsState wished, Outcome already) {
    if (!Worklist.isEndedBy(workitem, fence.transaction())) {
      throw Worklist.wrongTransaction();
    }
    if (workitem.state(worklist.now()) != wished) {
      throw ended();
    }
    return already;
  }

  // Whoever still holds an expired lease goes on, as by the JSON API, until somebody claims.
  private void requireHeld(Workitem workitem, Fence fence) {
    if (Worklist.lease(workitem, fence).isPresent()) {
      return;
    }
    throw workitem.state(worklist.now()) == UpsState.SCHEDULED
        ? new WorklistRefusal(Reason.NOT_YET_IN_PROGRESS, "nobody has claimed the workitem")
        : Worklist.wrongTransaction();
  }

  private static WorklistRefusal alreadyInProgress() {
    return new WorklistRefusal(Reason.ALREADY_IN_PROGRESS, "the workitem is IN PROGRESS");
  }

  private static WorklistRefusal ended() {
    return new WorklistRefusal(
        Reason.NO_LONGER_UPDATED, "the workitem has ended and does not change any more");
  }
}
