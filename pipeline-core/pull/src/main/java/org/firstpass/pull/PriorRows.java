package org.firstpass.pull;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.firstpass.database.Database;
import org.firstpass.pull.LeasedRows.Choice;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.StudyInstanceUid;
import org.firstpass.study.StudyReference;
import org.jdbi.v3.core.Handle;

/** Which priors are asked for. Safe for use by many threads. */
final class PriorRows {
  private final Database database;
  private final LeasedRows rows;

  PriorRows(Database database) {
    this.database = database;
    this.rows = new LeasedRows(database, "pull.prior_search");
  }

  LeasedRows rows() {
    return rows;
  }

  /** From when on a rule counts: its first start, whichever process saw it. */
  Instant since(PriorRule rule, Instant now) {
    return database.inTransaction(
        handle -> {
          handle.execute(
              "insert into pull.prior_rule (name, since) values (?, ?) on conflict do nothing",
              rule.title(),
              now);
          return handle
              .createQuery("select since from pull.prior_rule where name = :name")
              .bind("name", rule.title())
              .mapTo(OffsetDateTime.class)
              .one()
              .toInstant();
        });
  }

  /** Whether a series came because a rule or a backfill had it fetched. */
  boolean isFetched(SeriesInstanceUid series) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    "select exists (select 1 from pull.series s join pull.request f"
                        + " on f.entry = s.request where s.series_uid = :series"
                        + " and f.cause <> 'ASKED')")
                .bind("series", series.value())
                .mapTo(Boolean.class)
                .one());
  }

  /**
   * Orders a search, once for each rule and study.
   *
   * @param again whether one that has ended begins anew
   */
  static boolean add(
      Handle handle, PriorRule rule, StudyReference arrived, boolean again, Instant now) {
    String conflict =
        again
            ? "do update set state = 'WAITING', series_uid = excluded.series_uid,"
                + " source = excluded.source, attempts = 0, due = excluded.due, reason = null,"
                + " explanation = null where t.state in ('DONE', 'FAILED', 'CANCELLED')"
            : "do nothing";
    return handle.execute(
            "insert into pull.prior_search as t (rule, source, study_uid, series_uid, state, due,"
                + " changed) values (?, ?, ?, ?, 'WAITING', ?, ?) on conflict (rule, study_uid) "
                + conflict,
            rule.title(),
            rule.from(),
            arrived.study().value(),
            arrived.series().value(),
            now,
            now)
        > 0;
  }

  boolean add(PriorRule rule, StudyReference arrived, Instant now) {
    return database.inTransaction(handle -> add(handle, rule, arrived, false, now));
  }

  /** Takes the search of these rules that is due longest. */
  Optional<PriorSearch> claim(List<PriorRule> rules, Instant now, Duration lease) {
    if (rules.isEmpty()) {
      return Optional.empty();
    }
    Map<String, PriorRule> byName =
        rules.stream().collect(Collectors.toMap(PriorRule::title, Function.identity()));
    var choice =
        new Choice(
            "rule = any(:rules)",
            "due, entry",
            query -> query.bindArray("rules", String.class, List.copyOf(byName.keySet())));
    return database.inTransaction(
        handle ->
            rows.claim(
                handle,
                choice,
                now,
                lease,
                (row, context) ->
                    new PriorSearch(
                        LeasedRows.lease(row),
                        Objects.requireNonNull(byName.get(row.getString("rule"))),
                        new StudyInstanceUid(row.getString("study_uid")),
                        new SeriesInstanceUid(row.getString("series_uid")))));
  }

  /** Orders what was found and ends the search, in one transaction. */
  boolean found(PriorSearch search, List<StudyInstanceUid> studies, Instant now) {
    return database.inTransaction(
        handle -> {
          boolean mine =
              rows.update(
                  handle,
                  search.lease(),
                  "state = 'DONE', changed = :now, lease = null, reason = null,"
                      + " explanation = null, found = :found",
                  row -> row.bind("now", now).bind("found", studies.size()));
          if (mine) {
            for (StudyInstanceUid study : studies) {
              FetchRows.add(
                  handle, FetchOrder.prior(search.rule(), study, search.series()), true, now);
            }
          }
          return mine;
        });
  }
}
