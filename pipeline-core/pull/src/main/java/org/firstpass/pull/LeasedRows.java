package org.firstpass.pull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.firstpass.database.Database;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/**
 * Rows of one table that processes take in turns.
 *
 * <p>A claim is one statement that skips what others hold, so two processes never work on one row.
 * What a holder writes counts only while the row has its lease. Safe for use by many threads.
 */
final class LeasedRows {
  private final Database database;
  private final String table;

  LeasedRows(Database database, String table) {
    this.database = database;
    this.table = table;
  }

  /** Which rows are meant, beyond those that are due and free, and in which order. */
  record Choice(String condition, String order, UnaryOperator<Query> values) {}

  /** Takes the first row of a choice and counts an attempt; empty if none is due. */
  <T> Optional<T> claim(
      Handle handle, Choice choice, Instant now, Duration lease, RowMapper<T> mapper) {
    Query query =
        handle.createQuery(
            "update %1$s set lease = :lease, lease_until = :until, attempts = attempts + 1, changed = :now, state = 'UNDER_WAY' where entry = (select entry from %1$s t where state in ('WAITING', 'UNDER_WAY') and due <= :now and (lease is null or lease_until <= :now) and %2$s order by %3$s limit 1 for update skip locked) returning *"
                .formatted(table, choice.condition(), choice.order()));
    return choice
        .values()
        .apply(query)
        .bind("lease", UUID.randomUUID())
        .bind("until", now.plus(lease))
        .bind("now", now)
        .map(mapper)
        .findOne();
  }

  static Lease lease(ResultSet row) throws SQLException {
    return new Lease(
        row.getLong("entry"), row.getObject("lease", UUID.class), row.getInt("attempts"));
  }

  /** Holds the row for longer; false if somebody else has it now. */
  boolean renew(Lease lease, Instant until) {
    return update(lease, "lease_until = :until", row -> row.bind("until", until));
  }

  /** It is tried again at its time, or has ended. */
  boolean troubled(Lease lease, Trouble trouble, Instant now) {
    return update(
        lease,
        "state = :state, due = :due, changed = :now, lease = null, reason = :reason,"
            + " explanation = :explanation",
        row ->
            row.bind("state", trouble.next().name())
                .bind("due", trouble.due())
                .bind("now", now)
                .bind("reason", trouble.reason().code())
                .bind("explanation", trouble.explanation()));
  }

  /** Gives it back as if it had not been claimed: not the archive was the trouble. */
  void release(Lease lease, Instant due) {
    update(
        lease,
        "state = 'WAITING', lease = null, due = :due, attempts = attempts - 1",
        row -> row.bind("due", due));
  }

  /** Writes to a row that the lease still holds; false if it does not. */
  boolean update(Lease lease, String assignments, UnaryOperator<Update> values) {
    return database.inTransaction(handle -> update(handle, lease, assignments, values));
  }

  boolean update(Handle handle, Lease lease, String assignments, UnaryOperator<Update> values) {
    return values
            .apply(
                handle.createUpdate(
                    "update "
                        + table
                        + " set "
                        + assignments
                        + " where entry = :entry and lease = :lease"))
            .bind("entry", lease.entry())
            .bind("lease", lease.token())
            .execute()
        > 0;
  }
}
