package org.firstpass.evaluation;

import static j2html.TagCreator.a;
import static j2html.TagCreator.body;
import static j2html.TagCreator.caption;
import static j2html.TagCreator.document;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.head;
import static j2html.TagCreator.html;
import static j2html.TagCreator.img;
import static j2html.TagCreator.main;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.style;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.text;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.title;
import static j2html.TagCreator.tr;

import j2html.tags.DomContent;
import j2html.tags.specialized.TableTag;
import j2html.tags.specialized.TdTag;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.firstpass.calibration.Reliability;
import org.firstpass.segment.Segment;

/**
 * A report as one page that asks for nothing: styles and plots are in it, and the only links are
 * those into the editor.
 */
public final class ReportPage {
  static final String STYLE =
      """
      body{font:16px/1.5 system-ui,sans-serif;max-width:76rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}
      table{border-collapse:collapse;margin:1rem 0}caption{text-align:left;font-weight:600;padding:.3rem 0}
      th,td{border:1px solid #999;padding:.25rem .6rem;text-align:right}th{background:#eee}
      th[scope=row],td.word{text-align:left}img{max-width:100%;display:block;margin:1rem 0}
      a{color:#0b4f9c}small{color:#444}
      """;

  private final EvaluationReport report;
  private final URI editor;

  private ReportPage(EvaluationReport report, URI editor) {
    this.report = report;
    this.editor = editor;
  }

  /**
   * The page, in HTML.
   *
   * @param editor where the editor is, for instance {@code http://127.0.0.1:8080/}
   */
  public static String of(EvaluationReport report, URI editor) {
    return new ReportPage(report, editor).page();
  }

  private String page() {
    String heading =
        "%s %s on %d held-out cases"
            .formatted(
                report.modelPackage().name(),
                report.modelPackage().version(),
                report.cases().size());
    List<DomContent> parts = new ArrayList<>();
    parts.add(h1(heading));
    parts.add(introduction());
    parts.add(segments(report.all(), "All cases"));
    Stream.of(Measure.DICE, Measure.SURFACE_DICE, Measure.ADDED_PATH)
        .forEach(
            measure ->
                plot(parts, ReportPlots.spread(report, measure), measure.title() + " of cases"));
    parts.add(h2("Worst cases"));
    parts.add(worst());
    parts.add(h2("Calibration"));
    calibration(parts);
    parts.add(h2("Groups"));
    groups(parts);
    parts.add(leftOut());
    return document(
        html(
                head(
                    meta().withCharset("utf-8"),
                    meta().withName("viewport").withContent("width=device-width, initial-scale=1"),
                    title(heading),
                    style(rawHtml(STYLE))),
                body(main(each(parts, part -> part))))
            .withLang("en"));
  }

  private DomContent introduction() {
    EvaluationSettings settings = report.settings();
    return each(
        p(
            "Package digest %s. %d patients. Surface tolerance %s mm."
                .formatted(
                    report.modelPackage().digest().hex(),
                    report.all().patients(),
                    number(settings.toleranceMm()))),
        p(
            "Each figure is a mean over the cases that have the segment, with the %s %% interval of %d bootstrap draws by patient (seed %d)."
                .formatted(
                    number(100 * settings.bootstrap().confidence()),
                    settings.bootstrap().draws(),
                    settings.bootstrap().seed())));
  }

  private TableTag segments(GroupSummary group, String heading) {
    List<Measure> measures =
        Arrays.stream(Measure.values())
            .filter(each -> group.segments().stream().anyMatch(s -> s.figure(each).isPresent()))
            .toList();
    return table(
        caption(heading + ": %d cases, %d patients".formatted(group.cases(), group.patients())),
        thead(
            tr(
                th("Segment").attr("scope", "col"),
                each(measures, each -> th(heading(each)).attr("scope", "col")),
                th("missed / added / absent").attr("scope", "col"))),
        tbody(
            each(
                group.segments(),
                summary ->
                    tr(
                        th(label(summary.segmentNumber())).attr("scope", "row"),
                        each(measures, measure -> cell(summary, measure)),
                        td(
                            "%d / %d / %d"
                                .formatted(
                                    summary.missed(), summary.added(), summary.absent()))))));
  }

  private static String heading(Measure measure) {
    return measure.unit().isEmpty()
        ? measure.title()
        : measure.title() + " (" + measure.unit() + ")";
  }

