package org.firstpass.training;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.firstpass.phantom.AbdomenSchema;
import org.firstpass.segment.Segment;

/** The model card, with the figures as they were measured. */
final class ModelCard {
  private ModelCard() {}

  /**
   * The card as Markdown.
   *
   * @param usual scores on phantoms as they are drawn
   * @param hard scores on phantoms of the greatest difficulty
   */
  static String of(TrainingPlan plan, long weights, List<CaseScore> usual, List<CaseScore> hard) {
    return """
        # phantom-abdomen %s

        A small 3-D U-Net that marks liver, spleen, kidneys, lungs and vertebrae in made-up CT volumes.

        **Intended use: demonstration and tests of Firstpass. It has never seen a patient and is not for
        images of patients.** Its manifest accepts only CT series whose description has the word "phantom".

        ## How it was made
        - Data: %d phantoms of `org.firstpass.phantom` (seeds %d to %d, difficulty 0 to 0.6), scanned with 128
          columns and prepared by the worker's own code. No image of a person was used.
        - Network: %,d weights, four levels of 8, 16, 32 and 32 channels, instance normalisation; input at 5 mm.
        - Training: %,d steps of one window of %s voxels (columns x rows x slices), Adam from %s along a cosine,
          cross-entropy plus Dice, changes of contrast and brightness; no mirroring, because sides matter.
        - Again: `TrainPhantomAbdomen --help` in `models/training`. The same seed on the same machine gives the
          same weights; other processors round differently, so other machines give a network that is as good
          but not equal bit for bit.
        - Weights: the project's own, Apache-2.0.

        ## What was measured
        Dice coefficient, 2 |A and B| / (|A| + |B|), without clean-up, by the worker's code with ONNX Runtime.
        "Network grid" is at 5 mm; "scan grid" is that of the series.

        %s
        %s
        ## Where it goes wrong
        Small spleens next to the stomach, kidneys out of their place, cysts and large lesions at an organ's
        border, liver as bright as muscle, thin parts of vertebrae, and the ends of a scan. That is wanted: a
        reader in the demonstration has something to correct.
        """
        .formatted(
            PhantomAbdomen.VERSION,
            plan.cases(),
            plan.caseSeed(0),
            plan.caseSeed(plan.cases() - 1),
            weights,
            plan.steps(),
            plan.patch(),
            plan.learningRate(),
            table("Unseen phantoms as they are drawn", usual),
            table("Unseen phantoms of difficulty 1", hard));
  }

  private static String table(String title, List<CaseScore> scores) {
    var text = new StringBuilder();
    long first = scores.get(0).spec().seed();
    long last = scores.get(scores.size() - 1).spec().seed();
    text.append("### %s (seeds %d to %d)\n\n".formatted(title, first, last));
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
