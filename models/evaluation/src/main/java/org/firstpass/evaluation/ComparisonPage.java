package org.firstpass.evaluation;

import static j2html.TagCreator.body;
import static j2html.TagCreator.caption;
import static j2html.TagCreator.document;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.head;
import static j2html.TagCreator.html;
import static j2html.TagCreator.main;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.style;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.title;
import static j2html.TagCreator.tr;

import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Before and after as one page that asks for nothing: a table and a plot for each measure. */
public final class ComparisonPage {
  private ComparisonPage() {}

  /**
   * The page, in HTML.
   *
   * @param before what is compared, in a word or two
   * @param after with what
   * @param sentences that stand before the tables
   */
  public static String of(
      String heading,
      String before,
      String after,
      List<String> sentences,
      List<Comparison> comparisons) {
    Map<String, List<Comparison>> byMeasure = new LinkedHashMap<>();
    comparisons.forEach(
        one -> byMeasure.computeIfAbsent(measure(one), any -> new ArrayList<>()).add(one));
    List<DomContent> parts = new ArrayList<>();
    parts.add(h1(heading));
    sentences.forEach(sentence -> parts.add(p(sentence)));
    byMeasure.forEach(
        (measure, all) -> {
          ReportPage.plot(parts, ReportPlots.comparison(measure, before, after, all), measure);
          parts.add(tableOf(measure, before, after, all));
        });
    return document(
        html(
                head(
                    meta().withCharset("utf-8"),
                    meta().withName("viewport").withContent("width=device-width, initial-scale=1"),
                    title(heading),
                    style(rawHtml(ReportPage.STYLE))),
                body(main(each(parts, part -> part))))
            .withLang("en"));
  }

  private static String measure(Comparison one) {
    return one.unit().isEmpty() ? one.measure() : one.measure() + " (" + one.unit() + ")";
  }

  private static DomContent tableOf(
      String measure, String before, String after, List<Comparison> all) {
    return table(
        caption(measure),
        thead(
            tr(
                each(
                    List.of("Of", before, after, "Cases", "Intervals"),
                    each -> th(each).attr("scope", "col")))),
        tbody(
            each(
                all,
                one ->
                    tr(
                        th(one.of()).attr("scope", "row"),
                        td(ReportPage.words(one.before())),
                        td(ReportPage.words(one.after())),
                        td(one.before().cases() + ", " + one.after().cases()),
                        td(one.apart() ? "apart" : "overlap").withClass("word")))));
  }
}
