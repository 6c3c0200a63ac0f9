package org.firstpass.postgres;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.firstpass.database.Database;
import org.firstpass.dicom.dataset.DataSet;
import org.firstpass.review.ReviewCase;
import org.firstpass.review.ReviewQueue.TaskRow;
import org.firstpass.review.ReviewTask;
import org.firstpass.review.SelectionStrategy;
import org.firstpass.ups.Subscriber;
import org.firstpass.ups.SubscriptionLedger;
import org.firstpass.ups.Subscriptions;
import org.firstpass.ups.Workitem;
import org.firstpass.ups.WorkitemUid;
import org.firstpass.ups.Worklist;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * Subscriptions as rows: one for each subscriber and workitem, and one for each worklist that says
 * what becomes of workitems that are still to come. Safe for use by many threads and processes.
 */
public final class SubscriptionRows implements SubscriptionLedger {
  private static final int MOST_WORKLISTS = 200;

  private final Database database;
  private final SelectionStrategy strategy;
  private final Clock clock;

  public SubscriptionRows(Database database, SelectionStrategy strategy, Clock clock) {
    this.database = database;
    this.strategy = strategy;
    this.clock = clock;
  }

  /** Subscribes those to a new task who wished to be. */
  static void created(Handle handle, ReviewCase subject) {
    handle
        .createUpdate(
            """
            insert into review.workitem_subscription (task_id, ae_title, owner, deletion_lock)
            select :task, ae_title, owner, deletion_lock from review.worklist_subscription
            where not filtered on conflict do nothing
            """)
        .bind("task", subject.id())
        .execute();
    List<Filtered> filters =
        handle
            .createQuery(
                "select ae_title, owner, filter, deletion_lock from review.worklist_subscription"
                    + " where filtered")
            .map(
                (row, context) ->
                    new Filtered(
                        new Subscriber(row.getString("ae_title"), row.getString("owner")),
                        row.getString("filter"),
                        row.getBoolean("deletion_lock")))
            .list();
    if (filters.isEmpty()) {
      return;
    }
    Workitem workitem = workitem(handle, subject);
    for (Filtered filtered : filters) {
      if (Subscriptions.matches(filtered.filter(), workitem, subject.arrived())) {
        insert(handle, filtered.subscriber(), subject.id(), filtered.deletionLock());
      }
    }
  }

  private record Filtered(Subscriber subscriber, String filter, boolean deletionLock) {}

  private static Workitem workitem(Handle handle, ReviewCase subject) {
    DataSet attributes =
        handle
            .createQuery("select attributes from review.workitem where task_id = :task")
            .bind("task", subject.id())
            .mapTo(String.class)
            .map(json -> WorkitemRowMapping.attributes(json, null, null))
            .findOne()
            .orElseGet(DataSet::new);
    return new Workitem(
        WorkitemUid.of(subject.id()),
        new TaskRow(new ReviewTask.Waiting(subject), subject.score(), Optional.empty()),
        attributes,
        Optional.empty(),
        subject.arrived(),
        false);
  }

  private static void insert(Handle handle, Subscriber who, UUID task, boolean lock) {
    bound(
            handle,
            """
            insert into review.workitem_subscription (task_id, ae_title, owner, deletion_lock)
            values (:task, :ae, :owner, :lock) on conflict do nothing
            """,
            who)
        .bind("task", task)
        .bind("lock", lock)
        .execute();
  }

  private static Update bound(Handle handle, String sql, Subscriber who) {
    return handle.createUpdate(sql).bind("ae", who.aeTitle()).bind("owner", who.owner());
  }

  static boolean hasSubscriber(Handle handle, UUID task) {
    return handle
        .createQuery(
            "select exists (select 1 from review.workitem_subscription where task_id = :task)")
        .bind("task", task)
        .mapTo(Boolean.class)
        .one();
  }

  @Override
  public void subscribe(Subscriber who, UUID task, boolean deletionLock) {
    database.useTransaction(
        handle -> {
          bound(
                  handle,
                  """
                  insert into review.workitem_subscription (task_id, ae_title, owner, deletion_lock)
                  values (:task, :ae, :owner, :lock)
                  on conflict (task_id, ae_title, owner)
                    do update set deletion_lock = excluded.deletion_lock
                  """,
                  who)
              .bind("task", task)
              .bind("lock", deletionLock)
              .execute();
          WorkitemNotices.initial(handle, who, task);
        });
  }

  @Override
  public boolean subscribeToAll(Subscriber who, boolean deletionLock) {
    return database.inTransaction(
        handle -> {
          if (!insertWorklist(handle, who, Worklists.ALL, null, deletionLock)) {
            return false;
          }
          bound(
                  handle,
                  "insert into review.workitem_subscription (task_id, ae_title, owner,"
                      + " deletion_lock) select t.id, :ae, :owner, :lock from review.task t where "
                      + WorkitemRowMapping.NOT_GONE
                      + " on conflict do nothing",
                  who)
              .bind("lock", deletionLock)
              .bind("kept", now().minus(Worklist.KEPT))
              .execute();
          tellInitial(handle, who, deletionLock);
          return true;
        });
  }

