package org.firstpass.arrival;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.database.Database;
import org.firstpass.database.PostgresOutbox;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.SeriesArrived;
import org.firstpass.event.SeriesInput;
import org.firstpass.event.SeriesRevisionCodec;
import org.firstpass.failure.ReasonCode;
import org.firstpass.store.ObjectStore;
import org.firstpass.stream.Topics;
import org.firstpass.study.NameBasedUuid;
import org.firstpass.study.ProjectName;
import org.firstpass.study.Sender;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SeriesRevision;
import org.firstpass.study.StudyReference;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a revision of every series that is complete, and announces it in the same transaction.
 *
 * <p>It knows only what the database says, so a restart changes nothing. Two gateways on one
 * database do not complete a series twice, because the row is locked.
 */
final class SeriesCompletion {
  private static final Logger LOG = LoggerFactory.getLogger(SeriesCompletion.class);

  /** A series that nobody else completes now, with its last revision. */
  private record Locked(int revision, Sender sender, ProjectName project, int missing) {}

  /** Instances of two patients or studies in one series: nothing may be proposed on that. */
  private static final SeriesOutcome MIXED =
      new SeriesOutcome(
          SeriesState.Kind.REFUSED,
          ReasonCode.MALFORMED_INSTANCE,
          "expected one study and one patient in the series, found several");

  private static final SeriesOutcome LATE =
      new SeriesOutcome(
          SeriesState.Kind.REFUSED,
          ReasonCode.LATE_INSTANCES_KEPT,
          "instances came after an earlier revision was announced, and gateway.late is keep");

  private static final SeriesOutcome KEPT =
      new SeriesOutcome(
          SeriesState.Kind.KEPT,
          ReasonCode.PROJECT_KEPT,
          "gateway.kept-projects names the project that it came for");

  private final Database database;
  private final ObjectStore store;
  private final ReceivingNow receiving;
  private final ArrivalMetrics metrics;
  private final Clock clock;
  private final CompletenessRule rule;

  SeriesCompletion(
      Database database,
      ObjectStore store,
      ReceivingNow receiving,
      ArrivalMetrics metrics,
      Clock clock,
      CompletenessRule rule) {
    this.database = database;
    this.store = store;
    this.receiving = receiving;
    this.metrics = metrics;
    this.clock = clock;
    this.rule = rule;
  }

  /** Completes every series that is quiet now, or has all that was announced; returns how many. */
  int completeQuiet() {
    Instant now = clock.instant();
    List<QuietSeries> candidates =
        database.inTransaction(
            handle -> QuietSeries.find(handle, now.minus(rule.quiet()), rule.announced()));
    int completed = 0;
    for (QuietSeries candidate : candidates) {
      if (isComplete(candidate, now)) {
        completed += complete(candidate) ? 1 : 0;
      }
    }
    return completed;
  }

  private boolean isComplete(QuietSeries candidate, Instant now) {
    Instant end = candidate.lastReceived().plus(rule.quiet());
    return candidate.hasAll()
        || !now.isBefore(candidate.waitsUntil(rule))
            && !receiving.hasOneFrom(candidate.sender(), end);
  }

  private boolean complete(QuietSeries candidate) {
    return database.inTransaction(
        handle -> {
          Optional<Locked> locked =
              handle
                  .createQuery(
                      "select revision, sender, project from arrival.series"
                          + " where series_uid = :series and pending and last_received = :last"
                          + " for update skip locked")
                  .bind("series", candidate.series())
                  .bind("last", candidate.lastReceived())
                  .map(
                      (row, context) ->
                          new Locked(
                              row.getInt(1),
                              new Sender(row.getString(2)),
                              new ProjectName(row.getString(3)),
                              candidate.missing()))
                  .findOne();
          locked.ifPresent(last -> complete(handle, candidate.series(), last));
          return locked.isPresent();
        });
  }

  private void complete(Handle handle, String series, Locked last) {
    int number = last.revision() + 1;
    SeriesContent content = SeriesContent.read(handle, series);
    var reference = new StudyReference(content.study(), new SeriesInstanceUid(series));
    var revision = new SeriesRevision(reference, number, content.instances());
    ObjectReference manifest =
        store.put(SeriesRevisionCodec.encode(revision), SeriesRevisionCodec.MEDIA_TYPE);
    Instant now = clock.instant();
    if (content.isMixed()) {
      insert(handle, content, revision, manifest, now, null);
      end(handle, series, number, now, MIXED);
    } else if (rule.kept().contains(last.project())) {
      insert(handle, content, revision, manifest, now, null);
      end(handle, series, number, now, KEPT);
    } else if (!rule.proposeLate() && isProposedOn(handle, series)) {
      insert(handle, content, revision, manifest, now, null);
      end(handle, series, number, now, LATE);
    } else {
      UUID eventId = NameBasedUuid.of("series-arrived", revision.hash().hex());
      insert(handle, content, revision, manifest, now, eventId);
      var input = new SeriesInput(reference, number, revision.hash(), manifest, content.patient());
      var event =
          new SeriesArrived(
              eventId,
              now,
              input,
              content.modality(),
              revision.instances().size(),
              last.sender().aeTitle().orElse(null),
              StudySiblings.of(handle, input),
              last.project(),
              content.postedBy().orElse(null));
      PostgresOutbox.add(handle, ArrivalSchema.NAME, Topics.ARRIVALS.name(), event);
    }
    if (last.missing() > 0) {
      handle.execute(
          "update arrival.series_revision set missing = ? where series_uid = ? and revision = ?",
          last.missing(),
          series,
          number);
    }
    metrics.completed();
    LOG.info(
        "series {} complete: revision {} with {} instances, {} announced ones missing",
        series,
        number,
        revision.instances().size(),
        last.missing());
  }

  /** Whether there is a proposal of an earlier revision, or one may be under way. */
  private static boolean isProposedOn(Handle handle, String series) {
    return handle
        .createQuery(
            "select exists (select 1 from arrival.series_revision where series_uid = :series"
                + " and event_id is not null and (outcome is null or outcome = 'PROPOSED'))")
        .bind("series", series)
        .mapTo(Boolean.class)
        .one();
  }

  private static void insert(
      Handle handle,
      SeriesContent content,
      SeriesRevision revision,
      ObjectReference manifest,
      Instant now,
      @Nullable UUID eventId) {
    String series = revision.reference().series().value();
    handle.execute(
        "insert into arrival.series_revision (series_uid, revision, revision_hash, manifest,"
            + " manifest_size, instances, completed, event_id, study_uid, patient_key, modality)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        series,
        revision.number(),
        revision.hash().hex(),
        manifest.digest().hex(),
        manifest.size(),
        revision.instances().size(),
        now,
        eventId,
        content.study().value(),
        content.patient().value(),
        content.modality());
    handle.execute(
        "update arrival.series set pending = false, revision = ?, state = 'COMPLETE',"
            + " reason = null where series_uid = ?",
        revision.number(),
        series);
  }

  private static void end(
      Handle handle, String series, int number, Instant now, SeriesOutcome outcome) {
    SeriesOutcomes.record(handle, new SeriesInstanceUid(series), number, outcome, now);
  }
}
