package org.firstpass.http;

import io.javalin.http.Context;
import java.time.Instant;
import java.util.UUID;
import org.firstpass.correction.CaseImages;
import org.firstpass.foreign.ForeignLedger;
import org.firstpass.review.ReviewQueue;
import org.firstpass.review.ReviewQueue.TaskRow;
import org.firstpass.review.ReviewTask;
import org.firstpass.review.TaskAnswer;
import org.firstpass.security.AuditAction;
import org.firstpass.security.AuditFact;
import org.firstpass.security.AuditTrail;

/** What whoever holds a task from now on is answered, by whatever way it came to that. */
public final class ClaimAnswers {
  private final ReviewQueue queue;
  private final CaseImages images;
  private final ForeignLedger foreign;
  private final AuditTrail audit;

  public ClaimAnswers(
      ReviewQueue queue, CaseImages images, ForeignLedger foreign, AuditTrail audit) {
    this.queue = queue;
    this.images = images;
    this.foreign = foreign;
    this.audit = audit;
  }

  /** What a claim answers; the transaction must be shown with every write. */
  record ClaimView(TaskView task, String transaction, Instant leaseUntil) {}

  void answer(Context context, ReviewTask.Claimed claimed) {
    String reader = AccessGate.identity(context).subject();
    audit.record(AuditFact.of(reader, AuditAction.TASK_CLAIMED, claimed.id().toString()));
    images.prepare(claimed.subject().proposal());
    TaskRow row = TaskRoutes.row(queue, claimed.id());
    context.json(
        new ClaimView(
            TaskView.from(
                new TaskRow(claimed, row.score(), row.modality(), row.marks()),
                foreign.keptFor(claimed.id())),
            claimed.lease().transaction().value(),
            claimed.lease().until()));
  }

  /** The task if it was changed as wished. */
  static ReviewTask done(UUID id, TaskAnswer answer) {
    if (answer instanceof TaskAnswer.Done done) {
      return done.task();
    }
    if (answer instanceof TaskAnswer.Held held) {
      throw new ApiRefusal(
          409,
          "HELD",
          "task "
              + id
              + " is held by '"
              + held.lease().holder()
              + "' until "
              + held.lease().until());
    }
    if (answer instanceof TaskAnswer.Stale stale) {
      throw new ApiRefusal(
          409,
          "STALE_LEASE",
          "this transaction is not the one that holds task " + id + ", which is " + stale.state());
    }
    if (answer instanceof TaskAnswer.Closed closed) {
      throw new ApiRefusal(
          409,
          "WRONG_STATE",
          "task " + id + " is " + closed.state() + " and cannot become " + closed.wished());
    }
    if (answer instanceof TaskAnswer.Barred) {
      throw new ApiRefusal(
          409, "READ_BEFORE", "task " + id + " is the second reading of what you read first");
    }
    throw TaskRoutes.unknown(id);
  }
}
