package org.firstpass.postgres;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.database.Database;
import org.firstpass.event.FirstpassEvent;
import org.firstpass.event.ProposalFailed;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.ProposalRefused;
import org.firstpass.event.SeriesArrived;
import org.firstpass.event.SeriesInput;
import org.firstpass.failure.ReasonCode;
import org.firstpass.intake.IntakeLedger;
import org.firstpass.intake.SeriesProgress;
import org.firstpass.review.DiscontinuationReason;
import org.firstpass.review.ReviewCase;
import org.firstpass.review.ReviewState;
import org.firstpass.review.ReviewTask;
import org.firstpass.study.SeriesInstanceUid;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Proposals as rows. Safe for use by many threads and processes. */
public final class IntakeRows implements IntakeLedger, SeriesProgress.Lookup {
  private static final String SYSTEM = "intake";

  private final Database database;

  public IntakeRows(Database database) {
    this.database = database;
  }

  @Override
  public Admission admit(ReviewCase subject, double orderKey) {
    return database.inTransaction(handle -> admit(handle, subject, orderKey));
  }

  private static Admission admit(Handle handle, ReviewCase subject, double orderKey) {
    ProposalMade proposal = subject.proposal();
    if (insertProposal(handle, subject) == 0) {
      return Admission.KNOWN;
    }
    insertTask(handle, subject, orderKey);
    record(
        handle,
        new Told(proposal, proposal.input(), SeriesProgress.Kind.PROPOSED, null, null, null));
    Instant at = subject.arrived();
    if (newest(handle, proposal) > proposal.input().revision()) {
      discontinue(handle, subject.id(), at);
      return Admission.OUTDATED;
    }
    for (UUID replaced : waitingEarlier(handle, proposal)) {
      discontinue(handle, replaced, at);
    }
    TaskWriting.announce(handle, new ReviewTask.Waiting(subject), SYSTEM, at);
    return Admission.ADMITTED;
  }

  private static int insertProposal(Handle handle, ReviewCase subject) {
    return handle
        .createUpdate(
            "insert into review.proposal (id, event, score) values (:id, :event, :score)"
                + " on conflict (id) do nothing")
        .bind("id", subject.proposal().id())
        .bind("event", TaskRowMapping.json(subject.proposal()))
        .bind("score", TaskRowMapping.json(subject.score()))
        .execute();
  }

  private static void insertTask(Handle handle, ReviewCase subject, double orderKey) {
    ProposalMade proposal = subject.proposal();
    handle
        .createUpdate(
            """
            insert into review.task (id, proposal_id, series_uid, revision, package_name, arrived,
              order_key, state, changed_at)
            values (:id, :proposal, :series, :revision, :package, :arrived, :order, 'WAITING',
              :arrived)
            """)
        .bind("id", subject.id())
        .bind("proposal", proposal.id())
        .bind("series", proposal.series().value())
        .bind("revision", proposal.input().revision())
        .bind("package", proposal.modelPackage().name())
        .bind("arrived", subject.arrived())
        .bind("order", orderKey)
        .execute();
  }

  private static int newest(Handle handle, ProposalMade proposal) {
    return handle
        .createQuery(
            "select coalesce(max(revision), 0) from review.task"
                + " where series_uid = :series and package_name = :package")
        .bind("series", proposal.series().value())
        .bind("package", proposal.modelPackage().name())
        .mapTo(int.class)
        .one();
  }

  private static List<UUID> waitingEarlier(Handle handle, ProposalMade proposal) {
    return handle
        .createQuery(
            """
            select id from review.task
            where series_uid = :series and package_name = :package and revision < :revision
              and state in ('WAITING', 'RETURNED')
            """)
        .bind("series", proposal.series().value())
        .bind("package", proposal.modelPackage().name())
        .bind("revision", proposal.input().revision())
        .mapTo(UUID.class)
        .list();
  }

