package org.firstpass.arrival;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A series that may be complete: nothing came for it for a while, or all is there that was
 * announced of it.
 *
 * @param revision its last one, 0 if it has none
 * @param expected how many instances were announced of it
 * @param missing how many of those are not there
 * @param told when they were announced, null if none were
 */
record QuietSeries(
    String series,
    String sender,
    Instant lastReceived,
    int revision,
    int expected,
    int missing,
    @Nullable Instant told) {

  private static final String SELECT =
      "select s.series_uid, s.sender, s.last_received, s.revision, a.expected, a.missing, a.told"
          + " from arrival.series s cross join lateral ("
          + " select count(*) expected, count(*) filter (where not exists (select 1"
          + " from arrival.instance i where i.series_uid = s.series_uid"
          + " and i.instance_uid = x.instance_uid)) missing, max(x.told) told from ("
          + " select n.instance_uid, max(t.told) told from arrival.announced_instance n"
          + " join arrival.announcement t on t.id = n.announcement"
          + " where n.series_uid = s.series_uid and t.progress <> 'IN_PROGRESS' and :announced"
          + " group by n.instance_uid) x) a"
          + " where s.pending and (s.last_received <= :cutoff"
          + " or a.expected > 0 and a.missing = 0 and s.revision = 0)"
          + " order by s.last_received";

  static List<QuietSeries> find(Handle handle, Instant cutoff, boolean announced) {
    return handle
        .createQuery(SELECT)
        .bind("cutoff", cutoff)
        .bind("announced", announced)
        .map((row, context) -> of(row))
        .list();
  }

  private static QuietSeries of(ResultSet row) throws SQLException {
    OffsetDateTime told = row.getObject("told", OffsetDateTime.class);
    return new QuietSeries(
        row.getString("series_uid"),
        row.getString("sender"),
        row.getObject("last_received", OffsetDateTime.class).toInstant(),
        row.getInt("revision"),
        row.getInt("expected"),
        row.getInt("missing"),
        told == null ? null : told.toInstant());
  }

  /** Whether all that was announced is there; what comes later is not announced any more. */
  boolean hasAll() {
    return expected > 0 && missing == 0 && revision == 0;
  }

  /** Until when it waits for what was announced and did not come. */
  Instant waitsUntil(CompletenessRule rule) {
    Instant since = told == null || told.isBefore(lastReceived) ? lastReceived : told;
    return missing == 0 ? lastReceived : since.plus(rule.patience());
  }
}
