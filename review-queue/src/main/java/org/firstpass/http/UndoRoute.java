package org.firstpass.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;
import java.util.UUID;
import org.firstpass.correction.CorrectionRevision;
import org.firstpass.correction.GraceDesk;
import org.firstpass.review.Fence;
import org.firstpass.review.ReviewTask;
import org.firstpass.review.TaskAnswer;
import org.firstpass.security.AuditAction;
import org.firstpass.security.AuditFact;
import org.firstpass.security.AuditTrail;

/** {@code POST /api/tasks/{id}/undo}: takes a submission back while its grace lasts. */
public final class UndoRoute {
  private final GraceDesk desk;
  private final ClaimAnswers claims;
  private final AuditTrail audit;

  public UndoRoute(GraceDesk desk, ClaimAnswers claims, AuditTrail audit) {
    this.desk = desk;
    this.claims = claims;
    this.audit = audit;
  }

  public void install(RoutesConfig routes) {
    routes.post("/api/tasks/{id}/undo", this::undo, AccessGate.allowReaders());
  }

  private void undo(Context context) {
    UUID task = RequestParts.task(context);
    Fence fence = RequestParts.fence(context, RequestParts.json(context.body()));
    TaskAnswer answer = desk.undo(task, fence);
    if (answer instanceof TaskAnswer.Closed closed) {
      throw new ApiRefusal(
          409,
          "TOO_LATE",
          "task " + task + " is " + closed.state() + "; its submission can no longer be undone");
    }
    var claimed = (ReviewTask.Claimed) ClaimAnswers.done(task, answer);
    UUID correction = CorrectionRevision.idOf(task, fence.transaction());
    audit.record(
        AuditFact.of(
            fence.reader(),
            AuditAction.TASK_SUBMISSION_UNDONE,
            task.toString(),
            Map.of("correction", correction.toString())));
    claims.answer(context, claimed);
  }
}
