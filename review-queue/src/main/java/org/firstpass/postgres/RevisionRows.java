package org.firstpass.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.correction.CorrectionRevision;
import org.firstpass.correction.Revisions;
import org.firstpass.database.Database;
import org.firstpass.event.ReaderEffort;

/** Rows of {@code review.revision} to be looked at. Safe for use by many threads. */
public final class RevisionRows implements Revisions {
  private final Database database;

  public RevisionRows(Database database) {
    this.database = database;
  }

  @Override
  public List<Revision> of(UUID task) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    select id, number, kind, author, at, active_millis, outcome, effort
                    from review.revision where task_id = :task order by number
                    """)
                .bind("task", task)
                .map((row, context) -> revision(row))
                .list());
  }

  private static Revision revision(ResultSet row) throws SQLException {
    return new Revision(
        row.getObject("id", UUID.class),
        row.getInt("number"),
        Standing.valueOf(row.getString("kind")),
        row.getString("author"),
        TaskRowMapping.instant(row, "at"),
        row.getLong("active_millis"),
        TaskRowMapping.parse(row.getString("outcome"), CorrectionRevision.Outcome.class),
        Optional.ofNullable(row.getString("effort"))
            .map(effort -> TaskRowMapping.parse(effort, ReaderEffort.class)));
  }
}
