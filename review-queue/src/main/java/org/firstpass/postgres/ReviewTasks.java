package org.firstpass.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.firstpass.database.Database;
import org.firstpass.event.CaseSelection.Way;
import org.firstpass.review.DiscontinuationReason;
import org.firstpass.review.Fence;
import org.firstpass.review.Lease;
import org.firstpass.review.ReviewQueue;
import org.firstpass.review.ReviewState;
import org.firstpass.review.ReviewTask;
import org.firstpass.review.SelectionStrategy;
import org.firstpass.review.TaskAnswer;
import org.firstpass.review.UidSupply;
import org.firstpass.selection.Drawing;
import org.jdbi.v3.core.Handle;

/**
 * The queue as rows of {@code review.task}.
 *
 * <p>The next task is found under lock and claimed by one statement; every other change locks its
 * row, shows the fence to the lease that is there, and writes. Safe for use by many threads and
 * processes.
 */
public final class ReviewTasks implements ReviewQueue {
  static final String SELECT_ROWS = rowsOf("review.task t", "");

  private static final String TAKE =
      "with stood as ("
          + Picks.STANDING
          + """
          )
          update review.task t set state = 'CLAIMED', holder = :holder,
            transaction_uid = :transaction, claimed_at = :now, lease_until = :until,
            correction_id = null, decided_by = null, decided_at = null, explanation = null,
            handed_to = case when handed_to = :holder then handed_to end, changed_at = :now
          from review.proposal p, stood
          where p.id = t.proposal_id and t.id = stood.id
          returning exists (select from review.workitem_subscription w where w.task_id = t.id)
              as followed, stood.lot, stood.others, stood.predecessor, stood.is_first,
          """
          + TaskRowMapping.COLUMNS;

  private final Database database;
  private final SelectionStrategy strategy;
  private final Drawing drawing;
  private final LeaseTerms terms;

  /**
   * @param drawing how much of what is claimed next is left to chance
   */
  public ReviewTasks(
      Database database, SelectionStrategy strategy, Drawing drawing, LeaseTerms terms) {
    this.database = database;
    this.strategy = strategy;
    this.drawing = drawing;
    this.terms = terms;
  }

  /**
   * What a lease is made of.
   *
   * @param length how long a reader keeps a task without renewing
   */
  public record LeaseTerms(Duration length, UidSupply transactions, Clock clock) {
    public LeaseTerms {
      if (length.isNegative() || length.isZero()) {
        throw new IllegalArgumentException("a lease lasts longer than nothing, but is " + length);
      }
    }

    /** The time as the database keeps it. */
    Instant now() {
      return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    Lease lease(String reader, Instant now) {
      return new Lease(reader, transactions.get(), now, now.plus(length));
    }
  }

  @Override
  public Optional<ReviewTask.Claimed> claimNext(String reader) {
    Instant now = terms.now();
    Lease lease = terms.lease(reader, now);
    return database.inTransaction(
        handle ->
            Picks.take(handle, drawing, reader, now)
                .map(
                    pick -> {
                      Taken taken = take(handle, pick, lease);
                      ReviewTask.Claimed claimed = taken.task();
                      Picks.note(handle, drawing, pick, taken.standing(), claim(claimed, now));
                      TaskWriting.tell(handle, claimed, reader, now);
                      if (taken.followed()) {
                        WorkitemNotices.state(handle, claimed);
                      }
                      return claimed;
                    }));
  }

  /**
   * What a claim changed, and what it found.
   *
   * @param followed whether somebody subscribed to the workitem
   */
  private record Taken(ReviewTask.Claimed task, Picks.Standing standing, boolean followed) {}

  private static Picks.Claim claim(ReviewTask.Claimed task, Instant now) {
    return new Picks.Claim(
        task.id(), task.lease().holder(), now, task.subject().score().strategy());
  }

  /**
   * Tasks with their proposals, as {@link #scored} and {@link TaskMarkRows#marked} read them.
   *
   * @param tasks a table or query with the name {@code t}
   * @param more columns that are asked for beside them
   */
  static String rowsOf(String tasks, String more) {
    return "select"
        + TaskRowMapping.COLUMNS
        + ", t.asked, t.interest, t.modality"
        + TaskMarkRows.COLUMNS
        + more
        + " from "
        + tasks
        + " join review.proposal p on p.id = t.proposal_id ";
  }

