package org.firstpass.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.firstpass.review.Fence;
import org.firstpass.review.ReviewTask;
import org.firstpass.review.TaskAnswer;
import org.firstpass.review.TaskMarks;
import org.firstpass.security.AuditAction;
import org.firstpass.security.AuditFact;
import org.firstpass.security.AuditTrail;
import org.firstpass.security.Role;

/** Handing a task to a colleague, and marking one for discussion. */
public final class TaskMarkRoutes {
  private static final int MAX_TEXT = 500;

  private final TaskMarks marks;
  private final Supplier<List<String>> readers;
  private final AuditTrail audit;

  /**
   * @param readers the names of the accounts that a task may be handed to
   */
  public TaskMarkRoutes(TaskMarks marks, Supplier<List<String>> readers, AuditTrail audit) {
    this.marks = marks;
    this.readers = readers;
    this.audit = audit;
  }

  public void install(RoutesConfig routes) {
    routes.get("/api/readers", this::readers, AccessGate.allow(Role.RADIOLOGIST));
    routes.post("/api/tasks/{id}/hand-over", this::handOver, AccessGate.allow(Role.RADIOLOGIST));
    routes.put("/api/tasks/{id}/flag", this::flag, AccessGate.allow(Role.RADIOLOGIST));
    routes.delete("/api/tasks/{id}/flag", this::unflag, AccessGate.allow(Role.RADIOLOGIST));
  }

  private void readers(Context context) {
    context.json(readers.get());
  }

  private void handOver(Context context) {
    UUID id = RequestParts.task(context);
    JsonNode body = RequestParts.json(context.body());
    Fence fence = RequestParts.fence(context, body);
    var wish = new TaskMarks.Wish(body.path("to").asText(""), text(body, "note"));
    if (wish.to().equals(fence.reader()) || !readers.get().contains(wish.to())) {
      throw new ApiRefusal(
          422, "NO_SUCH_READER", "'to' is the account of another reader, see /api/readers");
    }
    TaskAnswer answer = marks.handOver(id, fence, wish);
    ReviewTask task = ClaimAnswers.done(id, answer);
    record(context, AuditAction.TASK_HANDED_OVER, id, Map.of("to", wish.to()));
    context.json(Map.of("id", id, "state", task.state(), "handedTo", wish.to()));
  }

  private void flag(Context context) {
    UUID id = RequestParts.task(context);
    String comment = text(RequestParts.json(context.body()), "comment");
    if (comment.isEmpty()) {
      throw RequestParts.malformed("'comment' says what is to be discussed");
    }
    if (!marks.flag(id, AccessGate.identity(context).subject(), comment)) {
      throw TaskRoutes.unknown(id);
    }
    record(context, AuditAction.TASK_FLAGGED, id, Map.of());
    context.status(204);
  }

  private void unflag(Context context) {
    UUID id = RequestParts.task(context);
    if (!marks.unflag(id, AccessGate.identity(context).subject())) {
      throw TaskRoutes.unknown(id);
    }
    record(context, AuditAction.TASK_UNFLAGGED, id, Map.of());
    context.status(204);
  }

  private static String text(JsonNode body, String field) {
    String text = body.path(field).asText("").strip();
    if (text.length() > MAX_TEXT) {
      throw RequestParts.malformed("'" + field + "' has at most " + MAX_TEXT + " characters");
    }
    return text;
  }

  private void record(Context context, AuditAction action, UUID task, Map<String, String> details) {
    audit.record(
        AuditFact.of(AccessGate.identity(context).subject(), action, task.toString(), details));
  }
}
