package org.firstpass.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import org.firstpass.database.Database;
import org.firstpass.quality.Grouping;
import org.firstpass.quality.OwnCounts;
import org.firstpass.quality.QualityCase;
import org.firstpass.quality.QualityChoices;
import org.firstpass.quality.QualityDetail;
import org.firstpass.quality.QualityFigure;
import org.firstpass.quality.QualityLedger;
import org.firstpass.quality.QualityQuery;
import org.firstpass.quality.QualityTool;
import org.firstpass.segment.Verdict;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Figures as sums over rows of corrections. Safe for use by many threads and processes. */
public final class QualityRows implements QualityLedger {
  /** The corrections that count, each with the first day of its span; one row per correction. */
  private static final String CASES =
      """
      with cases as materialized (
        select f.*, date_trunc(:bucket, f.at at time zone :zone)::date as start
        from review.case_figure f
        where f.at >= :start and f.at < :end
          and (:reader::text is null or f.reader = :reader)
          and (:version::text is null or f.version = :version)
          and (:scanner::text is null or f.scanner = :scanner)
          and (:protocol::text is null or f.protocol = :protocol)
          and ((:segment::text is null and :verdict::text is null) or exists (
            select from review.segment_figure s where s.correction = f.correction
              and (:segment::text is null or s.label = :segment)
              and (:verdict::text is null or s.verdict = :verdict))))
      """;

  /** The segments of them that count; a case counts without one as well. */
  private static final String SEGMENTS =
      """
       join review.segment_figure s on s.correction = f.correction
        and (:segment::text is null or s.label = :segment)
        and (:verdict::text is null or s.verdict = :verdict)
      """;

  private final Database database;

  public QualityRows(Database database) {
    this.database = database;
  }

  /** What sets a figure apart: its span and its name. */
  private record Key(LocalDate start, String name) {
    static Key of(ResultSet row) throws SQLException {
      return new Key(row.getObject("start", LocalDate.class), row.getString("name"));
    }
  }

  /** What the cases of a figure have in common. */
  private record OfCases(long cases, QualityFigure.Work work) {}

  @Override
  public List<QualityFigure> figures(QualityQuery query) {
    return database.inTransaction(handle -> figures(handle, query));
  }

  private static List<QualityFigure> figures(Handle handle, QualityQuery query) {
    Map<Key, OfCases> cases = query.by() == Grouping.SEGMENT ? Map.of() : ofCases(handle, query);
    return bound(handle, CASES + ofSegments(query.by()), query)
        .map((row, context) -> figure(row, cases))
        .list();
  }

  private static String ofSegments(Grouping by) {
    var counts = new StringBuilder();
    for (Verdict verdict : Verdict.values()) {
      counts.append("count(*) filter (where s.verdict = '" + verdict + "') as " + verdict + ", ");
    }
    return "select f.start, "
        + name(by)
        + " as name, count(*) as segments, "
        + counts
        + """
          avg(s.dice) filter (where s.verdict <> 'NOT_ASSESSABLE') as dice,
          avg(s.surface_dice) filter (where s.verdict <> 'NOT_ASSESSABLE') as surface_dice,
          avg(s.added_path_mm) filter (where s.verdict <> 'NOT_ASSESSABLE') as added_path_mm,
          avg(s.drawing_millis) / 1000.0 as drawing_seconds, avg(s.edits) as edits
        """
        + (by == Grouping.SEGMENT ? " from cases f" : " from cases f left")
        + SEGMENTS
        + " group by 1, 2 order by 1, 2";
  }

  /** Never text of a request. */
  private static String name(Grouping by) {
    return switch (by) {
      case NONE -> "''";
      case VERSION -> "f.version";
      case SEGMENT -> "s.label";
      case SCANNER -> "f.scanner";
      case PROTOCOL -> "f.protocol";
      case READER -> "f.reader";
    };
  }

  private static Map<Key, OfCases> ofCases(Handle handle, QualityQuery query) {
    String sql =
        CASES
            + "select f.start, "
            + name(query.by())
            + """
               as name, count(*) as cases,
              percentile_cont(0.5) within group (order by f.active_millis) / 1000.0
                as active_seconds,
              avg(f.drawing_millis) / 1000.0 as drawing_seconds, avg(f.edits) as edits
            from cases f group by 1, 2
            """;
    var found = new LinkedHashMap<Key, OfCases>();
    bound(handle, sql, query)
        .map((row, context) -> Map.entry(Key.of(row), ofCases(row)))
        .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
    return found;
  }

  private static OfCases ofCases(ResultSet row) throws SQLException {
    return new OfCases(
        row.getLong("cases"),
        new QualityFigure.Work(
            number(row, "active_seconds"), number(row, "drawing_seconds"), number(row, "edits")));
  }

