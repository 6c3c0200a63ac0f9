package org.firstpass.postgres;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.correction.CorrectionRevision;
import org.firstpass.correction.GracePeriods;
import org.firstpass.database.Database;
import org.firstpass.database.PostgresOutbox;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.postgres.ReviewTasks.LeaseTerms;
import org.firstpass.review.Fence;
import org.firstpass.review.Lease;
import org.firstpass.review.ReviewState;
import org.firstpass.review.ReviewTask;
import org.firstpass.review.TaskAnswer;
import org.firstpass.stream.Topics;
import org.jdbi.v3.core.Handle;

/**
 * Decisions under grace as rows of {@code review.grace}. Whoever ends one locks its task first.
 * Safe for use by many threads and processes.
 */
public final class GraceRows implements GracePeriods {
  private final Database database;
  private final LeaseTerms terms;

  public GraceRows(Database database, LeaseTerms terms) {
    this.database = database;
    this.terms = terms;
  }

  private record Grace(CorrectionAccepted event, Instant claimed, Instant until) {}

  static void begin(
      Handle handle, ReviewTask.Claimed task, CorrectionAccepted event, Instant until) {
    handle
        .createUpdate(
            """
            insert into review.grace (task_id, correction_id, event, claimed_at, until)
            values (:task, :correction, :event, :claimed, :until)
            """)
        .bind("task", task.id())
        .bind("correction", event.id())
        .bind("event", TaskRowMapping.json(event))
        .bind("claimed", task.lease().claimed())
        .bind("until", until)
        .execute();
  }

  @Override
  public TaskAnswer undo(UUID task, Fence fence) {
    Instant now = terms.now();
    return database.inTransaction(
        handle ->
            TaskWriting.locked(handle, task)
                .map(current -> undo(handle, current, fence, now))
                .orElseGet(TaskAnswer.Unknown::new));
  }

  private TaskAnswer undo(Handle handle, ReviewTask task, Fence fence, Instant now) {
    UUID correction = CorrectionRevision.idOf(task.id(), fence.transaction());
    if (task instanceof ReviewTask.Claimed claimed
        && claimed.lease().holder().equals(fence.reader())
        && CorrectionRows.isUndone(handle, correction)) {
      return new TaskAnswer.Done(task);
    }
    Optional<Grace> grace = find(handle, task.id());
    if (!(task instanceof ReviewTask.Submitted submitted)
        || grace.isEmpty()
        || !grace.get().until().isAfter(now)) {
      return new TaskAnswer.Closed(task.state(), ReviewState.CLAIMED);
    }
    ReviewTask.Decision decision = submitted.decision();
    if (!decision.correction().equals(correction) || !decision.reader().equals(fence.reader())) {
      return new TaskAnswer.Stale(task.state());
    }
    Lease fresh = terms.lease(fence.reader(), now);
    Lease next =
        new Lease(fresh.holder(), fresh.transaction(), grace.get().claimed(), fresh.until());
    ReviewTask.Claimed again = submitted.undo(next);
    TaskWriting.write(handle, submitted, again, now);
    CorrectionRows.ended(handle, correction, ReviewState.CLAIMED);
    JournalRows.reopen(handle, task.id(), fence.reader(), correction);
    forget(handle, task.id());
    // For the worklist it has been IN PROGRESS all the time.
    TaskWriting.tell(handle, again, fence.reader(), now);
    return new TaskAnswer.Done(again);
  }

  @Override
  public List<CorrectionAccepted> acceptDue(int limit) {
    Instant now = terms.now();
    return due(now, limit).stream().flatMap(task -> accept(task, now).stream()).toList();
  }

  private List<UUID> due(Instant now, int limit) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    "select task_id from review.grace where until <= :now order by until limit :n")
                .bind("now", now)
                .bind("n", limit)
                .mapTo(UUID.class)
                .list());
  }

  private Optional<CorrectionAccepted> accept(UUID task, Instant now) {
    return database.inTransaction(
        handle -> {
          Optional<ReviewTask> current = TaskWriting.locked(handle, task);
          // Looked for only now that the task is locked: it may have been undone or accepted since.
          Optional<Grace> grace = find(handle, task);
          if (grace.isEmpty()
              || grace.get().until().isAfter(now)
              || !(current.orElseThrow() instanceof ReviewTask.Submitted submitted)) {
            return Optional.empty();
          }
          CorrectionAccepted event = grace.get().event();
          CorrectionRows.ended(handle, event.id(), ReviewState.ACCEPTED);
          accept(handle, submitted, event, now);
          forget(handle, task);
          return Optional.of(event);
        });
  }

  /** The one way to acceptance: the state and the event that says so, in the same transaction. */
  static void accept(
      Handle handle, ReviewTask.Submitted submitted, CorrectionAccepted event, Instant at) {
    ReviewTask.Accepted accepted = submitted.accept();
    TaskWriting.write(handle, submitted, accepted, at);
    TaskWriting.announce(handle, accepted, submitted.decision().reader(), at);
    PostgresOutbox.add(handle, TaskWriting.SCHEMA, Topics.CORRECTIONS.name(), event);
  }

  private static Optional<Grace> find(Handle handle, UUID task) {
    return handle
        .createQuery("select event, claimed_at, until from review.grace where task_id = :task")
        .bind("task", task)
        .map(
            (row, context) ->
                new Grace(
                    TaskRowMapping.parse(row.getString("event"), CorrectionAccepted.class),
                    TaskRowMapping.instant(row, "claimed_at"),
                    TaskRowMapping.instant(row, "until")))
        .findOne();
  }

  private static void forget(Handle handle, UUID task) {
    handle.execute("delete from review.grace where task_id = ?", task);
  }
}
