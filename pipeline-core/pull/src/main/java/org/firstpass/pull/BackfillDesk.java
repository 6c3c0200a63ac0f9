package org.firstpass.pull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import org.firstpass.database.Database;
import org.firstpass.study.ProjectName;
import org.jdbi.v3.core.Handle;

/** Where backfills are begun, stopped and called off. Safe for use by many threads. */
public final class BackfillDesk {
  private final Database database;

  /** Makes the room's tables if they are not there. */
  public BackfillDesk(Database database) {
    this.database = database;
    PullSchema.prepare(database);
  }

  /**
   * Begins one, with a window for each of its days.
   *
   * @return its number
   */
  public long start(BackfillOrder order, Instant now) {
    return database.inTransaction(
        handle -> {
          long number =
              handle
                  .createQuery(
                      "insert into pull.backfill (source, date_from, date_to, modality, body_part,"
                          + " project, most, state, created, changed) values (:source, :from, :to,"
                          + " :modality, :bodyPart, :project, :most, 'RUNNING', :now, :now)"
                          + " returning backfill")
                  .bind("source", order.source())
                  .bind("from", order.from())
                  .bind("to", order.to())
                  .bind("modality", order.modality())
                  .bind("bodyPart", order.bodyPart())
                  .bind("project", order.project().value())
                  .bind("most", order.most())
                  .bind("now", now)
                  .mapTo(Long.class)
                  .one();
          handle.execute(
              "insert into pull.query_window (backfill, day, state, due, changed)"
                  + " select ?, day::date, 'WAITING', ?, ? from"
                  + " generate_series(?::date, ?::date, interval '1 day') day",
              number,
              now,
              now,
              order.from(),
              order.to());
          return number;
        });
  }

  /** Stops it for a while: what is under way is ended, nothing else is begun. */
  public boolean pause(long number, Instant now) {
    return turn(number, BackfillState.RUNNING, BackfillState.PAUSED, now);
  }

  /** Lets it go on. */
  public boolean resume(long number, Instant now) {
    return turn(number, BackfillState.PAUSED, BackfillState.RUNNING, now);
  }

  private boolean turn(long number, BackfillState from, BackfillState to, Instant now) {
    return database.inTransaction(
        handle ->
            handle.execute(
                    "update pull.backfill set state = ?, changed = ?"
                        + " where backfill = ? and state = ?",
                    to.name(),
                    now,
                    number,
                    from.name())
                > 0);
  }

  /** Calls it off for good. What came stays; who fetches something of it stops before long. */
  public boolean cancel(long number, Instant now) {
    return database.inTransaction(
        handle -> {
          boolean cancelled =
              handle.execute(
                      "update pull.backfill set state = 'CANCELLED', changed = ?"
                          + " where backfill = ? and state in ('RUNNING', 'PAUSED')",
                      now,
                      number)
                  > 0;
          if (cancelled) {
            BackfillRows.callOffWindows(handle, number, now);
            callOffFetches(handle, number, now);
          }
          return cancelled;
        });
  }

  private static void callOffFetches(Handle handle, long number, Instant now) {
    handle.execute(
        "update pull.request set state = 'CANCELLED', lease = null, changed = ?"
            + " where backfill = ? and state in ('WAITING', 'UNDER_WAY')",
        now,
        number);
  }

  static BackfillOrder order(ResultSet row) throws SQLException {
    return new BackfillOrder(
        row.getString("source"),
        row.getObject("date_from", LocalDate.class),
        row.getObject("date_to", LocalDate.class),
        row.getString("modality"),
        row.getString("body_part"),
        new ProjectName(row.getString("project")),
        row.getObject("most", Integer.class));
  }
}