  private static void discontinue(Handle handle, UUID id, Instant at) {
    var why = new ReviewTask.Discontinuation(DiscontinuationReason.RESOURCE_PRE_EMPTED, SYSTEM, at);
    TaskWriting.locked(handle, id)
        .flatMap(task -> discontinued(task, why).map(next -> write(handle, task, next, at)))
        .ifPresent(next -> TaskWriting.announce(handle, next, SYSTEM, at));
  }

  // A reader may have claimed it since it was looked up; then it stays the reader's.
  private static Optional<ReviewTask> discontinued(
      ReviewTask task, ReviewTask.Discontinuation why) {
    if (task instanceof ReviewTask.Waiting waiting) {
      return Optional.of(waiting.discontinue(why));
    }
    return task instanceof ReviewTask.Returned returned
        ? Optional.of(returned.discontinue(why))
        : Optional.empty();
  }

  private static ReviewTask write(Handle handle, ReviewTask from, ReviewTask to, Instant at) {
    TaskWriting.write(handle, from, to, at);
    return to;
  }

  @Override
  public void arrived(SeriesArrived event) {
    record(
        new Told(event, event.input(), SeriesProgress.Kind.ARRIVED, null, null, event.modality()));
  }

  @Override
  public void refused(ProposalRefused event) {
    record(
        new Told(
            event,
            event.input(),
            SeriesProgress.Kind.REFUSED,
            event.reason(),
            event.explanation(),
            null));
  }

  @Override
  public void failed(ProposalFailed event) {
    record(
        new Told(
            event,
            event.input(),
            SeriesProgress.Kind.FAILED,
            event.reason(),
            event.explanation(),
            null));
  }

  private void record(Told told) {
    database.useTransaction(handle -> record(handle, told));
  }

  private record Told(
      FirstpassEvent event,
      SeriesInput input,
      SeriesProgress.Kind kind,
      @Nullable ReasonCode reason,
      @Nullable String explanation,
      @Nullable String modality) {}

  private static void record(Handle handle, Told told) {
    handle
        .createUpdate(
            """
            insert into review.series_outcome (event_id, series_uid, revision, kind, modality,
              reason, explanation, at)
            values (:id, :series, :revision, :kind, :modality, :reason, :explanation, :at)
            on conflict (event_id) do nothing
            """)
        .bind("id", told.event().id())
        .bind("series", told.event().series().value())
        .bind("revision", told.input().revision())
        .bind("kind", told.kind().name())
        .bind("modality", told.modality())
        .bind("reason", told.reason() == null ? null : told.reason().code())
        .bind("explanation", told.explanation())
        .bind("at", told.event().time())
        .execute();
  }

  @Override
  public SeriesProgress progress(SeriesInstanceUid series) {
    return database.inTransaction(
        handle -> new SeriesProgress(series, outcomes(handle, series), tasks(handle, series)));
  }

  private static List<SeriesProgress.Outcome> outcomes(Handle handle, SeriesInstanceUid series) {
    return handle
        .createQuery(
            "select revision, kind, reason, explanation, at from review.series_outcome"
                + " where series_uid = :series order by revision, at")
        .bind("series", series.value())
        .map(
            (row, context) ->
                new SeriesProgress.Outcome(
                    row.getInt("revision"),
                    SeriesProgress.Kind.valueOf(row.getString("kind")),
                    Optional.ofNullable(row.getString("reason")),
                    Optional.ofNullable(row.getString("explanation")),
                    TaskRowMapping.instant(row, "at")))
        .list();
  }

  private static List<SeriesProgress.Task> tasks(Handle handle, SeriesInstanceUid series) {
    return handle
        .createQuery(
            "select id, revision, package_name, state from review.task"
                + " where series_uid = :series order by revision, arrived")
        .bind("series", series.value())
        .map(
            (row, context) ->
                new SeriesProgress.Task(
                    row.getObject("id", UUID.class),
                    row.getInt("revision"),
                    row.getString("package_name"),
                    ReviewState.valueOf(row.getString("state"))))
        .list();
  }
}
