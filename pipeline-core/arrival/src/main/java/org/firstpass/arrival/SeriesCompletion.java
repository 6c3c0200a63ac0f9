package org.firstpass.arrival;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
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
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SeriesRevision;
import org.firstpass.study.StudyReference;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a revision of every series that is quiet, and announces it in the same transaction.
 *
 * <p>It knows only what the database says, so a restart changes nothing. Two gateways on one
 * database do not complete a series twice, because the row is locked.
 */
final class SeriesCompletion {
  private static final Logger LOG = LoggerFactory.getLogger(SeriesCompletion.class);

  /** A series that may be complete. */
  private record Quiet(String series, String sender, Instant lastReceived) {}

  /** A series that nobody else completes now, with its last revision. */
  private record Locked(int revision, String sender) {}

  private final Database database;
  private final ObjectStore store;
  private final ReceivingNow receiving;
  private final ArrivalMetrics metrics;
  private final Clock clock;
  private final Duration quiet;

  SeriesCompletion(
      Database database,
      ObjectStore store,
      ReceivingNow receiving,
      ArrivalMetrics metrics,
      Clock clock,
      Duration quiet) {
    this.database = database;
    this.store = store;
    this.receiving = receiving;
    this.metrics = metrics;
    this.clock = clock;
    this.quiet = quiet;
  }

  /** Completes every series that is quiet now and returns how many. */
  int completeQuiet() {
    Instant cutoff = clock.instant().minus(quiet);
    List<Quiet> candidates =
        database.inTransaction(
            handle ->
                handle
                    .createQuery(
                        "select series_uid, sender, last_received from arrival.series"
                            + " where pending and last_received <= :cutoff order by last_received")
                    .bind("cutoff", cutoff)
                    .map(
                        (row, context) ->
                            new Quiet(
                                row.getString(1),
                                row.getString(2),
                                row.getObject(3, OffsetDateTime.class).toInstant()))
                    .list());
    int completed = 0;
    for (Quiet candidate : candidates) {
      Instant end = candidate.lastReceived().plus(quiet);
      if (!receiving.hasOneFrom(candidate.sender(), end)) {
        completed += complete(candidate.series(), cutoff) ? 1 : 0;
      }
    }
    return completed;
  }

  private boolean complete(String series, Instant cutoff) {
    return database.inTransaction(
        handle -> {
          Optional<Locked> locked =
              handle
                  .createQuery(
                      "select revision, sender from arrival.series where series_uid = :series"
                          + " and pending and last_received <= :cutoff for update skip locked")
                  .bind("series", series)
                  .bind("cutoff", cutoff)
                  .map((row, context) -> new Locked(row.getInt(1), row.getString(2)))
                  .findOne();
          locked.ifPresent(last -> complete(handle, series, last));
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
      refuseMixed(handle, series, number, now);
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
              last.sender().isBlank() ? null : last.sender(),
              StudySiblings.of(handle, input));
      PostgresOutbox.add(handle, ArrivalSchema.NAME, Topics.ARRIVALS.name(), event);
    }
    metrics.completed();
    LOG.info(
        "series {} complete: revision {} with {} instances{}",
        series,
        number,
        revision.instances().size(),
        content.isMixed() ? ", refused" : "");
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

  // Instances of two patients or studies in one series: nothing may be proposed on that.
  private static void refuseMixed(Handle handle, String series, int number, Instant now) {
    var outcome =
        new SeriesOutcome(
            SeriesState.Kind.REFUSED,
            ReasonCode.MALFORMED_INSTANCE,
            "expected one study and one patient in the series, found several");
    SeriesOutcomes.record(handle, new SeriesInstanceUid(series), number, outcome, now);
  }
}
