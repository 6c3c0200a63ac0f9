package org.firstpass.pull;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.firstpass.database.Database;
import org.firstpass.failure.ReasonCode;
import org.firstpass.study.SeriesInstanceUid;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What is fetched and was, for whoever asks. Safe for use by many threads. */
public final class PullLedger {
  private static final int MOST_BACKFILLS = 1000;

  private final Database database;

  /** Reads the room's schema, making it if nothing was ever fetched. */
  public PullLedger(Database database) {
    this.database = database;
    PullSchema.prepare(database);
  }

  /**
   * Which fetches are meant.
   *
   * @param source null for all
   * @param failed only those that ended without success
   */
  public record Selection(@Nullable String source, boolean failed) {}

  /** The latest ones, newest first. */
  public List<Fetch> latest(Selection selection, int limit) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    "select * from pull.request where (:source::text is null or source = :source)"
                        + " and (not :failed or state = 'FAILED')"
                        + " order by changed desc, entry desc limit :limit")
                .bind("source", selection.source())
                .bind("failed", selection.failed())
                .bind("limit", limit)
                .map((row, context) -> FetchRows.fetch(row))
                .list());
  }

  /** One fetch. */
  public Optional<Fetch> find(long entry) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery("select * from pull.request where entry = :entry")
                .bind("entry", entry)
                .map((row, context) -> FetchRows.fetch(row))
                .findOne());
  }

  /** How and why a series was fetched, oldest first; empty if it was sent. */
  public List<PulledSeries> of(SeriesInstanceUid series) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    "select f.*, s.began from pull.series s join pull.request f on f.entry = s.request"
                        + " where s.series_uid = :series order by s.began, f.entry")
                .bind("series", series.value())
                .map(
                    (row, context) ->
                        new PulledSeries(
                            FetchRows.fetch(row),
                            row.getObject("began", OffsetDateTime.class).toInstant()))
                .list());
  }

  /** How many studies of a source are in each state; every state is there. */
  public Map<PullState, Long> counts(String source) {
    return database.inTransaction(
        handle ->
            counts(
                handle,
                "select state, count(*) n from pull.request where source = :of group by state",
                source));
  }

  /** How many questions to a source, for priors or for a window of a backfill, failed. */
  public long failedQuestions(String source) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    "select (select count(*) from pull.prior_search"
                        + " where source = :source and state = 'FAILED')"
                        + " + (select count(*) from pull.query_window w join pull.backfill b"
                        + " on b.backfill = w.backfill where b.source = :source"
                        + " and b.state <> 'CANCELLED' and w.state = 'FAILED')")
                .bind("source", source)
                .mapTo(Long.class)
                .one());
  }

  private static Map<PullState, Long> counts(Handle handle, String query, Object of) {
    Map<PullState, Long> counts = new EnumMap<>(PullState.class);
    for (PullState state : PullState.values()) {
      counts.put(state, 0L);
    }
    handle
        .createQuery(query)
        .bind("of", of)
        .map(
            (row, context) ->
                counts.put(PullState.valueOf(row.getString("state")), row.getLong("n")))
        .list();
    return counts;
  }

  /** Every backfill, newest first, as it is now. */
  public List<Backfill> backfills(Instant now) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    "select backfill from pull.backfill order by backfill desc limit :most")
                .bind("most", MOST_BACKFILLS)
                .mapTo(Long.class)
                .list()
                .stream()
                .map(number -> backfill(handle, number, now))
                .toList());
  }

  private static Backfill backfill(Handle handle, long number, Instant now) {
    return handle
        .createQuery(
            "select b.*, s.held, (select coalesce(sum(arrived), 0) from pull.request f"
                + " where f.backfill = b.backfill) arrived,"
                + " (select count(*) from pull.request f where f.backfill = b.backfill"
                + " and f.state in ('DONE', 'FAILED') and f.changed > :hourAgo) last_hour"
                + ", (select w.reason from pull.query_window w where w.backfill = b.backfill"
                + " and w.reason is not null order by w.changed desc limit 1) reason"
                + " from pull.backfill b left join pull.source s on s.name = b.source"
                + " where b.backfill = :number")
        .bind("number", number)
        .bind("hourAgo", now.minusSeconds(3600))
        .map(
            (row, context) ->
                new Backfill(
                    number,
                    BackfillDesk.order(row),
                    BackfillState.valueOf(row.getString("state")),
                    counts(
                        handle,
                        "select state, count(*) n from pull.query_window where backfill = :of"
                            + " group by state",
                        number),
                    counts(
                        handle,
                        "select state, count(*) n from pull.request where backfill = :of"
                            + " group by state",
                        number),
                    row.getLong("arrived"),
                    row.getLong("last_hour"),
                    row.getString("held"),
                    reason(row.getString("reason")),
                    row.getObject("created", OffsetDateTime.class).toInstant(),
                    row.getObject("changed", OffsetDateTime.class).toInstant()))
        .one();
  }

  private static @Nullable ReasonCode reason(@Nullable String code) {
    return code == null ? null : ReasonCode.ofCode(code);
  }
}
