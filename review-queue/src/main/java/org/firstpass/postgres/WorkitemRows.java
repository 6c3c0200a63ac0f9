package org.firstpass.postgres;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.firstpass.database.Database;
import org.firstpass.dicom.dataset.DataSet;
import org.firstpass.dicom.web.DicomJson;
import org.firstpass.event.ProposalMade;
import org.firstpass.review.DiscontinuationReason;
import org.firstpass.review.Fence;
import org.firstpass.review.ReviewState;
import org.firstpass.review.ReviewTask;
import org.firstpass.review.SelectionStrategy;
import org.firstpass.review.TaskAnswer;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.ups.UpsAttribute;
import org.firstpass.ups.UpsState;
import org.firstpass.ups.Workitem;
import org.firstpass.ups.WorkitemLedger;
import org.firstpass.ups.WorkitemNotice;
import org.firstpass.ups.WorkitemUid;
import org.firstpass.ups.Worklist;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Workitems as rows of {@code review.task} and {@code review.workitem}. Safe for use by many
 * threads and processes.
 */
public final class WorkitemRows implements WorkitemLedger {
  /** The channel on which processes hear what subscribers are to be told. */
  public static final String NOTICES = WorkitemNotices.CHANNEL;

  private static final String ORDER =
      " order by case t.state when 'CLAIMED' then 0 when 'WAITING' then 1 when 'RETURNED' then 1"
          + " else 2 end, t.order_key desc, t.id limit :limit offset :offset";

  private final Database database;
  private final SelectionStrategy strategy;
  private final Duration lease;
  private final Clock clock;

  /**
   * @param lease for which an update renews
   */
  public WorkitemRows(Database database, SelectionStrategy strategy, Duration lease, Clock clock) {
    this.database = database;
    this.strategy = strategy;
    this.lease = lease;
    this.clock = clock;
  }

  @Override
  public Optional<Workitem> find(String uid) {
    Optional<UUID> derived = WorkitemUid.task(uid);
    return database.inTransaction(
        handle -> {
          // What its creator gave a UID of its own is not found by the derived one.
          String where =
              "where w.uid = :uid" + (derived.isEmpty() ? "" : " or t.id = :id and w.uid is null");
          Query query =
              handle.createQuery(WorkitemRowMapping.SELECT + where + " limit 1").bind("uid", uid);
          derived.ifPresent(id -> query.bind("id", id));
          return one(query);
        });
  }

  @Override
  public Optional<Workitem> find(UUID task) {
    return database.inTransaction(
        handle ->
            one(
                handle
                    .createQuery(WorkitemRowMapping.SELECT + "where t.id = :id")
                    .bind("id", task)));
  }

  private Optional<Workitem> one(Query query) {
    return query.map((row, context) -> WorkitemRowMapping.read(row, strategy, now())).findOne();
  }

  @Override
  public List<Workitem> list(Scope scope, int limit, int offset) {
    if (scope.states().isEmpty()) {
      return List.of();
    }
    var where = new StringBuilder("where (" + states(scope.states()) + ")");
    where.append(" and ").append(WorkitemRowMapping.NOT_GONE);
    List<UUID> derived =
        scope.uids().stream().flatMap(uid -> WorkitemUid.task(uid).stream()).toList();
    if (!scope.uids().isEmpty()) {
      where.append(" and (w.uid = any(:uids) or t.id = any(:ids) and w.uid is null)");
    }
    if (!scope.studies().isEmpty()) {
      where.append(" and p.event::json #>> '{input,reference,study}' = any(:studies)");
    }
    return database.inTransaction(
        handle -> {
          Query query =
              handle
                  .createQuery(WorkitemRowMapping.SELECT + where + ORDER)
                  .bind("now", scope.now())
                  .bind("kept", scope.now().minus(Worklist.KEPT))
                  .bind("limit", limit)
                  .bind("offset", offset);
          if (!scope.uids().isEmpty()) {
            query.bindArray("uids", String.class, scope.uids());
            query.bindArray("ids", UUID.class, derived);
          }
          if (!scope.studies().isEmpty()) {
            query.bindArray("studies", String.class, scope.studies());
          }
          return query
              .map((row, context) -> WorkitemRowMapping.read(row, strategy, scope.now()))
              .list();
        });
  }

