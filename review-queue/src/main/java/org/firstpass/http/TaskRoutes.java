package org.firstpass.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.firstpass.foreign.ForeignLedger;
import org.firstpass.review.DiscontinuationReason;
import org.firstpass.review.Fence;
import org.firstpass.review.ReviewQueue;
import org.firstpass.review.ReviewQueue.TaskRow;
import org.firstpass.review.ReviewState;
import org.firstpass.review.ReviewTask;
import org.firstpass.review.TaskAnswer;
import org.firstpass.review.TaskMarks;
import org.firstpass.security.AuditAction;
import org.firstpass.security.AuditFact;
import org.firstpass.security.AuditTrail;

/** {@code /api/tasks}: listing, claiming, keeping and giving back. */
public final class TaskRoutes {
  private static final int LIMIT = 50;
  private static final int MAX_LIMIT = 1000;

  private final ReviewQueue queue;
  private final TaskMarks marks;
  private final ClaimAnswers claims;
  private final ForeignLedger foreign;
  private final AuditTrail audit;

  public TaskRoutes(
      ReviewQueue queue,
      TaskMarks marks,
      ClaimAnswers claims,
      ForeignLedger foreign,
      AuditTrail audit) {
    this.marks = marks;
    this.queue = queue;
    this.claims = claims;
    this.foreign = foreign;
    this.audit = audit;
  }

  public void install(RoutesConfig routes) {
    routes.get("/api/tasks", this::list, AccessGate.allowViewers());
    routes.get("/api/tasks/{id}", this::one, AccessGate.allowViewers());
    routes.post("/api/tasks/next", this::next, AccessGate.allowReaders());
    routes.post("/api/tasks/{id}/claim", this::claim, AccessGate.allowReaders());
    routes.post("/api/tasks/{id}/renew", this::renew, AccessGate.allowReaders());
    routes.post("/api/tasks/{id}/release", this::release, AccessGate.allowReaders());
    routes.post("/api/tasks/{id}/discontinue", this::discontinue, AccessGate.allowReaders());
  }

  private void list(Context context) {
    ReviewState state = state(Optional.ofNullable(context.queryParam("state")).orElse("WAITING"));
    int limit = RequestParts.number(context, "limit", LIMIT, MAX_LIMIT);
    Stream<TaskRow> rows = queue.list(state, limit).stream();
    if (state == ReviewState.WAITING) {
      String reader = AccessGate.identity(context).subject();
      List<TaskRow> mine = marks.handedTo(reader, limit);
      Set<UUID> ids = mine.stream().map(row -> row.task().id()).collect(Collectors.toSet());
      rows = Stream.concat(mine.stream(), rows.filter(row -> !ids.contains(row.task().id())));
    }
    context.json(rows.limit(limit).map(TaskView::listed).toList());
  }

  private static ReviewState state(String text) {
    try {
      return ReviewState.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw RequestParts.malformed("'state' is one of " + Arrays.toString(ReviewState.values()));
    }
  }

  private void one(Context context) {
    UUID id = RequestParts.task(context);
    context.json(TaskView.from(row(queue, id), foreign.keptFor(id)));
  }

  private void next(Context context) {
    Optional<ReviewTask.Claimed> claimed = queue.claimNext(AccessGate.identity(context).subject());
    if (claimed.isEmpty()) {
      context.status(204);
      return;
    }
    claims.answer(context, claimed.get());
  }

  private void claim(Context context) {
    UUID id = RequestParts.task(context);
    TaskAnswer answer = queue.claim(id, AccessGate.identity(context).subject());
    claims.answer(context, (ReviewTask.Claimed) ClaimAnswers.done(id, answer));
  }

  private void renew(Context context) {
    UUID id = RequestParts.task(context);
    Fence fence = RequestParts.fence(context, RequestParts.json(context.body()));
    var claimed = (ReviewTask.Claimed) ClaimAnswers.done(id, queue.renew(id, fence));
    context.json(Map.of("leaseUntil", claimed.lease().until()));
  }

  private void release(Context context) {
    UUID id = RequestParts.task(context);
    Fence fence = RequestParts.fence(context, RequestParts.json(context.body()));
    answerState(context, ClaimAnswers.done(id, queue.release(id, fence)));
    record(context, AuditAction.TASK_RELEASED, id, Map.of());
  }

  private void discontinue(Context context) {
    UUID id = RequestParts.task(context);
    JsonNode body = RequestParts.json(context.body());
    DiscontinuationReason reason =
        DiscontinuationReason.ofCode(body.path("reason").asText(""))
            .orElseThrow(
                () -> RequestParts.malformed("'reason' is a code of CID 9300, such as 110531"));
    Fence fence = RequestParts.fence(context, body);
    answerState(context, ClaimAnswers.done(id, queue.discontinue(id, fence, reason)));
    record(context, AuditAction.TASK_DISCONTINUED, id, Map.of("reason", reason.code()));
  }

  private static void answerState(Context context, ReviewTask task) {
    context.json(Map.of("id", task.id(), "state", task.state()));
  }

  private void record(Context context, AuditAction action, UUID task, Map<String, String> details) {
    audit.record(
        AuditFact.of(AccessGate.identity(context).subject(), action, task.toString(), details));
  }

  static TaskRow row(ReviewQueue queue, UUID id) {
    return queue.find(id).orElseThrow(() -> unknown(id));
  }

  static ApiRefusal unknown(UUID id) {
    return new ApiRefusal(404, "NO_SUCH_TASK", "there is no task " + id);
  }
}
