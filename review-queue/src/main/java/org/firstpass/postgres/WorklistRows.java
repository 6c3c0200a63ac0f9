package org.firstpass.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.firstpass.database.Database;
import org.firstpass.review.ReviewQueue.TaskRow;
import org.firstpass.review.ReviewWorklist;
import org.firstpass.review.SelectionStrategy;
import org.firstpass.review.WorklistFilter;
import org.firstpass.review.WorklistSection;
import org.firstpass.selection.Drawing;
import org.jdbi.v3.core.Handle;

/**
 * The worklist as readers look at it, a page at a time by key: a page far down costs what the first
 * one does, and none is skipped or shown twice because others changed. Safe for use by many
 * threads.
 */
public final class WorklistRows implements ReviewWorklist {
  private static final String OPEN = "state in ('WAITING', 'RETURNED', 'CLAIMED')";

  private final Database database;
  private final SelectionStrategy strategy;
  private final Drawing drawing;
  private final Clock clock;

  public WorklistRows(Database database, SelectionStrategy strategy, Drawing drawing, Clock clock) {
    this.database = database;
    this.strategy = strategy;
    this.drawing = drawing;
    this.clock = clock;
  }

  @Override
  public Page page(
      WorklistSection section, WorklistFilter filter, Optional<Place> after, int limit) {
    Instant now = clock.instant();
    return database.inTransaction(
        handle -> {
          var rows = new ArrayList<Placed>();
          Optional<Place> begin = after;
          for (WorklistOrder part : WorklistOrder.of(section)) {
            boolean here = begin.isEmpty() || part.has(begin.get().key());
            if (here && rows.size() <= limit) {
              rows.addAll(rows(handle, part, filter, begin, limit + 1 - rows.size(), now));
              begin = Optional.empty();
            }
          }
          if (begin.isPresent()) {
            throw new IllegalArgumentException("the place is of another section");
          }
          List<Placed> shown = rows.subList(0, Math.min(limit, rows.size()));
          return new Page(
              shown.stream().map(Placed::entry).toList(),
              rows.size() > limit ? Optional.of(shown.get(limit - 1).place()) : Optional.empty());
        });
  }

  private List<Placed> rows(
      Handle handle,
      WorklistOrder order,
      WorklistFilter filter,
      Optional<Place> after,
      int limit,
      Instant now) {
    var where = new WorklistWhere(order.states(), filter);
    if (order.looksAtDue()) {
      where.soon(now.plus(Picks.SOON));
    }
    after.ifPresent(place -> where.after(order, place));
    // The tasks are found first: their proposals are large, and only those of the page are read.
    String found =
        "(select t.* from review.task t where "
            + where.text()
            + " order by "
            + order.by()
            + " limit :limit) t";
    String sql =
        ReviewTasks.rowsOf(found, ", t.due_at, " + order.key() + " as place")
            + " order by "
            + order.by();
    return where
        .bind(handle, sql)
        .bind("limit", limit)
        .map((row, context) -> placed(row, now))
        .list();
  }

  @Override
  public List<Entry> handedTo(String reader) {
    Instant now = clock.instant();
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    ReviewTasks.rowsOf("review.task t", ", t.due_at, '' as place")
                        + " where t.handed_to = :reader and t.state in ('WAITING', 'RETURNED')"
                        + " order by t.order_key desc, t.id")
                .bind("reader", reader)
                .map((row, context) -> placed(row, now).entry())
                .list());
  }

  private record Placed(Entry entry, Place place) {}

  private Placed placed(ResultSet row, Instant now) throws SQLException {
    Entry entry = entry(row, now);
    return new Placed(entry, new Place(row.getString("place"), entry.row().task().id()));
  }

  private Entry entry(ResultSet row, Instant now) throws SQLException {
    TaskRow task = TaskMarkRows.marked(row, strategy, now);
    var due = Optional.ofNullable(row.getTimestamp("due_at")).map(java.sql.Timestamp::toInstant);
    return new Entry(task, due);
  }

  @Override
  public long count(WorklistSection section, WorklistFilter filter, long most) {
    var where = new WorklistWhere(WorklistOrder.all(section), filter);
    String sql =
        "select count(*) from (select 1 from review.task t where "
            + where.text()
            + " limit :most) counted";
    return database.inTransaction(
        handle -> where.bind(handle, sql).bind("most", most).mapTo(long.class).one());
  }

  @Override
  public Choices choices() {
    var modalities = new TreeSet<String>();
    var packages = new TreeSet<String>();
    var protocols = new TreeSet<String>();
    var tags = new TreeSet<String>();
    database.useTransaction(
        handle ->
            // One look at the tasks for all four: there are few combinations.
            handle
                .createQuery(
                    "select distinct modality, package_name, protocol, tags from review.task where "
                        + OPEN)
                .map(
                    (row, context) -> {
                      Optional.ofNullable(row.getString("modality")).ifPresent(modalities::add);
                      packages.add(row.getString("package_name"));
                      Optional.ofNullable(row.getString("protocol")).ifPresent(protocols::add);
                      return (String[]) row.getArray("tags").getArray();
                    })
                .forEach(each -> tags.addAll(List.of(each))));
    return new Choices(
        List.copyOf(modalities), List.copyOf(packages), List.copyOf(protocols), List.copyOf(tags));
  }

  @Override
  public Optional<Entry> next(String reader) {
    Instant now = clock.instant();
    return database.inTransaction(
        handle ->
            Picks.look(handle, drawing, reader, now)
                .flatMap(pick -> entry(handle, pick.task(), now).map(one -> coming(one, pick))));
  }

  private Optional<Entry> entry(Handle handle, UUID task, Instant now) {
    return handle
        .createQuery(ReviewTasks.rowsOf("review.task t", ", t.due_at") + " where t.id = :id")
        .bind("id", task)
        .map((row, context) -> entry(row, now))
        .findOne();
  }

  // What lapsed or was handed over came in the way of its first pick.
  private static Entry coming(Entry entry, Picks.Pick pick) {
    if (!pick.isNew()) {
      return entry;
    }
    TaskRow row = entry.row();
    return new Entry(
        new TaskRow(row.task(), row.score(), row.modality(), row.marks().coming(pick.way())),
        entry.due());
  }
}
