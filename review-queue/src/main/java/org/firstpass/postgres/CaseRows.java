package org.firstpass.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.UUID;
import org.firstpass.quality.QualityCase;
import org.firstpass.quality.QualityDetail;
import org.firstpass.quality.QualityTool;
import org.jdbi.v3.core.Handle;

/** What is counted of single corrections, read from their rows. */
final class CaseRows {
  private static final String ONE =
      """
      select f.*, t.series_uid, s.dice, s.added_path_mm, s.verdicts
      from review.case_figure f join review.task t on t.id = f.task_id
        cross join lateral (
          select min(s.dice) filter (where s.verdict <> 'NOT_ASSESSABLE') as dice,
            sum(s.added_path_mm) as added_path_mm, string_agg(s.verdict, ',') as verdicts
          from review.segment_figure s where s.correction = f.correction) s
      where f.correction = :correction and (:reader::text is null or f.reader = :reader)
      """;

  private CaseRows() {}

  static Optional<QualityDetail> detail(Handle handle, UUID correction, Optional<String> reader) {
    return handle
        .createQuery(ONE)
        .bind("correction", correction)
        .bind("reader", reader.orElse(null))
        .map(
            (row, context) ->
                new QualityDetail(
                    summary(row),
                    row.getString("series_uid"),
                    count(row, "undos"),
                    segments(handle, correction),
                    tools(handle, correction)))
        .findOne();
  }

  private static List<QualityDetail.Segment> segments(Handle handle, UUID correction) {
    return handle
        .createQuery("select * from review.segment_figure where correction = :id order by segment")
        .bind("id", correction)
        .map((row, context) -> segment(row))
        .list();
  }

  private static QualityDetail.Segment segment(ResultSet row) throws SQLException {
    OptionalLong drawing = count(row, "drawing_millis");
    return new QualityDetail.Segment(
        row.getString("label"),
        row.getString("verdict"),
        row.getDouble("dice"),
        new QualityDetail.Surface(
            QualityRows.number(row, "surface_dice"),
            QualityRows.number(row, "mean_distance_mm"),
            QualityRows.number(row, "added_path_mm")),
        count(row, "edits"),
        drawing.isPresent()
            ? OptionalDouble.of(drawing.getAsLong() / 1000.0)
            : OptionalDouble.empty());
  }

  private static List<QualityTool> tools(Handle handle, UUID correction) {
    return handle
        .createQuery(
            "select * from review.tool_figure where correction = :id"
                + " order by drawing_millis desc, tool")
        .bind("id", correction)
        .map(
            (row, context) ->
                new QualityTool(
                    row.getString("tool"),
                    row.getLong("edits"),
                    row.getLong("drawing_millis") / 1000.0))
        .list();
  }

  /** A row of {@code review.case_figure} with the sums over its segments. */
  static QualityCase summary(ResultSet row) throws SQLException {
    var verdicts = new LinkedHashMap<String, Long>();
    String all = row.getString("verdicts");
    if (all != null) {
      for (String verdict : all.split(",", -1)) {
        verdicts.merge(verdict, 1L, Long::sum);
      }
    }
    return new QualityCase(
        row.getObject("task_id", UUID.class),
        row.getObject("correction", UUID.class),
        TaskRowMapping.instant(row, "at"),
        new QualityCase.Origin(
            row.getString("reader"),
            row.getString("version"),
            row.getString("scanner"),
            row.getString("protocol")),
        row.getLong("active_millis") / 1000.0,
        count(row, "edits"),
        QualityRows.number(row, "dice"),
        QualityRows.number(row, "added_path_mm"),
        verdicts);
  }

  private static OptionalLong count(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
  }
}