  private static TdTag cell(SegmentSummary summary, Measure measure) {
    return td(summary.figure(measure).map(ReportPage::words).orElse("–"));
  }

  private DomContent worst() {
    return table(
        caption("The least surface Dice first"),
        thead(
            tr(
                each(
                    List.of("Case", "Segment", "Dice", "Surface Dice", "Added path (mm)"),
                    each -> th(each).attr("scope", "col")))),
        tbody(
            each(
                report.worst(),
                one ->
                    tr(
                        th(link(one)).attr("scope", "row"),
                        td(label(one.segmentNumber())).withClass("word"),
                        td(number(one.dice())),
                        td(number(one.surfaceDice())),
                        td(number(one.addedPathMm()))))));
  }

  private DomContent link(WorstCase one) {
    return one.correction() == null
        ? text(one.name())
        : a(one.name()).withHref(editor.resolve("#/quality/case/" + one.correction()).toString());
  }

  private void calibration(List<DomContent> parts) {
    Estimate error = report.all().calibrationError();
    Reliability voxels =
        Reliability.together(report.cases().stream().map(CaseResult::voxels).toList());
    parts.add(
        p(
            "Expected calibration error of the probabilities of voxels: "
                + (error == null ? "not measured" : words(error))
                + "."));
    plot(parts, ReportPlots.reliability(voxels, "Voxels"), "Stated against true, voxels");
    parts.add(bins(voxels, "Voxels"));
    Reliability qualities = StatedQuality.reliability(report);
    if (qualities.count() > 0) {
      parts.add(
          p(
              "Expected calibration error of the stated qualities of segments: %s (acceptable from a Dice of %s on)."
                  .formatted(
                      number(qualities.expectedCalibrationError()),
                      number(report.settings().acceptableDice()))));
      plot(
          parts,
          ReportPlots.reliability(qualities, "Qualities of segments"),
          "Stated against true, qualities of segments");
      parts.add(bins(qualities, "Qualities of segments"));
    }
  }

  private static DomContent bins(Reliability reliability, String heading) {
    return table(
        caption(heading + ", by what was stated"),
        thead(
            tr(
                each(
                    List.of("Count", "Mean stated", "Came true"),
                    each -> th(each).attr("scope", "col")))),
        tbody(
            each(
                reliability.bins().stream().filter(bin -> bin.count() > 0).toList(),
                bin ->
                    tr(
                        td(Long.toString(bin.count())),
                        td(number(bin.meanProbability())),
                        td(number(bin.share()))))));
  }

  private void groups(List<DomContent> parts) {
    List<GroupSummary> groups = report.groups().subList(1, report.groups().size());
    if (groups.isEmpty()) {
      parts.add(p("Neither scanner nor sex, age band or site of any case is known."));
      return;
    }
    for (Segment segment : report.schema().segments()) {
      plot(
          parts,
          ReportPlots.groups(report, segment, Measure.DICE),
          "Dice of " + segment.label() + " by group");
    }
    groups.forEach(group -> parts.add(segments(group, group.title())));
  }

  private DomContent leftOut() {
    Map<String, String> leftOut = report.leftOut();
    if (leftOut.isEmpty()) {
      return text("");
    }
    return each(
        h2("Left out"),
        table(
            caption("Cases that the package refused"),
            tbody(
                each(
                    leftOut.keySet().stream().sorted().toList(),
                    name ->
                        tr(
                            th(name).attr("scope", "row"),
                            td(leftOut.getOrDefault(name, "")).withClass("word"))))));
  }

  static void plot(List<DomContent> parts, String svg, String words) {
    if (!svg.isEmpty()) {
      // A picture of its own: several SVGs in one page would share their ids.
      String data = Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8));
      parts.add(img().withSrc("data:image/svg+xml;base64," + data).withAlt(words));
    }
  }

  private String label(int segment) {
    return report
        .schema()
        .segment(segment)
        .map(each -> each.number() + " " + each.label())
        .orElse("" + segment);
  }

  /** A figure with its interval. */
  public static String words(Estimate estimate) {
    Double low = estimate.low();
    Double high = estimate.high();
    String value = number(estimate.value());
    return low == null || high == null
        ? value
        : "%s [%s, %s]".formatted(value, number(low), number(high));
  }

  private static String number(double value) {
    String form = Math.abs(value) < 10 ? "%.3f" : "%.1f";
    return String.format(Locale.ROOT, form, value);
  }
}
