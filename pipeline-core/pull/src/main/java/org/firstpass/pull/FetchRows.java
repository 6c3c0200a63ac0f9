package org.firstpass.pull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.firstpass.database.Database;
import org.firstpass.failure.ReasonCode;
import org.firstpass.pull.LeasedRows.Choice;
import org.firstpass.study.ProjectName;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.StudyInstanceUid;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What is fetched from one source. How much backfills may ask is kept by the source's row, which
 * claims of all processes take in turns. Safe for use by many threads.
 */
final class FetchRows {
  private static final String WANTED =
      "source = :source and (cause <> 'BACKFILL' or (:backfills and exists (select 1"
          + " from pull.backfill b where b.backfill = t.backfill and b.state = 'RUNNING')))";
  private static final String ORDER =
      "case cause when 'ASKED' then 0 when 'PRIOR' then 1 else 2 end, due, entry";

  private final Database database;
  private final PullSource source;
  private final LeasedRows rows;

  FetchRows(Database database, PullSource source) {
    this.database = database;
    this.source = source;
    this.rows = new LeasedRows(database, "pull.request");
  }

  LeasedRows rows() {
    return rows;
  }

  /** Makes the source's row, if there is none. */
  void begin(Instant now) {
    database.useTransaction(
        handle ->
            handle.execute(
                "insert into pull.source (name, next_fetch) values (?, ?) on conflict do nothing",
                source.title(),
                now));
  }

  /**
   * Orders a fetch.
   *
   * @param again whether one that has ended begins anew
   * @return its entry; empty if it was there and does not begin anew
   */
  static Optional<Long> add(Handle handle, FetchOrder order, boolean again, Instant now) {
    String conflict =
        again
            ? "(key) do update set state = 'WAITING', attempts = 0, due = :now, changed = :now,"
                + " project = excluded.project, reason = null, explanation = null, lease = null"
                + " where request.state in ('DONE', 'FAILED', 'CANCELLED')"
            : "(key) do nothing";
    return handle
        .createQuery(
            "insert into pull.request as request (key, source, cause, backfill, rule, prior_of,"
                + " study_uid, series_uid, modalities, body_parts, project, state, due, created,"
                + " changed) values (:key, :source, :cause, :backfill, :rule, :priorOf, :study,"
                + " :series, :modalities, :bodyParts, :project, 'WAITING', :now, :now, :now)"
                + " on conflict "
                + conflict
                + " returning entry")
        .bind("key", order.key())
        .bind("source", order.source())
        .bind("cause", order.reason().cause().name())
        .bind("backfill", order.reason().backfill())
        .bind("rule", order.reason().rule())
        .bind("priorOf", value(order.reason().priorOf()))
        .bind("study", order.study().value())
        .bind("series", value(order.series()))
        .bind("modalities", order.filter().modalityText())
        .bind("bodyParts", order.filter().bodyPartText())
        .bind("project", order.project().value())
        .bind("now", now)
        .mapTo(Long.class)
        .findOne();
  }

  private static @Nullable String value(@Nullable SeriesInstanceUid series) {
    return series == null ? null : series.value();
  }

  /**
   * Takes what is due first, if the source is not asked for as much as it may already; of backfills
   * only if they may ask now, and at their rate.
   *
   * @param backfills whether they may at all
   */
  Optional<FetchClaim> claim(Instant now, Duration lease, boolean backfills) {
    return database.inTransaction(
        handle -> {
          Instant next =
              handle
                  .createQuery("select next_fetch from pull.source where name = :name for update")
                  .bind("name", source.title())
                  .mapTo(OffsetDateTime.class)
                  .one()
                  .toInstant();
          if (underWay(handle, now) >= source.workers()) {
            return Optional.empty();
          }
          boolean allowed = backfills && !next.isAfter(now);
          var choice =
              new Choice(
                  WANTED,
                  ORDER,
                  query -> query.bind("source", source.title()).bind("backfills", allowed));
          Optional<FetchClaim> claim =
              rows.claim(handle, choice, now, lease, (row, context) -> claim(row));
          if (claim.isPresent() && claim.get().cause() == PullCause.BACKFILL) {
            charge(handle, source.limits().perStudy(), now);
          }
          return claim;
        });
  }

