package org.firstpass.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.database.Database;
import org.firstpass.event.ObjectReference;
import org.firstpass.intake.ComingProposal;
import org.firstpass.intake.SeriesProgress;
import org.firstpass.review.ReviewState;
import org.firstpass.study.SeriesInstanceUid;
import org.jdbi.v3.core.Handle;

/** What review was told of each series. Safe for use by many threads. */
public final class SeriesRows implements SeriesProgress.Lookup {
  /** A worker that said nothing for this long has ended without a word. */
  private static final Duration FORGOTTEN = Duration.ofDays(1);

  private static final int MOST_COMING = 200;

  private final Database database;

  public SeriesRows(Database database) {
    this.database = database;
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

  @Override
  public Optional<ObjectReference> route(SeriesInstanceUid series) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    "select route from review.series_outcome where series_uid = :series"
                        + " and route is not null order by revision desc, at desc limit 1")
                .bind("series", series.value())
                .mapTo(String.class)
                .map(json -> TaskRowMapping.parse(json, ObjectReference.class))
                .findOne());
  }

  /** The stored list of the instances of the newest revision that arrived. */
  public Optional<ObjectReference> manifest(SeriesInstanceUid series) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    "select manifest from review.series_outcome where series_uid = :series"
                        + " and kind = 'ARRIVED' and manifest is not null"
                        + " order by revision desc limit 1")
                .bind("series", series.value())
                .mapTo(String.class)
                .map(json -> TaskRowMapping.parse(json, ObjectReference.class))
                .findOne());
  }

  @Override
  public List<ComingProposal> coming(Instant now) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    select w.*, w.started + w.expected_millis * interval '1 millisecond' as ready,
                      (select o.modality from review.series_outcome o
                       where o.series_uid = w.series_uid and o.kind = 'ARRIVED'
                       order by o.revision desc limit 1) as modality
                    from review.work w where not w.ended and w.started > :since
                    order by ready nulls last, w.started, w.event_id limit :most
                    """)
                .bind("since", now.minus(FORGOTTEN))
                .bind("most", MOST_COMING)
                .map((row, context) -> coming(row))
                .list());
  }

  private static ComingProposal coming(ResultSet row) throws SQLException {
    return new ComingProposal(
        new SeriesInstanceUid(row.getString("series_uid")),
        row.getInt("revision"),
        row.getString("package_name"),
        row.getString("package_version"),
        row.getString("device"),
        TaskRowMapping.instant(row, "started"),
        Optional.ofNullable(row.getTimestamp("ready")).map(java.sql.Timestamp::toInstant),
        Optional.ofNullable(row.getString("modality")));
  }
}
