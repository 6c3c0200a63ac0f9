package org.firstpass.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.database.Database;
import org.firstpass.review.TaskHistory;

/**
 * Rows of {@code review.history}, which the database itself adds, with those of {@code handover}
 * and {@code flag}. Safe for use by many threads.
 */
public final class HistoryRows implements TaskHistory {
  private static final String ENTRIES =
      """
      select case when h.id is null then e.kind else 'HANDED_OVER' end as kind, e.at, e.reader,
        h.to_reader, h.note as words, e.id as sequence
      from review.history e left join review.handover h
        on h.task_id = e.task_id and h.at = e.at and e.kind = 'RELEASED'
      where e.task_id = :task
      union all
      select 'FLAGGED', at, by_reader, null, comment, 0 from review.flag where task_id = :task
      union all
      select 'UNFLAGGED', lifted_at, lifted_by, null, null, -1 from review.flag
      where task_id = :task and lifted_at is not null
      order by at, sequence
      """;

  private final Database database;

  public HistoryRows(Database database) {
    this.database = database;
  }

  @Override
  public List<Entry> of(UUID task) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(ENTRIES)
                .bind("task", task)
                .map((row, context) -> entry(row))
                .list());
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        Kind.valueOf(row.getString("kind")),
        TaskRowMapping.instant(row, "at"),
        row.getString("reader"),
        Optional.ofNullable(row.getString("to_reader")),
        Optional.ofNullable(row.getString("words")));
  }
}
