package org.firstpass.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.database.Database;
import org.firstpass.finding.FindingCodec;
import org.firstpass.journal.JournalEntry;
import org.firstpass.journal.Runs;
import org.firstpass.journal.StrokeJournal;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Steps of readers as rows of {@code review.stroke}. Safe for use by many threads and processes.
 */
public final class JournalRows implements StrokeJournal {
  private static final String STEPS =
      """
      select number, kind, of_number, tool, segment, at, active_millis, path_mm, runs, finding
      from review.stroke where draft_id = :draft and number > :after order by number
      """;

  private final Database database;
  private final Clock clock;

  public JournalRows(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public List<JournalEntry> open(UUID task, String reader) {
    return database.inTransaction(
        handle ->
            draft(handle, task, reader).map(draft -> steps(handle, draft, 0)).orElseGet(List::of));
  }

  @Override
  public List<JournalEntry> submitted(UUID task, String reader, UUID correction) {
    return database.inTransaction(
        handle ->
            closed(handle, task, reader, correction)
                .or(() -> draft(handle, task, reader))
                .map(draft -> steps(handle, draft, 0))
                .orElseGet(List::of));
  }

  @Override
  public Answer append(UUID task, String reader, List<JournalEntry> entries) {
    return database.inTransaction(handle -> append(handle, task, reader, entries));
  }

  private Answer append(Handle handle, UUID task, String reader, List<JournalEntry> entries) {
    if (!exists(handle, task)) {
      return new Answer.NoTask();
    }
    UUID draft = locked(handle, task, reader);
    int last = last(handle, draft);
    if (entries.isEmpty()) {
      return new Answer.Kept(last);
    }
    int first = entries.get(0).number();
    List<JournalEntry> known = steps(handle, draft, first - 1);
    int overlap = Math.min(known.size(), entries.size());
    if (first > last + 1 || !known.subList(0, overlap).equals(entries.subList(0, overlap))) {
      return new Answer.MovedOn(last);
    }
    insert(handle, draft, entries.subList(overlap, entries.size()));
    return new Answer.Kept(Math.max(last, entries.get(entries.size() - 1).number()));
  }

  /** The open draft is done with: it has become a correction. */
  static void close(Handle handle, UUID task, String reader, UUID correction) {
    handle
        .createUpdate(
            """
            update review.draft set correction = :correction
            where task_id = :task and reader = :reader and correction is null
            """)
        .bind("correction", correction)
        .bind("task", task)
        .bind("reader", reader)
        .execute();
  }

  /** The correction was undone: its draft is open again, before anything that was begun since. */
  static void reopen(Handle handle, UUID task, String reader, UUID correction) {
    close(handle, task, reader, UUID.randomUUID());
    handle.execute("update review.draft set correction = null where correction = ?", correction);
  }

  /**
   * The open draft goes to another reader, who goes on after its last step; a draft that the other
   * one had is set aside.
   */
  static void handOver(Handle handle, UUID task, String by, String to, Instant now) {
    Optional<UUID> draft = draft(handle, task, by);
    if (draft.isEmpty()) {
      return;
    }
    close(handle, task, to, UUID.randomUUID());
    turn(handle, draft.get(), 1, by, now, "nothing");
    turn(
        handle, draft.get(), last(handle, draft.get()) + 1, to, now, "update set reader = :reader");
    handle.execute("update review.draft set reader = ? where id = ?", to, draft.get());
  }

  private static void turn(
      Handle handle, UUID draft, int first, String reader, Instant now, String ifThere) {
    handle
        .createUpdate(
            "insert into review.draft_turn (draft_id, first, reader, at)"
                + " values (:draft, :first, :reader, :now)"
                + " on conflict (draft_id, first) do "
                + ifThere)
        .bind("draft", draft)
        .bind("first", first)
        .bind("reader", reader)
        .bind("now", now)
        .execute();
  }

  @Override
  public List<Turn> turns(UUID task, String reader) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    select t.first, t.reader from review.draft_turn t
                    join review.draft d on d.id = t.draft_id
                    where d.task_id = :task and d.reader = :reader and d.correction is null
                    order by t.first
                    """)
                .bind("task", task)
                .bind("reader", reader)
                .map((row, context) -> new Turn(row.getInt("first"), row.getString("reader")))
                .list());
  }

  private static boolean exists(Handle handle, UUID task) {
    return handle
        .createQuery("select exists (select from review.task where id = :task)")
        .bind("task", task)
        .mapTo(boolean.class)
        .one();
  }

  private static Optional<UUID> draft(Handle handle, UUID task, String reader) {
    return handle
        .createQuery(
            """
            select id from review.draft
            where task_id = :task and reader = :reader and correction is null
            """)
        .bind("task", task)
        .bind("reader", reader)
        .mapTo(UUID.class)
        .findOne();
  }

  private static Optional<UUID> closed(Handle handle, UUID task, String reader, UUID correction) {
    return handle
        .createQuery(
            """
            select id from review.draft
            where task_id = :task and reader = :reader and correction = :correction
            """)
        .bind("task", task)
        .bind("reader", reader)
        .bind("correction", correction)
        .mapTo(UUID.class)
        .findOne();
  }

  /** The open draft, made if it is not there; only one at a time writes it. */
  private UUID locked(Handle handle, UUID task, String reader) {
    handle
        .createUpdate(
            """
            insert into review.draft (id, task_id, reader, begun_at)
            values (gen_random_uuid(), :task, :reader, :now)
            on conflict (task_id, reader) where correction is null do nothing
            """)
        .bind("task", task)
        .bind("reader", reader)
        .bind("now", clock.instant())
        .execute();
    return handle
        .createQuery(
            """
            select id from review.draft
            where task_id = :task and reader = :reader and correction is null for update
            """)
        .bind("task", task)
        .bind("reader", reader)
        .mapTo(UUID.class)
        .one();
  }

  private static int last(Handle handle, UUID draft) {
    return handle
        .createQuery("select coalesce(max(number), 0) from review.stroke where draft_id = :draft")
        .bind("draft", draft)
        .mapTo(int.class)
        .one();
  }

  private static List<JournalEntry> steps(Handle handle, UUID draft, int after) {
    return handle
        .createQuery(STEPS)
        .bind("draft", draft)
        .bind("after", after)
        .map((row, context) -> entry(row))
        .list();
  }

  private static JournalEntry entry(ResultSet row) throws SQLException {
    String finding = row.getString("finding");
    return new JournalEntry(
        row.getInt("number"),
        JournalEntry.Kind.valueOf(row.getString("kind")),
        row.getInt("of_number"),
        row.getString("tool"),
        row.getInt("segment"),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        row.getLong("active_millis"),
        row.getDouble("path_mm"),
        Runs.of(row.getBytes("runs")),
        finding == null ? null : FindingCodec.read(finding));
  }

  private static void insert(Handle handle, UUID draft, List<JournalEntry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        handle.prepareBatch(
            """
            insert into review.stroke (draft_id, number, kind, of_number, tool, segment, at,
              active_millis, path_mm, runs, finding)
            values (:draft, :number, :kind, :of, :tool, :segment, :at, :active, :path, :runs,
              :finding)
            """);
    for (JournalEntry entry : entries) {
      batch
          .bind("draft", draft)
          .bind("number", entry.number())
          .bind("kind", entry.kind().name())
          .bind("of", entry.of())
          .bind("tool", entry.tool())
          .bind("segment", entry.segment())
          .bind("at", entry.at())
          .bind("active", entry.activeMillis())
          .bind("path", entry.pathMm())
          .bind("runs", entry.runs().toBytes())
          .bind("finding", entry.finding() == null ? null : FindingCodec.write(entry.finding()))
          .add();
    }
    batch.execute();
  }
}