  private static String states(Set<UpsState> states) {
    var conditions = new ArrayList<String>();
    // Named even if every state is wished, so that each parameter has its place.
    conditions.add("false and :now::timestamptz is null");
    for (UpsState state : states) {
      conditions.add(
          switch (state) {
            case SCHEDULED ->
                "t.state in ('WAITING', 'RETURNED') or t.state = 'CLAIMED' and t.lease_until <= :now";
            case IN_PROGRESS ->
                "t.state = 'SUBMITTED' or t.state = 'CLAIMED' and t.lease_until > :now";
            case COMPLETED -> "t.state = 'ACCEPTED'";
            case CANCELED -> "t.state = 'DISCONTINUED'";
          });
    }
    return String.join(" or ", conditions);
  }

  @Override
  public Optional<ProposalMade> newestProposal(SeriesInstanceUid series) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    select p.event from review.task t join review.proposal p on p.id = t.proposal_id
                    where t.series_uid = :series
                    order by t.revision desc, (p.event::json ->> 'time')::timestamptz desc limit 1
                    """)
                .bind("series", series.value())
                .mapTo(String.class)
                .map(json -> TaskRowMapping.parse(json, ProposalMade.class))
                .findOne());
  }

  @Override
  public boolean create(NewWorkitem workitem) {
    return database.inTransaction(handle -> create(handle, workitem));
  }

  private static boolean create(Handle handle, NewWorkitem workitem) {
    UUID id = workitem.subject().id();
    Optional<UUID> derived = workitem.uid().flatMap(WorkitemUid::task);
    if (derived.isPresent() && TaskWriting.locked(handle, derived.get()).isPresent()) {
      return false;
    }
    int inserted =
        TaskWriting.insert(handle, workitem.subject(), workitem.orderKey(), workitem.askedPoints());
    if (inserted == 0) {
      return false;
    }
    handle.execute("update review.task set asked = ? where id = ?", workitem.askedPoints(), id);
    handle
        .createUpdate(
            "insert into review.workitem (task_id, uid, attributes, created_by)"
                + " values (:id, :uid, :attributes, :by)")
        .bind("id", id)
        .bind("uid", workitem.uid().orElse(null))
        .bind("attributes", DicomJson.of(workitem.attributes()))
        .bind("by", workitem.by())
        .execute();
    due(handle, id, workitem.attributes());
    SubscriptionRows.created(handle, workitem.subject());
    var waiting = new ReviewTask.Waiting(workitem.subject());
    TaskWriting.announce(handle, waiting, workitem.by(), workitem.subject().arrived());
    assigned(handle, id, workitem.attributes());
    return true;
  }

  @Override
  public TaskAnswer update(UUID task, Optional<Fence> fence, DataSet changes) {
    Instant now = now();
    return database.inTransaction(
        handle -> {
          Optional<ReviewTask> current = TaskWriting.locked(handle, task);
          if (current.isEmpty()) {
            return new TaskAnswer.Unknown();
          }
          TaskAnswer answer = updated(current.get(), fence, now);
          if (answer instanceof TaskAnswer.Done done) {
            if (done.task() instanceof ReviewTask.Claimed claimed && fence.isPresent()) {
              TaskWriting.write(handle, current.get(), claimed, now);
              reviveIfOver(handle, current.get(), now);
            }
            set(handle, task, fence.map(one -> one.transaction().value()), changes);
          }
          return answer;
        });
  }

  private TaskAnswer updated(ReviewTask task, Optional<Fence> fence, Instant now) {
    if (task.state().isFinal() || task.state() == ReviewState.SUBMITTED) {
      return new TaskAnswer.Closed(task.state(), task.state());
    }
    if (task instanceof ReviewTask.Claimed claimed) {
      if (fence.isPresent()) {
        return fence.get().opens(claimed.lease())
            ? new TaskAnswer.Done(claimed.renew(now, lease))
            : new TaskAnswer.Stale(
                claimed.lease().hasExpired(now) ? ReviewState.WAITING : ReviewState.CLAIMED);
      }
      return claimed.lease().hasExpired(now)
          ? new TaskAnswer.Done(task)
          : new TaskAnswer.Held(claimed.lease());
    }
    return fence.isPresent() ? new TaskAnswer.Stale(task.state()) : new TaskAnswer.Done(task);
  }

  private static void reviveIfOver(Handle handle, ReviewTask before, Instant now) {
    if (before instanceof ReviewTask.Claimed was && was.lease().hasExpired(now)) {
      WorkitemNotices.state(handle, before);
    }
  }

  private static void set(Handle handle, UUID task, Optional<String> transaction, DataSet changes) {
    if (changes.isEmpty()) {
      return;
    }
    DataSet attributes =
        handle
            .createQuery("select attributes, performed_by from review.workitem where task_id = :id")
            .bind("id", task)
            .map(
                (row, context) ->
                    WorkitemRowMapping.attributes(
                        row.getString("attributes"),
                        row.getString("performed_by"),
                        transaction.orElse(null)))
            .findOne()
            .orElseGet(DataSet::new)
            .with(changes);
    handle
        .createUpdate(
            """
            insert into review.workitem (task_id, attributes, performed_by)
            values (:id, :attributes, :by)
            on conflict (task_id) do update
              set attributes = excluded.attributes, performed_by = excluded.performed_by
            """)
        .bind("id", task)
        .bind("attributes", DicomJson.of(attributes))
        .bind("by", transaction.orElse(null))
        .execute();
    if (changes.contains(UpsAttribute.EXPECTED_COMPLETION)) {
      due(handle, task, attributes);
    }
    if (changes.contains(UpsAttribute.PROGRESS_INFORMATION)) {
      WorkitemNotices.tell(handle, task, WorkitemNotice.of(WorkitemNotice.Kind.PROGRESS, task));
    }
    assigned(handle, task, changes);
  }

  private static void due(Handle handle, UUID task, DataSet attributes) {
    handle
        .createUpdate("update review.task set due_at = :due where id = :id")
        .bind("due", Workitem.due(attributes).orElse(null))
        .bind("id", task)
        .execute();
  }

  private static void assigned(Handle handle, UUID task, DataSet changes) {
    if (changes.contains(UpsAttribute.SCHEDULED_PERFORMERS)
        || changes.contains(UpsAttribute.SCHEDULED_STATION_NAMES)) {
      WorkitemNotices.tell(handle, task, WorkitemNotice.of(WorkitemNotice.Kind.ASSIGNED, task));
    }
  }

  @Override
  public CancelOutcome requestCancel(UUID task, CancelRequest request) {
    Instant now = now();
    return database.inTransaction(
        handle ->
            TaskWriting.locked(handle, task)
                .map(current -> requestCancel(handle, current, request, now))
                .orElse(CancelOutcome.UNKNOWN));
  }

  private static CancelOutcome requestCancel(
      Handle handle, ReviewTask task, CancelRequest request, Instant now) {
    return switch (UpsState.of(task, now)) {
      case COMPLETED -> CancelOutcome.ALREADY_COMPLETED;
      case CANCELED -> CancelOutcome.ALREADY_CANCELED;
      case IN_PROGRESS -> tell(handle, task, request);
      case SCHEDULED -> {
        // The standard has it pass through IN PROGRESS, and subscribers are told so.
        WorkitemNotices.state(handle, task.id(), UpsState.IN_PROGRESS, null);
        ReviewTask.Discontinued ended = discontinued(task, request, now);
        TaskWriting.write(handle, task, ended, now);
        TaskWriting.announce(handle, ended, request.by(), now);
        yield CancelOutcome.CANCELED;
      }
    };
  }

  private static CancelOutcome tell(Handle handle, ReviewTask task, CancelRequest request) {
    if (!SubscriptionRows.hasSubscriber(handle, task.id())) {
      return CancelOutcome.NOBODY_TO_TELL;
    }
    WorkitemNotices.tell(
        handle, task.id(), WorkitemNotice.cancelRequested(task.id(), request.report()));
    return CancelOutcome.TOLD;
  }

  private static ReviewTask.Discontinued discontinued(
      ReviewTask task, CancelRequest request, Instant now) {
    DiscontinuationReason reason = request.reason();
    return new ReviewTask.Discontinued(
        task.subject(), new ReviewTask.Discontinuation(reason, request.by(), now));
  }

  /**
   * Tells subscribers of leases that are over: each once, whichever process looks.
   *
   * @return how many were told of
   */
  public int tellOfExpiredLeases() {
    Instant now = now();
    return database.inTransaction(
        handle -> {
          List<UUID> over =
              handle
                  .createQuery(
                      """
                      update review.task set expiry_told = lease_until
                      where state = 'CLAIMED' and lease_until <= :now
                        and expiry_told is distinct from lease_until
                      returning id
                      """)
                  .bind("now", now)
                  .mapTo(UUID.class)
                  .list();
          over.forEach(id -> WorkitemNotices.state(handle, id, UpsState.SCHEDULED, null));
          return over.size();
        });
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
