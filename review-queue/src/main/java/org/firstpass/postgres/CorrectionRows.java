package org.firstpass.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.correction.CorrectionLedger;
import org.firstpass.correction.CorrectionRevision;
import org.firstpass.correction.Receipt;
import org.firstpass.database.Database;
import org.firstpass.database.PostgresOutbox;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.review.ReviewTask;
import org.firstpass.review.TransactionUid;
import org.firstpass.stream.Topics;
import org.firstpass.study.Sha256;
import org.jdbi.v3.core.Handle;

/** Decisions as rows of {@code review.revision}. Safe for use by many threads and processes. */
public final class CorrectionRows implements CorrectionLedger {
  private enum Kind {
    ACCEPTED,
    SIDE
  }

  private final Database database;

  public CorrectionRows(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Kept> find(UUID task, TransactionUid transaction) {
    return database.inTransaction(handle -> accepted(handle, task, transaction));
  }

  @Override
  public Answer keep(CorrectionRevision revision, CorrectionAccepted event) {
    return database.inTransaction(handle -> keep(handle, revision, event));
  }

  private static Answer keep(Handle handle, CorrectionRevision revision, CorrectionAccepted event) {
    ReviewTask task =
        TaskWriting.locked(handle, revision.task())
            .orElseThrow(
                () -> new Defect(ReasonCode.UNEXPECTED, "task " + revision.task() + " is gone"));
    // Looked for only now that the row is locked: the same submission may have come twice at once.
    Optional<Kept> earlier = accepted(handle, revision.task(), revision.by().transaction());
    if (earlier.isPresent()) {
      return new Answer.Stands(earlier.get());
    }
    if (task instanceof ReviewTask.Claimed claimed && revision.by().opens(claimed.lease())) {
      return accept(handle, claimed, revision, event);
    }
    insert(handle, revision, Kind.SIDE, revision.sideId());
    return new Answer.Aside(revision.sideId(), task.state());
  }

  private static Answer accept(
      Handle handle,
      ReviewTask.Claimed claimed,
      CorrectionRevision revision,
      CorrectionAccepted event) {
    // One read is enough for now: what is submitted is accepted in the same breath.
    ReviewTask.Submitted submitted = claimed.submit(revision.id(), revision.at());
    ReviewTask.Accepted accepted = submitted.accept();
    TaskWriting.write(handle, claimed, submitted, revision.at());
    TaskWriting.write(handle, submitted, accepted, revision.at());
    int number = insert(handle, revision, Kind.ACCEPTED, revision.id());
    JournalRows.close(handle, revision.task(), revision.by().reader(), revision.id());
    TaskWriting.announce(handle, accepted, revision.by().reader(), revision.at());
    PostgresOutbox.add(handle, TaskWriting.SCHEMA, Topics.CORRECTIONS.name(), event);
    return new Answer.Stands(new Kept(revision.receipt(number), revision.submission()));
  }

  private static Optional<Kept> accepted(Handle handle, UUID task, TransactionUid transaction) {
    return handle
        .createQuery(
            """
            select id, number, submission, label_digest, outcome from review.revision
            where task_id = :task and transaction_uid = :transaction and kind = 'ACCEPTED'
            """)
        .bind("task", task)
        .bind("transaction", transaction.value())
        .map((row, context) -> kept(row))
        .findOne();
  }

  private static Kept kept(ResultSet row) throws SQLException {
    var outcome = TaskRowMapping.parse(row.getString("outcome"), CorrectionRevision.Outcome.class);
    var receipt =
        new Receipt(
            row.getObject("id", UUID.class),
            row.getInt("number"),
            outcome.voxels(),
            new Sha256(row.getString("label_digest")));
    return new Kept(receipt, new Sha256(row.getString("submission")));
  }

  /** Adds the next revision of its task; one that is there already is left. */
  private static int insert(Handle handle, CorrectionRevision revision, Kind kind, UUID id) {
    int number =
        handle
            .createQuery(
                "select coalesce(max(number), 0) + 1 from review.revision where task_id = :task")
            .bind("task", revision.task())
            .mapTo(int.class)
            .one();
    handle
        .createUpdate(
            """
            insert into review.revision (id, task_id, number, kind, parent, base_proposal,
              transaction_uid, author, at, active_millis, submission, label_digest, outcome)
            values (:id, :task, :number, :kind,
              (select id from review.revision where task_id = :task and kind = 'ACCEPTED'
               order by number desc limit 1),
              :proposal, :transaction, :author, :at, :active, :submission, :labels, :outcome)
            on conflict (id) do nothing
            """)
        .bind("id", id)
        .bind("task", revision.task())
        .bind("number", number)
        .bind("kind", kind.name())
        .bind("proposal", revision.baseProposal())
        .bind("transaction", revision.by().transaction().value())
        .bind("author", revision.by().reader())
        .bind("at", revision.at())
        .bind("active", revision.activeMillis())
        .bind("submission", revision.submission().hex())
        .bind("labels", revision.outcome().labelDigest().hex())
        .bind("outcome", TaskRowMapping.json(revision.outcome()))
        .execute();
    return number;
  }
}