  // One statement: where the task stood is what it was before it changed.
  private static Taken take(Handle handle, Picks.Pick pick, Lease lease) {
    return Picks.bound(handle.createQuery(TAKE), lease.holder(), lease.claimed())
        .bind("ordered", pick.way() != Way.LOT)
        .bind("transaction", lease.transaction().value())
        .bind("until", lease.until())
        .bind("task", pick.task())
        .map(
            (row, context) ->
                new Taken(
                    (ReviewTask.Claimed) TaskRowMapping.read(row),
                    Picks.Standing.read(row),
                    row.getBoolean("followed")))
        .one();
  }

  @Override
  public TaskAnswer claim(UUID task, String reader) {
    return change(task, (current, now) -> claimed(current, reader, now));
  }

  private TaskAnswer claimed(ReviewTask current, String reader, Instant now) {
    if (current instanceof ReviewTask.Waiting waiting) {
      return new TaskAnswer.Done(waiting.claim(terms.lease(reader, now)));
    }
    if (current instanceof ReviewTask.Returned returned) {
      return new TaskAnswer.Done(returned.claim(terms.lease(reader, now)));
    }
    if (current instanceof ReviewTask.Claimed held) {
      if (held.lease().holder().equals(reader)) {
        return new TaskAnswer.Done(held.renew(now, terms.length()));
      }
      Optional<ReviewTask.Claimed> taken = held.takeOver(terms.lease(reader, now), now);
      return taken.isPresent()
          ? new TaskAnswer.Done(taken.get())
          : new TaskAnswer.Held(held.lease());
    }
    return new TaskAnswer.Closed(current.state(), ReviewState.CLAIMED);
  }

  @Override
  public TaskAnswer claim(UUID task, Fence fence) {
    return change(task, (current, now) -> claimed(current, fence, now));
  }

  private TaskAnswer claimed(ReviewTask current, Fence fence, Instant now) {
    var lease = new Lease(fence.reader(), fence.transaction(), now, now.plus(terms.length()));
    if (current instanceof ReviewTask.Waiting waiting) {
      return new TaskAnswer.Done(waiting.claim(lease));
    }
    if (current instanceof ReviewTask.Returned returned) {
      return new TaskAnswer.Done(returned.claim(lease));
    }
    if (current instanceof ReviewTask.Claimed held) {
      return held.takeOver(lease, now)
          .<TaskAnswer>map(TaskAnswer.Done::new)
          .orElseGet(() -> new TaskAnswer.Held(held.lease()));
    }
    return new TaskAnswer.Closed(current.state(), ReviewState.CLAIMED);
  }

  @Override
  public TaskAnswer renew(UUID task, Fence fence) {
    return change(
        task,
        (current, now) ->
            held(current, fence)
                .<TaskAnswer>map(held -> new TaskAnswer.Done(held.renew(now, terms.length())))
                .orElseGet(() -> new TaskAnswer.Stale(current.state())));
  }

  @Override
  public TaskAnswer release(UUID task, Fence fence) {
    return change(
        task,
        (current, now) ->
            held(current, fence)
                .<TaskAnswer>map(held -> new TaskAnswer.Done(held.release()))
                .orElseGet(() -> new TaskAnswer.Stale(current.state())));
  }

  @Override
  public TaskAnswer discontinue(UUID task, Fence fence, DiscontinuationReason reason) {
    return change(
        task,
        (current, now) ->
            held(current, fence)
                .<TaskAnswer>map(
                    held -> {
                      var why = new ReviewTask.Discontinuation(reason, fence.reader(), now);
                      return new TaskAnswer.Done(held.discontinue(why));
                    })
                .orElseGet(() -> new TaskAnswer.Stale(current.state())));
  }

  private static Optional<ReviewTask.Claimed> held(ReviewTask task, Fence fence) {
    return task instanceof ReviewTask.Claimed claimed && fence.opens(claimed.lease())
        ? Optional.of(claimed)
        : Optional.empty();
  }

