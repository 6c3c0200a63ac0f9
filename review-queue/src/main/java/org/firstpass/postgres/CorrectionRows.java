package org.firstpass.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.correction.CorrectionLedger;
import org.firstpass.correction.CorrectionRevision;
import org.firstpass.correction.Receipt;
import org.firstpass.correction.Revisions;
import org.firstpass.database.Database;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.review.ReviewState;
import org.firstpass.review.ReviewTask;
import org.firstpass.review.TransactionUid;
import org.firstpass.study.Sha256;
import org.jdbi.v3.core.Handle;

/** Decisions as rows of {@code review.revision}. Safe for use by many threads and processes. */
public final class CorrectionRows implements CorrectionLedger {
  /** Every revision with its end of grace, if that is still to come. */
  private static final String SELECT =
      """
      select r.id, r.number, r.kind, r.submission, r.label_digest, r.outcome, g.until
      from review.revision r left join review.grace g on g.correction_id = r.id
      """;

  private final Database database;

  public CorrectionRows(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Kept> find(UUID task, TransactionUid transaction) {
    return database.inTransaction(handle -> kept(handle, task, transaction));
  }

  @Override
  public Answer keep(CorrectionRevision revision, CorrectionAccepted event, Duration grace) {
    return database.inTransaction(handle -> keep(handle, revision, event, grace));
  }

  private static Answer keep(
      Handle handle, CorrectionRevision revision, CorrectionAccepted event, Duration grace) {
    ReviewTask task =
        TaskWriting.locked(handle, revision.task())
            .orElseThrow(
                () -> new Defect(ReasonCode.UNEXPECTED, "task " + revision.task() + " is gone"));
    // Looked for only now that the row is locked: the same submission may have come twice at once.
    Optional<Kept> earlier = kept(handle, revision.task(), revision.by().transaction());
    if (earlier.isPresent()) {
      return new Answer.Stands(earlier.get());
    }
    if (task instanceof ReviewTask.Claimed claimed && revision.by().opens(claimed.lease())) {
      return submit(handle, claimed, revision, event, grace);
    }
    insert(handle, revision, Revisions.Standing.SIDE, revision.sideId());
    return new Answer.Aside(revision.sideId(), task.state());
  }

  private static Answer submit(
      Handle handle,
      ReviewTask.Claimed claimed,
      CorrectionRevision revision,
      CorrectionAccepted decided,
      Duration grace) {
    CorrectionAccepted event = decided.with(Picks.of(handle, claimed.id()).orElse(null));
    ReviewTask.Submitted submitted = claimed.submit(revision.id(), revision.at());
    TaskWriting.write(handle, claimed, submitted, revision.at());
    boolean open = !grace.isZero() && !grace.isNegative();
    Revisions.Standing kind = open ? Revisions.Standing.SUBMITTED : Revisions.Standing.ACCEPTED;
    Receipt receipt = revision.receipt(insert(handle, revision, kind, revision.id()));
    FigureRows.insert(handle, revision, event);
    JournalRows.close(handle, revision.task(), revision.by().reader(), revision.id());
    if (!open) {
      // One read is enough for now: what is submitted is accepted in the same breath.
      GraceRows.accept(handle, submitted, event, revision.at());
      return new Answer.Stands(
          new Kept(receipt, revision.submission(), Standing.ACCEPTED, Optional.empty()));
    }
    Instant until = revision.at().plus(grace);
    GraceRows.begin(handle, claimed, event, until);
    TaskWriting.announce(handle, submitted, revision.by().reader(), revision.at());
    return new Answer.Stands(
        new Kept(receipt, revision.submission(), Standing.SUBMITTED, Optional.of(until)));
  }

  /** Says how a submitted revision ended: accepted, or the task claimed again. */
  static void ended(Handle handle, UUID revision, ReviewState next) {
    Revisions.Standing kind =
        next == ReviewState.ACCEPTED ? Revisions.Standing.ACCEPTED : Revisions.Standing.UNDONE;
    int changed =
        handle.execute(
            "update review.revision set kind = ? where id = ? and kind = 'SUBMITTED'",
            kind.name(),
            revision);
    if (changed != 1) {
      throw new Defect(ReasonCode.UNEXPECTED, "revision " + revision + " is not submitted");
    }
    if (kind == Revisions.Standing.UNDONE) {
      FigureRows.delete(handle, revision);
    }
  }

  static boolean isUndone(Handle handle, UUID revision) {
    return handle
        .createQuery(
            "select exists (select from review.revision where id = :id and kind = 'UNDONE')")
        .bind("id", revision)
        .mapTo(boolean.class)
        .one();
  }

  private static Optional<Kept> kept(Handle handle, UUID task, TransactionUid transaction) {
    return handle
        .createQuery(
            SELECT
                + " where r.task_id = :task and r.transaction_uid = :transaction"
                + " and r.kind <> 'SIDE'")
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
    return new Kept(
        receipt,
        new Sha256(row.getString("submission")),
        Standing.valueOf(row.getString("kind")),
        Optional.ofNullable(row.getTimestamp("until")).map(Timestamp::toInstant));
  }

  /** Adds the next revision of its task; one that is there already is left. */
  private static int insert(
      Handle handle, CorrectionRevision revision, Revisions.Standing kind, UUID id) {
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
              transaction_uid, author, at, active_millis, submission, label_digest, outcome, effort)
            values (:id, :task, :number, :kind,
              (select id from review.revision where task_id = :task and kind <> 'SIDE'
               order by number desc limit 1),
              :proposal, :transaction, :author, :at, :active, :submission, :labels, :outcome, :effort)
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
        .bind("effort", revision.effort().map(TaskRowMapping::json).orElse(null))
        .execute();
    return number;
  }
}
