package org.firstpass.arrival;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.ProposalStarted;
import org.firstpass.event.SeriesInput;
import org.firstpass.study.SeriesInstanceUid;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What workers began and have not ended, as rows. An event that is told twice changes nothing. */
final class WorkRows {
  private WorkRows() {}

  static void started(Handle handle, ProposalStarted event) {
    handle.execute(
        "insert into arrival.work (event_id, series_uid, revision, package_name, package_version,"
            + " device, started, expected_millis, ended) values (?, ?, ?, ?, ?, ?, ?, ?, false)"
            + " on conflict (event_id) do nothing",
        event.id(),
        event.series().value(),
        event.input().revision(),
        event.modelPackage().name(),
        event.modelPackage().version(),
        event.device(),
        event.time(),
        event.expectedMillis());
  }

  /** A proposal ends what its package began on this revision or on an earlier one. */
  static void ended(Handle handle, ProposalMade event) {
    handle.execute(
        "update arrival.work set ended = true where series_uid = ? and revision <= ?"
            + " and package_name = ? and not ended",
        event.series().value(),
        event.input().revision(),
        event.modelPackage().name());
  }

  /** A refusal or failure names no package: it ends whatever had begun on this revision. */
  static void ended(Handle handle, SeriesInput input, Instant time) {
    handle.execute(
        "update arrival.work set ended = true where series_uid = ? and revision = ?"
            + " and started <= ? and not ended",
        input.reference().series().value(),
        input.revision(),
        time);
  }

  static List<WorkInProgress> of(Handle handle, SeriesInstanceUid series) {
    return handle
        .createQuery(
            "select * from arrival.work where series_uid = :series and not ended"
                + " order by started, event_id")
        .bind("series", series.value())
        .map(
            (row, context) -> {
              Instant started = row.getObject("started", OffsetDateTime.class).toInstant();
              Long millis = row.getObject("expected_millis", Long.class);
              return new WorkInProgress(
                  row.getInt("revision"),
                  row.getString("package_name"),
                  row.getString("package_version"),
                  row.getString("device"),
                  started,
                  ready(started, millis));
            })
        .list();
  }

  private static @Nullable Instant ready(Instant started, @Nullable Long millis) {
    return millis == null ? null : started.plusMillis(millis);
  }
}