  private static QualityFigure figure(ResultSet row, Map<Key, OfCases> cases) throws SQLException {
    Key key = Key.of(row);
    OfCases own =
        cases.getOrDefault(
            key,
            new OfCases(
                row.getLong("segments"),
                new QualityFigure.Work(
                    OptionalDouble.empty(), number(row, "drawing_seconds"), number(row, "edits"))));
    return new QualityFigure(
        key.start(),
        key.name(),
        own.cases(),
        verdicts(row),
        new QualityFigure.Agreement(
            number(row, "dice"), number(row, "surface_dice"), number(row, "added_path_mm")),
        own.work());
  }

  private static Map<String, Long> verdicts(ResultSet row) throws SQLException {
    var verdicts = new LinkedHashMap<String, Long>();
    for (Verdict verdict : Verdict.values()) {
      verdicts.put(verdict.name(), row.getLong(verdict.name().toLowerCase(Locale.ROOT)));
    }
    return verdicts;
  }

  @Override
  public List<QualityTool> tools(QualityQuery query) {
    String sql =
        CASES
            + """
            select t.tool, sum(t.edits) as edits, sum(t.drawing_millis) / 1000.0 as seconds
            from cases f join review.tool_figure t on t.correction = f.correction
            group by 1 order by 3 desc, 1
            """;
    return database.inTransaction(
        handle ->
            bound(handle, sql, query)
                .map(
                    (row, context) ->
                        new QualityTool(
                            row.getString("tool"), row.getLong("edits"), row.getDouble("seconds")))
                .list());
  }

  @Override
  public List<QualityCase> cases(QualityQuery query, int limit, int skipped) {
    String sql =
        CASES
            + ", page as (select * from cases order by at desc, correction"
            + " limit :limit offset :skipped)"
            + """
            select f.*, s.* from page f cross join lateral (
              select min(s.dice) filter (where s.verdict <> 'NOT_ASSESSABLE') as dice,
                sum(s.added_path_mm) as added_path_mm,
                string_agg(s.verdict, ',') as verdicts
              from review.segment_figure s where s.correction = f.correction
                and (:segment::text is null or s.label = :segment)) s
            order by f.at desc, f.correction
            """;
    return database.inTransaction(
        handle ->
            bound(handle, sql, query)
                .bind("limit", limit)
                .bind("skipped", skipped)
                .map((row, context) -> CaseRows.summary(row))
                .list());
  }

  static OptionalDouble number(ResultSet row, String column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  @Override
  public Optional<QualityDetail> one(UUID correction, Optional<String> reader) {
    return database.inTransaction(handle -> CaseRows.detail(handle, correction, reader));
  }

  @Override
  public QualityChoices choices(Optional<String> reader) {
    return database.inTransaction(
        handle ->
            new QualityChoices(
                names(handle, "version", reader),
                segments(handle, reader),
                names(handle, "scanner", reader),
                names(handle, "protocol", reader),
                names(handle, "reader", reader)));
  }

  private static List<String> names(Handle handle, String column, Optional<String> reader) {
    return handle
        .createQuery(
            "select distinct "
                + column
                + " from review.case_figure"
                + " where (:reader::text is null or reader = :reader) order by 1")
        .bind("reader", reader.orElse(null))
        .mapTo(String.class)
        .list();
  }

  private static List<String> segments(Handle handle, Optional<String> reader) {
    return handle
        .createQuery(
            """
            select distinct s.label from review.segment_figure s
            where :reader::text is null or exists (select from review.case_figure f
              where f.correction = s.correction and f.reader = :reader) order by 1
            """)
        .bind("reader", reader.orElse(null))
        .mapTo(String.class)
        .list();
  }

  @Override
  public OwnCounts counts(String reader, Instant today, Instant week) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    select count(*) as week, coalesce(sum(active_millis), 0) as week_millis,
                      count(*) filter (where at >= :today) as today,
                      coalesce(sum(active_millis) filter (where at >= :today), 0) as today_millis
                    from review.case_figure where reader = :reader and at >= :week
                    """)
                .bind("reader", reader)
                .bind("today", today)
                .bind("week", week)
                .map(
                    (row, context) ->
                        new OwnCounts(
                            new OwnCounts.Span(row.getLong("today"), row.getLong("today_millis")),
                            new OwnCounts.Span(row.getLong("week"), row.getLong("week_millis"))))
                .one());
  }

  private static Query bound(Handle handle, String sql, QualityQuery query) {
    return handle
        .createQuery(sql)
        .bind("bucket", query.bucket().name().toLowerCase(Locale.ROOT))
        .bind("zone", query.zone().getId())
        .bind("start", query.start())
        .bind("end", query.end())
        .bind("reader", query.filter().reader().orElse(null))
        .bind("version", query.filter().version().orElse(null))
        .bind("segment", query.filter().segment().orElse(null))
        .bind("scanner", query.filter().scanner().orElse(null))
        .bind("protocol", query.filter().protocol().orElse(null))
        .bind("verdict", query.filter().verdict().orElse(null));
  }
}