  private TaskAnswer change(UUID task, BiFunction<ReviewTask, Instant, TaskAnswer> decision) {
    Instant now = terms.now();
    return database.inTransaction(
        handle -> {
          Optional<ReviewTask> current = TaskWriting.locked(handle, task);
          if (current.isEmpty()) {
            return new TaskAnswer.Unknown();
          }
          TaskAnswer answer = decision.apply(current.get(), now);
          if (answer instanceof TaskAnswer.Done done) {
            if (done.task() instanceof ReviewTask.Claimed claimed
                && SecondReadings.isBarred(handle, task, claimed.lease().holder())) {
              return new TaskAnswer.Barred();
            }
            TaskWriting.write(handle, current.get(), done.task(), now);
            noteChoice(handle, current.get(), done.task(), now);
            announceIfNew(handle, current.get(), done.task(), now);
          }
          return answer;
        });
  }

  // Who takes over what another let lapse did not pick it anew, as far as chance goes.
  private static void noteChoice(Handle handle, ReviewTask before, ReviewTask after, Instant now) {
    if (after instanceof ReviewTask.Claimed claimed && !(before instanceof ReviewTask.Claimed)) {
      Picks.byHand(handle, claim(claimed, now));
    }
  }

  // A lease that was only renewed is no news.
  private static void announceIfNew(
      Handle handle, ReviewTask before, ReviewTask after, Instant now) {
    if (before instanceof ReviewTask.Claimed was && after instanceof ReviewTask.Claimed is) {
      if (!was.lease().transaction().equals(is.lease().transaction())) {
        TaskWriting.announce(handle, after, is.lease().holder(), now);
      } else if (was.lease().hasExpired(now)) {
        // On the worklist it was SCHEDULED for a while.
        WorkitemNotices.state(handle, after);
      }
      return;
    }
    TaskWriting.announce(handle, after, actor(before, after), now);
  }

  private static String actor(ReviewTask before, ReviewTask after) {
    if (after instanceof ReviewTask.Claimed claimed) {
      return claimed.lease().holder();
    }
    return before instanceof ReviewTask.Claimed claimed ? claimed.lease().holder() : "system";
  }

  @Override
  public Optional<TaskRow> find(UUID task) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(SELECT_ROWS + "where t.id = :id")
                .bind("id", task)
                .map((row, context) -> marked(row))
                .findOne());
  }

  @Override
  public List<TaskRow> list(ReviewState state, int limit) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(SELECT_ROWS + "where " + order(state) + " limit :limit")
                .bind("state", state.name())
                .bind("limit", limit)
                .map((row, context) -> marked(row))
                .list());
  }

  private TaskRow marked(ResultSet row) throws SQLException {
    return TaskMarkRows.marked(row, strategy, terms.now());
  }

  // The literal condition is that of a partial index, which a bound parameter would hide.
  private static String order(ReviewState state) {
    return switch (state) {
      case WAITING, RETURNED ->
          "t.state in ('WAITING', 'RETURNED') and t.state = :state order by t.order_key desc, t.id";
      case CLAIMED -> "t.state = 'CLAIMED' and t.state = :state order by t.lease_until, t.id";
      case SUBMITTED, ACCEPTED, DISCONTINUED ->
          "t.state in ('SUBMITTED', 'ACCEPTED', 'DISCONTINUED') and t.state = :state"
              + " order by t.changed_at desc, t.id";
    };
  }

  static TaskRow scored(ResultSet row, SelectionStrategy strategy, Instant now)
      throws SQLException {
    ReviewTask task = TaskRowMapping.read(row);
    var subject = task.subject();
    return new TaskRow(
        task,
        strategy
            .score(subject.proposal(), Interests.read(row), subject.arrived(), now)
            .withAsked(row.getDouble("asked")),
        Optional.ofNullable(row.getString("modality")));
  }

  @Override
  public Map<ReviewState, Long> counts() {
    var counts = new EnumMap<ReviewState, Long>(ReviewState.class);
    for (ReviewState state : ReviewState.values()) {
      counts.put(state, 0L);
    }
    database.useTransaction(
        handle ->
            handle
                .createQuery("select state, count(*) as tasks from review.task group by state")
                .map(
                    (row, context) ->
                        Map.entry(
                            ReviewState.valueOf(row.getString("state")), row.getLong("tasks")))
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue())));
    return counts;
  }
}
