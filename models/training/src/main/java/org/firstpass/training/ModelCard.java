package org.firstpass.training;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.firstpass.calibration.CalibrationReport;
import org.firstpass.calibration.QualityFigures;
import org.firstpass.phantom.AbdomenSchema;
import org.firstpass.phantom.PhantomSpec;
import org.firstpass.segment.Segment;

/** The model card, with the figures as they were measured. */
final class ModelCard {
  private static final int WORST = 8;

  private static final String TEMPLATE = "model-card.md";

  private ModelCard() {}

  /**
   * The card as Markdown.
   *
   * @param usual scores on phantoms as they are drawn
   * @param hard scores on phantoms of the greatest difficulty
   */
  static String of(GraphFacts graph, List<CaseScore> usual, List<CaseScore> hard) {
    TrainingPlan plan = graph.plan();
    String text = template();
    Map<String, String> facts =
        Map.ofEntries(
            Map.entry("version", PhantomAbdomen.VERSION),
            Map.entry("cases", "" + plan.cases()),
            Map.entry("firstSeed", "" + plan.caseSeed(0)),
            Map.entry("lastSeed", "" + plan.caseSeed(plan.cases() - 1)),
            Map.entry("weights", "" + graph.weights()),
            Map.entry("steps", "" + plan.steps()),
            Map.entry("patch", "" + plan.patch()),
            Map.entry("learningRate", "" + plan.learningRate()),
            Map.entry("usual", table("Unseen phantoms as they are drawn", usual)),
            Map.entry("hard", table("Unseen phantoms of difficulty 1", hard)),
            Map.entry("worst", worst(Stream.concat(usual.stream(), hard.stream()).toList())));
    for (Map.Entry<String, String> fact : facts.entrySet()) {
      text = text.replace("{" + fact.getKey() + "}", fact.getValue());
    }
    return text.stripTrailing() + "\n";
  }

  /**
   * How the calibration did on phantoms that nothing was fitted on, to follow its section.
   *
   * @param cases how many there were
   */
  static String check(QualityFigures figures, int cases) {
    long first = HeldOutPhantoms.CHECK;
    return String.format(
            Locale.ROOT,
            "### Quality on phantoms that nothing was fitted on\n\n"
                + "The phantoms of the calibration have seeds from %d on. Half of all, two by two, were"
                + " scanned with 0 to %d HU of noise added, so that some proposals fail.\n\n"
                + "%d more phantoms (seeds %d to %d, difficulty 0 to 1), %d segments, %.1f %% of"
                + " them acceptable. %s ECE %.4f (%.4f for 1 - uncertainty), Brier score %.4f.\n\n",
            HeldOutPhantoms.CALIBRATION,
            HeldOutPhantoms.MOST_NOISE,
            cases,
            first,
            first + cases - 1,
            figures.reliability().count(),
            100 * figures.acceptableShare(),
            CalibrationReport.correlations(figures),
            figures.reliability().expectedCalibrationError(),
            figures.naive().expectedCalibrationError(),
            figures.brier())
        + CalibrationReport.table(figures.reliability());
  }

  private static String template() {
    try (InputStream in = ModelCard.class.getResourceAsStream(TEMPLATE)) {
      if (in == null) {
        throw new IllegalStateException(TEMPLATE + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String table(String title, List<CaseScore> scores) {
    var text = new StringBuilder();
    long first = scores.get(0).spec().seed();
    long last = scores.get(scores.size() - 1).spec().seed();
    text.append("### " + title + " (seeds " + first + " to " + last + ")\n\n");
    text.append("| segment | network grid, mean | lowest | scan grid, mean | lowest |\n");
    text.append("|---|---|---|---|---|\n");
    for (Segment segment : AbdomenSchema.SCHEMA.segments()) {
      text.append("| ").append(segment.label());
      appendMeanAndLowest(text, scores, segment, CaseScore::networkGrid);
      appendMeanAndLowest(text, scores, segment, CaseScore::sourceGrid);
      text.append(" |\n");
    }
    return text.toString();
  }

  private static String worst(List<CaseScore> scores) {
    record Low(PhantomSpec spec, int label, double dice) {}
    return scores.stream()
        .flatMap(
            score ->
                score.sourceGrid().entrySet().stream()
                    .map(entry -> new Low(score.spec(), entry.getKey(), entry.getValue())))
        .sorted(Comparator.comparingDouble(Low::dice))
        .limit(WORST)
        .map(
            low ->
                String.format(
                    Locale.ROOT,
                    "- %s, seed %d, difficulty %.2f: %.3f\n",
                    AbdomenSchema.SCHEMA.segment(low.label()).map(Segment::label).orElse("?"),
                    low.spec().seed(),
                    low.spec().difficulty(),
                    low.dice()))
        .collect(Collectors.joining());
  }

  private static void appendMeanAndLowest(
      StringBuilder text,
      List<CaseScore> scores,
      Segment segment,
      Function<CaseScore, Map<Integer, Double>> grid) {
    double[] dice =
        scores.stream()
            .map(grid)
            .filter(byLabel -> byLabel.containsKey(segment.number()))
            .mapToDouble(byLabel -> byLabel.getOrDefault(segment.number(), 0.0))
            .sorted()
            .toArray();
    double sum = 0;
    for (double value : dice) {
      sum += value;
    }
    text.append(String.format(Locale.ROOT, " | %.3f | %.3f", sum / dice.length, dice[0]));
  }
}
