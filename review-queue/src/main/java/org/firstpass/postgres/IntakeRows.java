package org.firstpass.postgres;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.database.Database;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.PackageReference;
import org.firstpass.event.ProposalFailed;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.ProposalRefused;
import org.firstpass.event.ProposalStarted;
import org.firstpass.event.SeriesArrived;
import org.firstpass.event.SeriesEvent;
import org.firstpass.event.ShadowProposalMade;
import org.firstpass.intake.IntakeLedger;
import org.firstpass.review.DiscontinuationReason;
import org.firstpass.review.ReviewCase;
import org.firstpass.review.ReviewTask;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Proposals as rows. Safe for use by many threads and processes. */
public final class IntakeRows implements IntakeLedger {
  private static final String SYSTEM = "intake";

  /** Other proposals of the same package, whatever its version, for the same series. */
  private static final String SAME_PACKAGE =
      """
      select t.id from review.task t join review.proposal p on p.id = t.proposal_id
      where t.series_uid = :series and t.package_name = :package and t.proposal_id <> :proposal
      """;

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
    TaskWriting.insert(handle, subject, orderKey, 0);
    record(handle, Told.of(proposal));
    WorkRows.ended(handle, proposal);
    Instant at = subject.arrived();
    if (isReplaced(handle, proposal)) {
      discontinue(handle, subject.id(), at);
      return Admission.OUTDATED;
    }
    for (UUID replaced : waitingReplaced(handle, proposal)) {
      discontinue(handle, replaced, at);
    }
    SubscriptionRows.created(handle, subject);
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

  // "Later" by revision, then by the time of the proposal: versions need not be numbers in order.
  private static boolean isReplaced(Handle handle, ProposalMade proposal) {
    return bound(
            handle,
            SAME_PACKAGE
                + """
                 and (t.revision > :revision or t.revision = :revision
                   and (p.event::json ->> 'time')::timestamptz > :time) limit 1
                """,
            proposal)
        .mapTo(UUID.class)
        .findOne()
        .isPresent();
  }

  private static List<UUID> waitingReplaced(Handle handle, ProposalMade proposal) {
    return bound(
            handle,
            SAME_PACKAGE
                + """
                 and t.state in ('WAITING', 'RETURNED')
                   and (t.revision < :revision or t.revision = :revision
                     and (p.event::json ->> 'time')::timestamptz <= :time)
                """,
            proposal)
        .mapTo(UUID.class)
        .list();
  }

  private static Query bound(Handle handle, String query, ProposalMade proposal) {
    return handle
        .createQuery(query)
        .bind("series", proposal.series().value())
        .bind("package", proposal.modelPackage().name())
        .bind("proposal", proposal.id())
        .bind("revision", proposal.input().revision())
        .bind("time", proposal.time());
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
  public void started(ProposalStarted event) {
    database.useTransaction(handle -> WorkRows.started(handle, event));
  }

  @Override
  public void arrived(SeriesArrived event) {
    database.useTransaction(
        handle -> {
          record(handle, Told.of(event));
          // The proposal may have been told before the arrival: they come by two topics.
          handle.execute(
              "update review.task set modality = ? where series_uid = ? and modality is null",
              event.modality(),
              event.series().value());
        });
  }

  @Override
  public void refused(ProposalRefused event) {
    database.useTransaction(
        handle -> {
          record(handle, Told.of(event));
          WorkRows.ended(handle, event);
        });
  }

  @Override
  public void failed(ProposalFailed event) {
    database.useTransaction(
        handle -> {
          record(handle, Told.of(event));
          WorkRows.ended(handle, event);
        });
  }

  @Override
  public void shadowed(ShadowProposalMade event) {
    database.useTransaction(handle -> Interests.shadowed(handle, event));
  }

  @Override
  public void lost(ProposalFailed event) {
    database.useTransaction(
        handle -> {
          if (!hasEnded(handle, event)) {
            record(handle, Told.of(event));
          }
          WorkRows.ended(handle, event);
        });
  }

  private static boolean hasEnded(Handle handle, SeriesEvent event) {
    return handle
        .createQuery(
            "select exists (select 1 from review.series_outcome where series_uid = :series"
                + " and revision = :revision and kind <> 'ARRIVED')")
        .bind("series", event.series().value())
        .bind("revision", event.input().revision())
        .mapTo(Boolean.class)
        .one();
  }

  private static void record(Handle handle, Told told) {
    PackageReference model = told.modelPackage();
    ObjectReference route = told.route();
    ObjectReference manifest = told.manifest();
    handle
        .createUpdate(
            """
            insert into review.series_outcome (event_id, series_uid, revision, kind, modality,
              reason, explanation, at, package_name, package_version, route, manifest, study_uid,
              patient_key)
            values (:id, :series, :revision, :kind, :modality, :reason, :explanation, :at,
              :name, :version, :route, :manifest, :study, :patient)
            on conflict (event_id) do nothing
            """)
        .bind("id", told.event().id())
        .bind("series", told.event().series().value())
        .bind("revision", told.event().input().revision())
        .bind("kind", told.kind().name())
        .bind("modality", told.modality())
        .bind("reason", told.reason() == null ? null : told.reason().code())
        .bind("explanation", told.explanation())
        .bind("at", told.event().time())
        .bind("name", model == null ? null : model.name())
        .bind("version", model == null ? null : model.version())
        .bind("route", route == null ? null : TaskRowMapping.json(route))
        .bind("manifest", manifest == null ? null : TaskRowMapping.json(manifest))
        .bind("study", told.event().input().reference().study().value())
        .bind("patient", told.event().input().patient().value())
        .execute();
  }
}
