package org.firstpass.training.run;

import static j2html.TagCreator.body;
import static j2html.TagCreator.caption;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.head;
import static j2html.TagCreator.html;
import static j2html.TagCreator.img;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.p;
import static j2html.TagCreator.style;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.title;
import static j2html.TagCreator.tr;

import j2html.tags.DomContent;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.firstpass.model.LabelSpec.LabelledChannel;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How a training went, as a page: what it lost, what it reached, what came of each segment. */
final class TrainingPage {
  private static final Color INK = new Color(0x1f, 0x5a, 0xa6);

  /** Losses jump from window to window; the line is the mean of so many. */
  private static final int SMOOTH = 20;

  private final TrainingOutcome outcome;

  private TrainingPage(TrainingOutcome outcome) {
    this.outcome = outcome;
  }

  static String of(TrainingOutcome outcome) {
    return new TrainingPage(outcome).text();
  }

  private String text() {
    String name = outcome.settings().name() + " " + outcome.settings().version();
    List<DomContent> parts = new ArrayList<>();
    parts.add(h1("Training of " + name));
    parts.add(p(outcome.source()));
    parts.add(h2("Loss"));
    parts.add(plot("Loss, mean of " + SMOOTH + " steps", steps(), losses()));
    List<Progress> measured =
        outcome.history().stream().filter(one -> one.validationDice().isPresent()).toList();
    if (!measured.isEmpty()) {
      parts.add(h2("Validation"));
      parts.add(
          plot(
              "Mean Dice for validation",
              measured.stream().map(one -> (double) one.step()).toList(),
              measured.stream().map(one -> one.validationDice().orElseThrow()).toList()));
      parts.add(segments());
    }
    return "<!DOCTYPE html>\n"
        + html(
                head(
                    meta().withCharset("utf-8"),
                    title("Training of " + name),
                    style(
                        "body{font:16px sans-serif;max-width:50em;margin:2em auto}"
                            + "td,th{padding:.2em 1em;text-align:left}")),
                body(each(parts, part -> part)))
            .attr("lang", "en")
            .render()
        + "\n";
  }

  private DomContent segments() {
    return table(
        caption("Dice for validation, on the grid of the series"),
        thead(
            tr(each(List.of("Segment", "Before", "After"), each -> th(each).attr("scope", "col")))),
        tbody(
            each(
                outcome.base().manifest().labels().segments(),
                labelled ->
                    tr(
                        th(labelled.segment().label()).attr("scope", "row"),
                        td(before(labelled)),
                        td(after(labelled))))));
  }

  private String before(LabelledChannel labelled) {
    return figure(outcome.before().dice().get(labelled.segment().number()));
  }

  private String after(LabelledChannel labelled) {
    return figure(outcome.after().dice().get(labelled.segment().number()));
  }

  private static String figure(@org.jspecify.annotations.Nullable Double dice) {
    return dice == null ? "–" : String.format(Locale.ROOT, "%.3f", dice);
  }

  private List<Double> steps() {
    return outcome.history().stream().map(one -> (double) one.step()).toList();
  }

  private List<Double> losses() {
    List<Double> means = new ArrayList<>();
    double sum = 0;
    List<Progress> history = outcome.history();
    for (int i = 0; i < history.size(); i++) {
      sum += history.get(i).loss();
      if (i >= SMOOTH) {
        sum -= history.get(i - SMOOTH).loss();
      }
      means.add(sum / Math.min(i + 1, SMOOTH));
    }
    return means;
  }

  private static DomContent plot(String words, List<Double> steps, List<Double> values) {
    XYChart chart =
        new XYChartBuilder().width(720).height(320).title(words).xAxisTitle("step").build();
    chart.getStyler().setLegendVisible(false).setChartBackgroundColor(Color.WHITE);
    chart.addSeries(words, steps, values).setMarker(SeriesMarkers.NONE).setLineColor(INK);
    var bytes = new ByteArrayOutputStream();
    try {
      VectorGraphicsEncoder.saveVectorGraphic(chart, bytes, VectorGraphicsFormat.SVG);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String data = Base64.getEncoder().encodeToString(bytes.toByteArray());
    return img().withSrc("data:image/svg+xml;base64," + data).withAlt(words);
  }
}
