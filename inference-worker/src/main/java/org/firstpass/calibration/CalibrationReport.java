package org.firstpass.calibration;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.firstpass.model.CalibrationSpec;
import org.firstpass.model.LabelSpec.ExpectedShape;
import org.firstpass.model.LabelSpec.LabelledChannel;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.Range;
import org.firstpass.study.Sha256;

/** A calibration as a section of a model card, in Markdown. */
public final class CalibrationReport {
  private static final String HEADING = "## Calibration";

  private CalibrationReport() {}

  /** A card with this calibration's section, in the place of an older one if there is one. */
  static String into(String card, ModelManifest manifest, Calibration calibration) {
    String section = of(manifest, calibration);
    String renamed = renamed(card, manifest);
    int from = renamed.indexOf("\n" + HEADING + "\n");
    if (from < 0) {
      return renamed.stripTrailing() + "\n\n" + section;
    }
    int next = renamed.indexOf("\n## ", from + HEADING.length());
    String rest = next < 0 ? "" : "\n" + renamed.substring(next + 1);
    return renamed.substring(0, from).stripTrailing() + "\n\n" + section + rest;
  }

  /** The first heading has the version. */
  private static String renamed(String card, ModelManifest manifest) {
    return card.replaceFirst(
        "(?m)\\A# " + manifest.name() + " [0-9]\\S*$", "# " + manifest.label());
  }

  /** The section. */
  public static String of(ModelManifest manifest, Calibration calibration) {
    return HEADING
        + "\n\n"
        + introduction(calibration)
        + voxels(calibration)
        + quality(calibration)
        + shapes(manifest, calibration.expected());
  }

  private static String introduction(Calibration calibration) {
    StringBuilder text = new StringBuilder();
    text.append(
        line(
            "Made on %d held-out cases, %d segments (SHA-256 of the cases' names, by name, one a"
                + " line: %s). The cases were split alternately by name into two halves; every"
                + " figure here is of one half judged by what was fitted on the other. What the"
                + " manifest has was fitted on all of them in the same way.",
            calibration.cases().size(), calibration.spec().cases(), digest(calibration.cases())));
    if (!calibration.leftOut().isEmpty()) {
      text.append(
          line(
              "%d more cases were left out because the package refused them.",
              calibration.leftOut().size()));
    }
    return text
        + line(
            "ECE is the expected calibration error: over ten bins of equal width, the distance of"
                + " the mean stated probability from the share that came true, weighted by how"
                + " many are in the bin (Naeini, Cooper, Hauskrecht, AAAI 2015; Guo et al., ICML"
                + " 2017).");
  }

  private static String voxels(Calibration calibration) {
    VoxelFigures figures = calibration.voxels();
    CalibrationSpec spec = calibration.spec();
    return "### Probabilities of voxels\n\n"
        + line(
            "Temperature %s: logits are divided by it. On %d voxels on the network's grid, of"
                + " segments and their rims, drawn evenly; sure and right background far away is"
                + " not counted.",
            number(spec.temperature()), figures.voxels())
        + "| | before | after |\n|---|---|---|\n"
        + row(
            "ECE of the probability of what was chosen",
            figures.before().expectedCalibrationError(),
            figures.after().expectedCalibrationError())
        + row(
            "negative log-likelihood, nats", figures.likelihoodBefore(), figures.likelihoodAfter())
        + "\n";
  }

  private static String quality(Calibration calibration) {
    QualityFigures figures = calibration.quality();
    CalibrationSpec spec = calibration.spec();
    return "### Quality of segments\n\n"
        + line(
            "The probability that a segment reaches a Dice of %s on the grid of the series; %.1f %%"
                + " of them did. It is the logistic function of %s %s x uncertainty %s x (1 -"
                + " agreement) %s x number of warnings.",
            number(spec.acceptableDice()),
            100 * figures.acceptableShare(),
            number(spec.intercept()),
            signed(spec.entropy()),
            signed(spec.disagreement()),
            signed(spec.warning()))
        + "| | before (1 - uncertainty) | after |\n|---|---|---|\n"
        + row(
            "ECE",
            figures.naive().expectedCalibrationError(),
            figures.reliability().expectedCalibrationError())
        + "\n"
        + line("Brier score %.4f. %s", figures.brier(), correlations(figures))
        + table(figures.reliability());
  }

  /** How quality and Dice go together, in a sentence. */
  public static String correlations(QualityFigures figures) {
    return String.format(
        Locale.ROOT,
        "Correlation of quality with Dice: Pearson %.3f, Spearman %.3f over all segments; within a"
            + " segment, mean over the segments: Pearson %.3f, Spearman %.3f.",
        figures.withDice().pearson(),
        figures.withDice().spearman(),
        figures.withinSegments().pearson(),
        figures.withinSegments().spearman());
  }

  /** A reliability table in Markdown. */
  public static String table(Reliability reliability) {
    StringBuilder text =
        new StringBuilder("| stated | segments | mean stated | came true |\n|---|---|---|---|\n");
    for (int bin = 0; bin < Reliability.BINS; bin++) {
      Reliability.Bin each = reliability.bins().get(bin);
      String stated = String.format(Locale.ROOT, "%.1f to %.1f", bin / 10.0, (bin + 1) / 10.0);
      text.append(
          each.count() == 0
              ? "| %s | 0 | | |\n".formatted(stated)
              : String.format(
                  Locale.ROOT,
                  "| %s | %d | %.3f | %.3f |\n",
                  stated,
                  each.count(),
                  each.meanProbability(),
                  each.share()));
    }
    return text + "\n";
  }

  private static String shapes(ModelManifest manifest, Map<Integer, ExpectedShape> expected) {
    StringBuilder text = new StringBuilder("### Usual shapes\n\n");
    text.append(
        line(
            "By the reference labels; the smallest volume divided and the largest multiplied by"
                + " %.2f. What lies outside is told to the reader as a warning.",
            ExpectedShapes.MARGIN));
    text.append(
        "| segment | volume, ml | components | may touch the border |\n|---|---|---|---|\n");
    for (LabelledChannel labelled : manifest.labels().segments()) {
      ExpectedShape shape = expected.get(labelled.segment().number());
      Range volume = shape == null ? null : shape.volumeMl();
      Integer most = shape == null ? null : shape.maximumComponents();
      text.append(
          "| %s | %s | %s | %s |\n"
              .formatted(
                  labelled.segment().label(),
                  volume == null ? "any" : volume,
                  most == null ? "any" : "at most " + most,
                  shape == null || shape.edgeIsUsual() ? "yes" : "no"));
    }
    return text.toString();
  }

  /** Not the names themselves: those of files may tell of patients. */
  private static Sha256 digest(List<String> names) {
    return Sha256.of((String.join("\n", names) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static String row(String name, double before, double after) {
    return String.format(Locale.ROOT, "| %s | %.4f | %.4f |\n", name, before, after);
  }

  private static String signed(double value) {
    return (value < 0 ? "- " : "+ ") + number(Math.abs(value));
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.4f", value);
    return text.replaceFirst("\\.?0+$", "");
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values) + "\n\n";
  }
}