  private int underWay(Handle handle, Instant now) {
    return handle
        .createQuery(
            "select count(*) from pull.request where source = :source and state = 'UNDER_WAY'"
                + " and lease_until > :now")
        .bind("source", source.title())
        .bind("now", now)
        .mapTo(Integer.class)
        .one();
  }

  /** Before so many instances are asked for: the next fetch of a backfill waits for them. */
  void charge(int instances, Instant now) {
    database.useTransaction(handle -> charge(handle, source.limits().perInstances(instances), now));
  }

  private void charge(Handle handle, Duration wait, Instant now) {
    if (!wait.isZero()) {
      handle.execute(
          "update pull.source set next_fetch = greatest(next_fetch, ?::timestamptz)"
              + " + make_interval(secs => ?) where name = ?",
          now,
          wait.toMillis() / 1000.0,
          source.title());
    }
  }

  private static FetchClaim claim(ResultSet row) throws SQLException {
    String series = row.getString("series_uid");
    return new FetchClaim(
        LeasedRows.lease(row),
        PullCause.valueOf(row.getString("cause")),
        new StudyInstanceUid(row.getString("study_uid")),
        series == null ? null : new SeriesInstanceUid(series),
        SeriesFilter.of(row.getString("modalities"), row.getString("body_parts")),
        new ProjectName(row.getString("project")));
  }

  /** Writes down that a series is fetched, before it is. */
  void began(Lease lease, SeriesInstanceUid series, Instant now) {
    database.useTransaction(
        handle ->
            handle.execute(
                "insert into pull.series (series_uid, request, began) values (?, ?, ?)"
                    + " on conflict do nothing",
                series.value(),
                lease.entry(),
                now));
  }

  /** All that there is to be had is here. */
  boolean done(Lease lease, Tally tally, Instant now) {
    String refusals = tally.refusals();
    return rows.update(
        lease,
        "state = 'DONE', changed = :now, lease = null, reason = null, explanation = :explanation",
        row ->
            row.bind("now", now)
                .bind("explanation", refusals.isEmpty() ? null : "not taken: " + refusals));
  }

  /** Counts what became of the instances in an attempt; what came counts in all attempts. */
  boolean counted(Lease lease, Tally tally) {
    return rows.update(
        lease,
        "present = case when attempts = 1 then :present else present end,"
            + " arrived = case when attempts = 1 then :arrived else arrived + :arrived end,"
            + " refused = :refused, missing = :missing",
        row ->
            row.bind("present", tally.present())
                .bind("arrived", tally.arrived())
                .bind("refused", tally.refused())
                .bind("missing", tally.missing()));
  }

  /** How many studies of running backfills wait. */
  long waitingOfBackfills() {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    "select count(*) from pull.request f join pull.backfill b"
                        + " on b.backfill = f.backfill where f.source = :source"
                        + " and f.state = 'WAITING' and b.state = 'RUNNING'")
                .bind("source", source.title())
                .mapTo(Long.class)
                .one());
  }

  /** Says why backfills do nothing now. */
  void held(@Nullable String why) {
    database.useTransaction(
        handle ->
            handle
                .createUpdate("update pull.source set held = :why where name = :name")
                .bind("why", why)
                .bind("name", source.title())
                .execute());
  }

  static Fetch fetch(ResultSet row) throws SQLException {
    String priorOf = row.getString("prior_of");
    String series = row.getString("series_uid");
    String reason = row.getString("reason");
    return new Fetch(
        row.getLong("entry"),
        row.getString("source"),
        PullCause.valueOf(row.getString("cause")),
        row.getObject("backfill", Long.class),
        row.getString("rule"),
        priorOf == null ? null : new SeriesInstanceUid(priorOf),
        new StudyInstanceUid(row.getString("study_uid")),
        series == null ? null : new SeriesInstanceUid(series),
        new ProjectName(row.getString("project")),
        PullState.valueOf(row.getString("state")),
        row.getInt("attempts"),
        row.getObject("due", OffsetDateTime.class).toInstant(),
        reason == null ? null : ReasonCode.ofCode(reason),
        row.getString("explanation"),
        new Fetch.Counts(
            row.getInt("present"),
            row.getInt("arrived"),
            row.getInt("refused"),
            row.getInt("missing")),
        row.getObject("created", OffsetDateTime.class).toInstant(),
        row.getObject("changed", OffsetDateTime.class).toInstant());
  }
}
