package org.firstpass.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.database.Database;
import org.firstpass.event.CaseSelection.Way;
import org.firstpass.postgres.ReviewTasks.LeaseTerms;
import org.firstpass.review.Fence;
import org.firstpass.review.Flag;
import org.firstpass.review.Handover;
import org.firstpass.review.Marks;
import org.firstpass.review.ReviewQueue.TaskRow;
import org.firstpass.review.ReviewTask;
import org.firstpass.review.SelectionStrategy;
import org.firstpass.review.TaskAnswer;
import org.firstpass.review.TaskMarks;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Hand-overs and flags as rows of {@code review.handover} and {@code review.flag}. Safe for use by
 * many threads and processes.
 */
public final class TaskMarkRows implements TaskMarks {
  /** For so long the queue keeps a task for whom it was handed to. */
  static final Duration KEPT = Duration.ofDays(1);

  /** What {@link #marked} needs, of {@code review.task t}. */
  static final String COLUMNS =
      ", (select json_build_object('by', h.by_reader, 'to', h.to_reader, 'note', h.note, 'at',"
          + " h.at) from review.handover h where h.task_id = t.id and t.handed_to is not null order"
          + " by h.id desc limit 1) as handover, (select json_build_object('by', f.by_reader,"
          + " 'comment', f.comment, 'at', f.at) from review.flag f where f.task_id = t.id and"
          + " f.lifted_at is null) as flag, case when t.state not in ('WAITING', 'RETURNED') then"
          + " (select k.way from review.pick k where k.task_id = t.id order by k.id desc limit 1)"
          + " end as way, t.not_for is not null as second_reading";

  private final Database database;
  private final SelectionStrategy strategy;
  private final LeaseTerms terms;

  public TaskMarkRows(Database database, SelectionStrategy strategy, LeaseTerms terms) {
    this.database = database;
    this.strategy = strategy;
    this.terms = terms;
  }

  static TaskRow marked(ResultSet row, SelectionStrategy strategy, Instant now)
      throws SQLException {
    TaskRow scored = ReviewTasks.scored(row, strategy, now);
    var marks =
        new Marks(
            parsed(row.getString("handover"), Handover.class),
            parsed(row.getString("flag"), Flag.class),
            Optional.ofNullable(row.getString("way")).map(Way::valueOf),
            row.getBoolean("second_reading"));
    return new TaskRow(scored.task(), scored.score(), scored.modality(), marks);
  }

  private static <T> Optional<T> parsed(@Nullable String json, Class<T> type) {
    return Optional.ofNullable(json).map(text -> TaskRowMapping.parse(text, type));
  }

  @Override
  public TaskAnswer handOver(UUID task, Fence fence, Wish wish) {
    Instant now = terms.now();
    return database.inTransaction(
        handle -> {
          Optional<ReviewTask> current = TaskWriting.locked(handle, task);
          if (current.isEmpty()) {
            return new TaskAnswer.Unknown();
          }
          if (!(current.get() instanceof ReviewTask.Claimed claimed)
              || !fence.opens(claimed.lease())) {
            return new TaskAnswer.Stale(current.get().state());
          }
          ReviewTask.Waiting waiting = claimed.release();
          TaskWriting.write(handle, claimed, waiting, now);
          note(handle, task, fence.reader(), wish, now);
          JournalRows.handOver(handle, task, fence.reader(), wish.to(), now);
          TaskWriting.announce(handle, waiting, fence.reader(), now);
          return new TaskAnswer.Done(waiting);
        });
  }

  private static void note(Handle handle, UUID task, String by, Wish wish, Instant now) {
    handle.execute(
        "insert into review.handover (task_id, by_reader, to_reader, note, at)"
            + " values (?, ?, ?, nullif(?, ''), ?)",
        task,
        by,
        wish.to(),
        wish.note(),
        now);
    handle.execute(
        "update review.task set handed_to = ?, handed_until = ? where id = ?",
        wish.to(),
        now.plus(KEPT),
        task);
  }

  @Override
  public List<TaskRow> handedTo(String reader, int limit) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    ReviewTasks.SELECT_ROWS
                        + "where t.handed_to = :reader and t.state in ('WAITING', 'RETURNED')"
                        + " order by t.order_key desc, t.id limit :limit")
                .bind("reader", reader)
                .bind("limit", limit)
                .map((row, context) -> marked(row, strategy, terms.now()))
                .list());
  }

  @Override
  public boolean flag(UUID task, String by, String comment) {
    return database.inTransaction(
        handle -> {
          if (TaskWriting.locked(handle, task).isEmpty()) {
            return false;
          }
          lift(handle, task, by);
          handle.execute(
              "insert into review.flag (task_id, by_reader, comment, at) values (?, ?, ?, ?)",
              task,
              by,
              comment,
              terms.now());
          return true;
        });
  }

  @Override
  public boolean unflag(UUID task, String by) {
    return database.inTransaction(
        handle -> {
          boolean known = TaskWriting.locked(handle, task).isPresent();
          lift(handle, task, by);
          return known;
        });
  }

  private void lift(Handle handle, UUID task, String by) {
    handle.execute(
        "update review.flag set lifted_by = ?, lifted_at = ?"
            + " where task_id = ? and lifted_at is null",
        by,
        terms.now(),
        task);
  }
}
