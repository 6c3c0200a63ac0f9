package org.firstpass.evaluation;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.firstpass.calibration.Reliability;
import org.firstpass.segment.Segment;
import org.knowm.xchart.BoxChart;
import org.knowm.xchart.BoxChartBuilder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The plots of a report, as SVG. Every one of their numbers stands in a table as well. */
final class ReportPlots {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 320;

  /** Letters that stand side by side below a plot. */
  private static final int LETTERS_IN_A_LINE = 75;

  private static final int SLANT = 35;
  private static final Color INK = new Color(0x1f, 0x5a, 0xa6);
  private static final Color IDEAL = new Color(0x80, 0x80, 0x80);

  private ReportPlots() {}

  /** How a measure spreads over the cases, a box per segment; empty if no case has it. */
  static String spread(EvaluationReport report, Measure measure) {
    BoxChart chart =
        new BoxChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(measure.title() + " of cases")
            .yAxisTitle(measure.unit().isEmpty() ? measure.title() : measure.unit())
            .build();
    plain(chart);
    List<String> names = new ArrayList<>();
    for (Segment segment : report.schema().segments()) {
      List<Double> values = values(report, segment.number(), measure);
      if (!values.isEmpty()) {
        names.add(segment.number() + " " + segment.label());
        chart.addSeries(names.get(names.size() - 1), values).setFillColor(INK);
      }
    }
    slant(chart.getStyler(), names);
    return names.isEmpty() ? "" : svg(chart);
  }

  private static List<Double> values(EvaluationReport report, int segment, Measure measure) {
    return report.cases().stream()
        .flatMap(each -> each.segment(segment).stream())
        .flatMap(found -> measure.of(found).stream())
        .map(share -> share.part() / share.whole())
        .filter(value -> Double.isFinite(value))
        .toList();
  }

  /** What was stated against what came true; empty if nothing was stated. */
  static String reliability(Reliability reliability, String title) {
    List<Double> stated = new ArrayList<>();
    List<Double> came = new ArrayList<>();
    for (Reliability.Bin bin : reliability.bins()) {
      if (bin.count() > 0) {
        stated.add(bin.meanProbability());
        came.add(bin.share());
      }
    }
    if (stated.isEmpty()) {
      return "";
    }
    XYChart chart =
        new XYChartBuilder()
            .width(HEIGHT + HEIGHT / 2)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle("stated")
            .yAxisTitle("came true")
            .build();
    plain(chart);
    chart.getStyler().setXAxisMin(0.0).setXAxisMax(1.0).setYAxisMin(0.0).setYAxisMax(1.0);
    chart
        .addSeries("ideal", List.of(0, 1), List.of(0, 1))
        .setMarker(SeriesMarkers.NONE)
        .setLineColor(IDEAL);
    chart
        .addSeries("stated", stated, came)
        .setMarker(SeriesMarkers.CIRCLE)
        .setMarkerColor(INK)
        .setLineColor(INK);
    return svg(chart);
  }

  /** A measure of one segment in every group, with intervals; empty if there is one group only. */
  static String groups(EvaluationReport report, Segment segment, Measure measure) {
    List<String> names = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    List<Double> errors = new ArrayList<>();
    for (GroupSummary group : report.groups()) {
      group
          .segment(segment.number())
          .flatMap(summary -> summary.figure(measure))
          .ifPresent(
              estimate -> {
                names.add(group.trait() == null ? "all" : group.value());
                values.add(estimate.value());
                errors.add(halfWidth(estimate));
              });
    }
    if (names.size() < 2) {
      return "";
    }
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(measure.title() + " of " + segment.label() + " by group")
            .yAxisTitle(measure.title())
            .build();
    plain(chart);
    chart.addSeries(measure.title(), distinct(names), values, errors).setFillColor(INK);
    slant(chart.getStyler(), names);
    return svg(chart);
  }

  /** Two bars for each, with intervals. */
  static String comparison(String title, String before, String after, List<Comparison> all) {
    CategoryChart chart =
        new CategoryChartBuilder().width(WIDTH).height(HEIGHT).title(title).build();
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    List<String> names = distinct(all.stream().map(Comparison::of).toList());
    addBars(chart, before, names, all.stream().map(Comparison::before).toList(), IDEAL);
    addBars(chart, after, names, all.stream().map(Comparison::after).toList(), INK);
    slant(chart.getStyler(), names);
    return svg(chart);
  }

  private static void addBars(
      CategoryChart chart, String series, List<String> names, List<Estimate> all, Color fill) {
    chart
        .addSeries(
            series,
            names,
            all.stream().map(Estimate::value).toList(),
            all.stream().map(ReportPlots::halfWidth).toList())
        .setFillColor(fill);
  }

  /** The axis of a chart has each name once. */
  private static List<String> distinct(List<String> names) {
    List<String> distinct = new ArrayList<>();
    for (String name : names) {
      String free = name;
      for (int i = 2; distinct.contains(free); i++) {
        free = name + " (" + i + ")";
      }
      distinct.add(free);
    }
    return distinct;
  }

  /** Names that would run into each other side by side. */
  private static void slant(AxesChartStyler styler, List<String> names) {
    if (names.stream().mapToInt(String::length).sum() > LETTERS_IN_A_LINE) {
      styler.setXAxisLabelRotation(SLANT);
    }
  }

  private static double halfWidth(Estimate estimate) {
    Double low = estimate.low();
    Double high = estimate.high();
    return low == null || high == null ? 0 : (high - low) / 2;
  }

  private static void plain(Chart<?, ?> chart) {
    chart.getStyler().setLegendVisible(false).setChartBackgroundColor(Color.WHITE);
  }

  private static String svg(Chart<?, ?> chart) {
    var bytes = new ByteArrayOutputStream();
    try {
      VectorGraphicsEncoder.saveVectorGraphic(chart, bytes, VectorGraphicsFormat.SVG);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
