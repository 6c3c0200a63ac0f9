package org.firstpass.pull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.firstpass.database.Database;
import org.firstpass.failure.ReasonCode;
import org.firstpass.pull.LeasedRows.Choice;
import org.firstpass.pull.QueryWindow.Part;
import org.firstpass.study.ProjectName;
import org.firstpass.study.StudyInstanceUid;
import org.jdbi.v3.core.Handle;

/**
 * The windows of one source's backfills, and what is found in them. Safe for use by many threads.
 */
final class BackfillRows {
  private static final String WANTED =
      "exists (select 1 from pull.backfill b where b.backfill = t.backfill"
          + " and b.source = :source and b.state = 'RUNNING')";

  private final Database database;
  private final String source;
  private final LeasedRows rows;

  BackfillRows(Database database, PullSource source) {
    this.database = database;
    this.source = source.title();
    this.rows = new LeasedRows(database, "pull.query_window");
  }

  LeasedRows rows() {
    return rows;
  }

  Optional<QueryWindow> claim(Instant now, Duration lease) {
    var choice = new Choice(WANTED, "due, entry", query -> query.bind("source", source));
    return database.inTransaction(
        handle ->
            rows.claim(handle, choice, now, lease, (row, context) -> new Row(row))
                .map(row -> window(handle, row)));
  }

  private record Row(Lease lease, long backfill, LocalDate day, Optional<Part> part) {
    Row(ResultSet row) throws SQLException {
      this(
          LeasedRows.lease(row),
          row.getLong("backfill"),
          row.getObject("day", LocalDate.class),
          row.getObject("minute_from") == null
              ? Optional.empty()
              : Optional.of(new Part(row.getInt("minute_from"), row.getInt("minute_to"))));
    }
  }

  private static QueryWindow window(Handle handle, Row row) {
    return handle
        .createQuery("select * from pull.backfill where backfill = :backfill")
        .bind("backfill", row.backfill())
        .map(
            (of, context) ->
                new QueryWindow(
                    row.lease(),
                    row.backfill(),
                    row.day(),
                    row.part().orElse(null),
                    of.getString("modality"),
                    of.getString("body_part"),
                    new ProjectName(of.getString("project"))))
        .one();
  }

  /**
   * What an archive answered for a window.
   *
   * @param parts what is asked for instead, because it cut its answer
   * @param lacking whether it cut it and there are no smaller parts
   */
  record Answer(List<StudyInstanceUid> studies, List<Part> parts, boolean lacking) {}

  /**
   * Orders what was found, as far as the backfill's limit goes, and ends the window, or parts it if
   * there is more. One transaction, so that a crash loses and doubles nothing.
   *
   * @return whether the window was still ours
   */
  boolean answered(QueryWindow window, Answer answer, Instant now) {
    return database.inTransaction(
        handle -> {
          boolean mine = end(handle, window, answer, now);
          if (mine) {
            long left = left(handle, window.backfill());
            for (StudyInstanceUid study : answer.studies()) {
              left -= left > 0 && order(handle, window, study, now) ? 1 : 0;
            }
            answer.parts().forEach(part -> insert(handle, window, part, now));
            if (left <= 0) {
              callOffWindows(handle, window.backfill(), now);
            }
          }
          return mine;
        });
  }

  private boolean end(Handle handle, QueryWindow window, Answer answer, Instant now) {
    ReasonCode cut = ReasonCode.PULL_ANSWER_CUT;
    return rows.update(
        handle,
        window.lease(),
        "state = :state, changed = :now, lease = null, reason = :reason,"
            + " explanation = :explanation, found = :found",
        row ->
            row.bind("now", now)
                .bind("state", (answer.lacking() ? PullState.FAILED : PullState.DONE).name())
                .bind("reason", answer.lacking() ? cut.code() : null)
                .bind("explanation", answer.lacking() ? cut.advice() : null)
                .bind("found", answer.studies().size()));
  }

  /** How many more studies the backfill may have; others wait who would add some. */
  private static long left(Handle handle, long backfill) {
    Optional<Integer> most =
        handle
            .createQuery("select most from pull.backfill where backfill = :backfill for update")
            .bind("backfill", backfill)
            .mapTo(Integer.class)
            .findOne();
    long found =
        handle
            .createQuery("select count(*) from pull.request where backfill = :backfill")
            .bind("backfill", backfill)
            .mapTo(Long.class)
            .one();
    return most.map(limit -> limit - found).orElse(Long.MAX_VALUE);
  }

  private boolean order(Handle handle, QueryWindow window, StudyInstanceUid study, Instant now) {
    var order =
        new FetchOrder(
            "backfill/" + window.backfill() + "/" + study,
            source,
            study,
            null,
            window.filter(),
            window.project(),
            new FetchOrder.Reason(PullCause.BACKFILL, window.backfill(), null, null));
    return FetchRows.add(handle, order, false, now).isPresent();
  }

  private static void insert(Handle handle, QueryWindow window, Part part, Instant now) {
    handle.execute(
        "insert into pull.query_window (backfill, day, minute_from, minute_to, state, due, changed)"
            + " values (?, ?, ?, ?, 'WAITING', ?, ?)",
        window.backfill(),
        window.day(),
        part.from(),
        part.to(),
        now,
        now);
  }

  static void callOffWindows(Handle handle, long backfill, Instant now) {
    handle.execute(
        "update pull.query_window set state = 'CANCELLED', lease = null, changed = ?"
            + " where backfill = ? and state in ('WAITING', 'UNDER_WAY')",
        now,
        backfill);
  }

  /** Ends the backfills of which nothing is left to do. */
  void settle(Instant now) {
    database.useTransaction(
        handle ->
            handle.execute(
                "update pull.backfill b set state = 'DONE', changed = ?"
                    + " where source = ? and state = 'RUNNING' and not exists (select 1"
                    + " from pull.query_window w where w.backfill = b.backfill"
                    + " and w.state in ('WAITING', 'UNDER_WAY')) and not exists (select 1"
                    + " from pull.request f where f.backfill = b.backfill"
                    + " and f.state in ('WAITING', 'UNDER_WAY'))",
                now,
                source));
  }
}
