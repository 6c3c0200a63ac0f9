package org.firstpass.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.firstpass.quality.QualityCase;
import org.firstpass.quality.QualityDetail;
import org.firstpass.quality.QualityFigure;
import org.firstpass.quality.QualityTool;
import org.firstpass.segment.Verdict;
import org.jspecify.annotations.Nullable;

/** Figures on the wire; what is not known is null in JSON and empty in a table. */
final class QualityView {
  /** What a spreadsheet would take for a formula; names come from images and users. */
  private static final Pattern FORMULA = Pattern.compile("^[=+\\-@\\t\\r].*", Pattern.DOTALL);

  private QualityView() {}

  /** See {@link QualityFigure}. */
  record Figure(
      String start,
      String name,
      long cases,
      Map<String, Long> verdicts,
      @Nullable Double dice,
      @Nullable Double surfaceDice,
      @Nullable Double addedPathMm,
      @Nullable Double activeSeconds,
      @Nullable Double drawingSeconds,
      @Nullable Double edits) {
    static Figure from(QualityFigure figure) {
      return new Figure(
          figure.start().toString(),
          figure.name(),
          figure.cases(),
          figure.verdicts(),
          known(figure.agreement().dice()),
          known(figure.agreement().surfaceDice()),
          known(figure.agreement().addedPathMm()),
          known(figure.work().activeSeconds()),
          known(figure.work().drawingSeconds()),
          known(figure.work().edits()));
    }
  }

  /** See {@link QualityCase}; the reader is null for those who may not see names. */
  record Case(
      UUID task,
      UUID correction,
      String at,
      @Nullable String reader,
      String version,
      String scanner,
      String protocol,
      double activeSeconds,
      @Nullable Long edits,
      @Nullable Double dice,
      @Nullable Double addedPathMm,
      Map<String, Long> verdicts) {
    static Case from(QualityCase one, boolean named) {
      return new Case(
          one.task(),
          one.correction(),
          one.at().toString(),
          named ? one.origin().reader() : null,
          one.origin().version(),
          one.origin().scanner(),
          one.origin().protocol(),
          one.activeSeconds(),
          known(one.edits()),
          known(one.dice()),
          known(one.addedPathMm()),
          new TreeMap<>(one.verdicts()));
    }
  }

  /** See {@link QualityDetail}. */
  record Detail(
      @JsonProperty("case") Case summary,
      String series,
      @Nullable Long undos,
      List<Segment> segments,
      List<QualityTool> tools) {
    static Detail from(QualityDetail detail, boolean named) {
      return new Detail(
          Case.from(detail.summary(), named),
          detail.series(),
          known(detail.undos()),
          detail.segments().stream().map(Segment::from).toList(),
          detail.tools());
    }
  }

  /** See {@link QualityDetail.Segment}. */
  record Segment(
      String label,
      String verdict,
      double dice,
      @Nullable Double surfaceDice,
      @Nullable Double meanDistanceMm,
      @Nullable Double addedPathMm,
      @Nullable Long edits,
      @Nullable Double drawingSeconds) {
    static Segment from(QualityDetail.Segment segment) {
      return new Segment(
          segment.label(),
          segment.verdict(),
          segment.dice(),
          known(segment.surface().surfaceDice()),
          known(segment.surface().meanDistanceMm()),
          known(segment.surface().addedPathMm()),
          known(segment.edits()),
          known(segment.drawingSeconds()));
    }
  }

  private static @Nullable Long known(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }

  private static @Nullable Double known(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  /** The figures as RFC 4180 describes a table, one line each. */
  static String csv(List<QualityFigure> figures) {
    Stream<String> verdicts =
        Stream.of(Verdict.values()).map(verdict -> verdict.name().toLowerCase(Locale.ROOT));
    String head =
        "start,name,cases,"
            + verdicts.collect(Collectors.joining(","))
            + ",dice,surface_dice,added_path_mm,active_seconds,drawing_seconds,edits\r\n";
    return head + figures.stream().map(QualityView::line).collect(Collectors.joining());
  }

  private static String line(QualityFigure figure) {
    Stream<String> verdicts =
        Stream.of(Verdict.values())
            .map(verdict -> Long.toString(figure.verdicts().getOrDefault(verdict.name(), 0L)));
    Stream<String> numbers =
        Stream.of(
                figure.agreement().dice(),
                figure.agreement().surfaceDice(),
                figure.agreement().addedPathMm(),
                figure.work().activeSeconds(),
                figure.work().drawingSeconds(),
                figure.work().edits())
            .map(value -> value.isPresent() ? Double.toString(value.getAsDouble()) : "");
    return Stream.of(
                Stream.of(
                    figure.start().toString(),
                    quoted(figure.name()),
                    Long.toString(figure.cases())),
                verdicts,
                numbers)
            .flatMap(cells -> cells)
            .collect(Collectors.joining(","))
        + "\r\n";
  }

  private static String quoted(String text) {
    String harmless = FORMULA.matcher(text).matches() ? "'" + text : text;
    return '"' + harmless.replace("\"", "\"\"") + '"';
  }
}