  @Override
  public boolean subscribeToMatching(
      Subscriber who, String filter, boolean deletionLock, List<UUID> present) {
    return database.inTransaction(
        handle -> {
          if (!insertWorklist(handle, who, Worklists.MATCHING, filter, deletionLock)) {
            return false;
          }
          present.forEach(task -> insert(handle, who, task, deletionLock));
          tellInitial(handle, who, deletionLock);
          return true;
        });
  }

  private static void tellInitial(Handle handle, Subscriber who, boolean deletionLock) {
    if (deletionLock) {
      WorkitemNotices.initial(handle, who, null);
    }
  }

  private static boolean insertWorklist(
      Handle handle, Subscriber who, Worklists which, @Nullable String filter, boolean lock) {
    int others =
        handle
            .createQuery(
                "select count(*) from review.worklist_subscription"
                    + " where (ae_title, owner) <> (:ae, :owner)")
            .bind("ae", who.aeTitle())
            .bind("owner", who.owner())
            .mapTo(int.class)
            .one();
    if (others >= MOST_WORKLISTS) {
      return false;
    }
    bound(
            handle,
            """
            insert into review.worklist_subscription (ae_title, owner, filtered, filter,
              deletion_lock) values (:ae, :owner, :filtered, :filter, :lock)
            on conflict (ae_title, owner, filtered)
              do update set filter = excluded.filter, deletion_lock = excluded.deletion_lock
            """,
            who)
        .bind("filtered", which == Worklists.MATCHING)
        .bind("filter", filter)
        .bind("lock", lock)
        .execute();
    return true;
  }

  @Override
  public boolean unsubscribe(Subscriber who, UUID task) {
    return database.inTransaction(
        handle ->
            bound(
                        handle,
                        "delete from review.workitem_subscription"
                            + " where task_id = :task and ae_title = :ae and owner = :owner",
                        who)
                    .bind("task", task)
                    .execute()
                > 0);
  }

  @Override
  public boolean unsubscribeFromAll(Subscriber who, Worklists which) {
    return database.inTransaction(
        handle -> {
          int worklists = deleteWorklist(handle, who, which);
          // What the other worklist subscribes to stays.
          int workitems =
              bound(
                      handle,
                      """
                      delete from review.workitem_subscription
                      where ae_title = :ae and owner = :owner and not exists
                        (select 1 from review.worklist_subscription w
                         where w.ae_title = :ae and w.owner = :owner)
                      """,
                      who)
                  .execute();
          return worklists + workitems > 0;
        });
  }

  @Override
  public boolean suspend(Subscriber who, Worklists which) {
    return database.inTransaction(handle -> deleteWorklist(handle, who, which) > 0);
  }

  private static int deleteWorklist(Handle handle, Subscriber who, Worklists which) {
    return bound(
            handle,
            "delete from review.worklist_subscription"
                + " where ae_title = :ae and owner = :owner and filtered = :filtered",
            who)
        .bind("filtered", which == Worklists.MATCHING)
        .execute();
  }

  @Override
  public Set<Subscriber> subscribers(UUID task) {
    return database.inTransaction(
        handle ->
            new LinkedHashSet<>(
                handle
                    .createQuery(
                        "select ae_title, owner from review.workitem_subscription"
                            + " where task_id = :task order by ae_title, owner")
                    .bind("task", task)
                    .map(
                        (row, context) ->
                            new Subscriber(row.getString("ae_title"), row.getString("owner")))
                    .list()));
  }

  @Override
  public List<Workitem> subscribed(Subscriber who, Optional<UUID> after, int limit) {
    Instant now = now();
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    WorkitemRowMapping.SELECT
                        + "where t.id > :after and exists (select 1 from"
                        + " review.workitem_subscription s where s.task_id = t.id"
                        + " and s.ae_title = :ae and s.owner = :owner)"
                        + " order by t.id limit :limit")
                .bind("after", after.orElse(new UUID(0, 0)))
                .bind("ae", who.aeTitle())
                .bind("owner", who.owner())
                .bind("limit", limit)
                .map((row, context) -> WorkitemRowMapping.read(row, strategy, now))
                .list());
  }

  @Override
  public boolean isSubscribed(Subscriber who) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    "select exists (select 1 from review.workitem_subscription"
                        + " where ae_title = :ae and owner = :owner) or exists"
                        + " (select 1 from review.worklist_subscription"
                        + " where ae_title = :ae and owner = :owner)")
                .bind("ae", who.aeTitle())
                .bind("owner", who.owner())
                .mapTo(Boolean.class)
                .one());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
