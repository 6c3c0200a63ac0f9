package org.firstpass.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.database.Database;
import org.firstpass.database.PostgresOutbox;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.RequestedBox;
import org.firstpass.event.RerunAnswered;
import org.firstpass.event.RerunRequested;
import org.firstpass.failure.ReasonCode;
import org.firstpass.rerun.Rerun;
import org.firstpass.rerun.RerunLedger;
import org.firstpass.stream.Topics;
import org.firstpass.study.Sha256;
import org.jdbi.v3.core.Handle;

/**
 * Requests to look again as rows of {@code review.rerun}. Safe for use by many threads and
 * processes.
 */
public final class RerunRows implements RerunLedger {
  private static final String COLUMNS =
      "select id, task_id, reader, asked_at, first_column, first_row, first_slice, last_column,"
          + " last_row, last_slice, answered_at, labels_digest, reason, explanation"
          + " from review.rerun ";

  private final Database database;

  public RerunRows(Database database) {
    this.database = database;
  }

  @Override
  public Rerun ask(Rerun rerun, RerunRequested event, Instant since) {
    return database.inTransaction(
        handle -> {
          // One at a time asks of a task, so that two requests at once do not both wait.
          handle.execute("select from review.task where id = ? for update", rerun.task());
          Optional<Rerun> known = find(handle, rerun.task(), rerun.id());
          if (known.isPresent()) {
            return known.get();
          }
          Optional<Rerun> other = waiting(handle, rerun, since);
          if (other.isPresent()) {
            return other.get();
          }
          insert(handle, rerun);
          PostgresOutbox.add(handle, "review", Topics.RERUNS.name(), event);
          return rerun;
        });
  }

  @Override
  public Optional<Rerun> find(UUID task, UUID request) {
    return database.inTransaction(handle -> find(handle, task, request));
  }

  @Override
  public void answered(RerunAnswered event) {
    ObjectReference labels = event.labels();
    ReasonCode reason = event.reason();
    database.useTransaction(
        handle ->
            handle
                .createUpdate(
                    """
                    update review.rerun set answered_at = :at, labels_digest = :labels,
                      reason = :reason, explanation = :explanation
                    where id = :id and answered_at is null
                    """)
                .bind("id", event.request())
                .bind("at", event.time())
                .bind("labels", labels == null ? null : labels.digest().hex())
                .bind("reason", reason == null ? null : reason.code())
                .bind("explanation", event.explanation())
                .execute());
  }

  private static Optional<Rerun> find(Handle handle, UUID task, UUID request) {
    return handle
        .createQuery(COLUMNS + "where id = :id and task_id = :task")
        .bind("id", request)
        .bind("task", task)
        .map((row, context) -> rerun(row))
        .findOne();
  }

  private static Optional<Rerun> waiting(Handle handle, Rerun rerun, Instant since) {
    return handle
        .createQuery(
            COLUMNS
                + "where task_id = :task and reader = :reader and answered_at is null"
                + " and asked_at > :since order by asked_at limit 1")
        .bind("task", rerun.task())
        .bind("reader", rerun.reader())
        .bind("since", since)
        .map((row, context) -> rerun(row))
        .findOne();
  }

  private static void insert(Handle handle, Rerun rerun) {
    RequestedBox box = rerun.box();
    handle.execute(
        "insert into review.rerun (id, task_id, reader, asked_at, first_column, first_row,"
            + " first_slice, last_column, last_row, last_slice)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rerun.id(),
        rerun.task(),
        rerun.reader(),
        rerun.asked(),
        box.firstColumn(),
        box.firstRow(),
        box.firstSlice(),
        box.lastColumn(),
        box.lastRow(),
        box.lastSlice());
  }

  private static Rerun rerun(ResultSet row) throws SQLException {
    return new Rerun(
        row.getObject("id", UUID.class),
        row.getObject("task_id", UUID.class),
        row.getString("reader"),
        row.getObject("asked_at", OffsetDateTime.class).toInstant(),
        new RequestedBox(
            row.getInt("first_column"),
            row.getInt("first_row"),
            row.getInt("first_slice"),
            row.getInt("last_column"),
            row.getInt("last_row"),
            row.getInt("last_slice")),
        row.getObject("answered_at") == null ? Optional.empty() : Optional.of(answer(row)));
  }

  private static Rerun.Answer answer(ResultSet row) throws SQLException {
    String labels = row.getString("labels_digest");
    String reason = row.getString("reason");
    return new Rerun.Answer(
        labels == null ? null : new Sha256(labels),
        reason == null ? null : ReasonCode.ofCode(reason),
        row.getString("explanation"));
  }
}
