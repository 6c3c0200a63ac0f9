package org.firstpass.evaluation.simulation;

import static j2html.TagCreator.body;
import static j2html.TagCreator.document;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h1;
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
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.title;
import static j2html.TagCreator.tr;

import j2html.tags.DomContent;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.firstpass.evaluation.simulation.LearningCurves.Curve;
import org.firstpass.evaluation.simulation.LearningCurves.Interval;
import org.firstpass.evaluation.simulation.LearningCurves.Point;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Learning curves as one page that asks for nothing; every number of the plot is in a table. */
public final class CurvePage {
  private static final String STYLE =
      """
      body{font:16px/1.5 system-ui,sans-serif;max-width:76rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}
      table{border-collapse:collapse;margin:1rem 0}th,td{border:1px solid #999;padding:.25rem .6rem;text-align:right}
      th{background:#eee}img{max-width:100%;display:block;margin:1rem 0}
      """;

  private static final List<Color> INKS =
      List.of(
          new Color(0x55, 0x55, 0x55),
          new Color(0x1f, 0x5a, 0xa6),
          new Color(0xb3, 0x4d, 0x00),
          new Color(0x0b, 0x7a, 0x4b),
          new Color(0x8a, 0x1f, 0x8a));

  private CurvePage() {}

  /** The page, in HTML. */
  public static String of(LearningCurves curves) {
    String heading = "Learning curves of selection strategies";
    String plot = "data:image/svg+xml;base64," + Base64.getEncoder().encodeToString(svg(curves));
    return document(
        html(
                head(
                    meta().withCharset("utf-8"),
                    meta().withName("viewport").withContent("width=device-width, initial-scale=1"),
                    title(heading),
                    style(rawHtml(STYLE))),
                body(
                    main(
                        h1(heading),
                        p(introduction(curves)),
                        img().withSrc(plot).withAlt("Dice by number of cases; numbers below"),
                        gains(curves),
                        points(curves),
                        p(
                            "The learner is a voxel classifier, not the network that is to be"
                                + " trained, and what helps the one need not help the other. Cases"
                                + " are chosen one by one from a set that was itself selected."
                                + " Intervals are over seeds on these cases, not over other"
                                + " patients."))))
            .withLang("en"));
  }

  private static String introduction(LearningCurves curves) {
    return String.format(
        Locale.ROOT,
        "Chosen among %d cases, measured on %d held out, %d seeds; of the picks after the first a"
            + " share of %.2f is by lot under every strategy. Means over seeds with 95 %% intervals.",
        curves.pool(),
        curves.heldOut(),
        curves.seeds(),
        curves.randomShare());
  }

  private static DomContent gains(LearningCurves curves) {
    return table(
        thead(tr(th("strategy"), th("gain over random order, mean Dice over the curve"))),
        tbody(
            each(
                curves.curves().stream().filter(curve -> curve.gain() != null).toList(),
                curve -> tr(th(name(curve)), td(words(curve.gain()))))));
  }

  private static DomContent points(LearningCurves curves) {
    List<Point> first = curves.curves().get(0).points();
    return table(
        thead(tr(th("cases"), each(curves.curves(), curve -> th(name(curve))))),
        tbody(
            each(
                first,
                point ->
                    tr(
                        th(Integer.toString(point.cases())),
                        each(
                            curves.curves(),
                            curve -> td(words(curve.points().get(point.cases() - 1).dice())))))));
  }

  private static String name(Curve curve) {
    return curve.rule().name().toLowerCase(Locale.ROOT);
  }

  /** A mean with its interval. */
  public static String words(@Nullable Interval interval) {
    return interval == null
        ? ""
        : String.format(
            Locale.ROOT, "%.3f (%.3f to %.3f)", interval.mean(), interval.low(), interval.high());
  }

  /** The curves as an SVG. */
  static byte[] svg(LearningCurves curves) {
    XYChart chart =
        new XYChartBuilder()
            .width(960)
            .height(480)
            .title("Dice on held-out cases")
            .xAxisTitle("cases trained on")
            .yAxisTitle("Dice")
            .build();
    chart
        .getStyler()
        .setLegendPosition(Styler.LegendPosition.InsideSE)
        .setChartBackgroundColor(Color.WHITE);
    for (int at = 0; at < curves.curves().size(); at++) {
      Curve curve = curves.curves().get(at);
      List<Integer> cases = curve.points().stream().map(Point::cases).toList();
      List<Double> dice = curve.points().stream().map(point -> point.dice().mean()).toList();
      List<Double> half =
          curve.points().stream()
              .map(point -> (point.dice().high() - point.dice().low()) / 2)
              .toList();
      Color ink = INKS.get(at % INKS.size());
      chart
          .addSeries(name(curve), cases, dice, half)
          .setMarker(SeriesMarkers.CIRCLE)
          .setMarkerColor(ink)
          .setLineColor(ink);
    }
    var bytes = new ByteArrayOutputStream();
    try {
      VectorGraphicsEncoder.saveVectorGraphic(chart, bytes, VectorGraphicsFormat.SVG);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
