package org.firstpass.training.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.firstpass.event.EventJson;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.model.LabelSpec.LabelledChannel;
import org.firstpass.training.data.TrainingSet;

/**
 * What came of a training, as its package tells it.
 *
 * @param bestStep after which step the weights are those of the package
 * @param before how well the base does on the cases for validation, nothing without such cases
 * @param after the same of the package
 */
record TrainingOutcome(
    TrainingSettings settings,
    TrainingSet set,
    BasePackage base,
    List<Progress> history,
    int bestStep,
    double seconds,
    Validation before,
    Validation after) {
  private static final String TRAINER = "firstpass-training";

  TrainingOutcome {
    history = List.copyOf(history);
  }

  /** Whether there was a package to train on, and something to measure both on. */
  boolean isCompared() {
    return settings.base().isPresent() && !after.dice().isEmpty();
  }

  /** Whether the package does better than the one that was trained on, as far as is known. */
  boolean isBetter() {
    return isCompared() && after.mean() > before.mean();
  }

  /** Whether it became better, in a sentence. */
  String verdict() {
    return String.format(
        Locale.ROOT,
        "%s on the cases for validation: Dice %.4f, that of the base %.4f.",
        isBetter() ? "Better than its base" : "No better than its base",
        after.mean(),
        before.mean());
  }

  /** The manifest's words on where the weights come from. */
  String source() {
    String made =
        String.format(
            Locale.ROOT,
            "Trained on from %s (SHA-256 %s) with data set %s: step %d of %d, seed %d, %s.",
            base.model().label(),
            base.model().digest(),
            set.hash(),
            bestStep,
            settings.steps(),
            settings.seed(),
            TRAINER);
    return isCompared() ? made + " " + verdict() : made;
  }

  /** What the graph says of itself. */
  Map<String, String> metadata() {
    return Map.of(
        "base", base.model().label() + " " + base.model().digest(),
        "dataset", set.hash().hex(),
        "steps", "" + bestStep,
        "seed", "" + settings.seed());
  }

  /** Model card and figures by their names. */
  Map<String, String> files() {
    return Map.of(
        "model-card.md",
        card(),
        "training.json",
        figures(),
        "training.html",
        TrainingPage.of(this));
  }

  private String figures() {
    var json = new LinkedHashMap<String, Object>();
    json.put("trainer", TRAINER);
    json.put("base", base.model().reference());
    json.put("dataset", set.hash());
    json.put("trainingCases", set.training().size());
    json.put("validationCases", set.validation().size());
    json.put("seed", settings.seed());
    json.put("steps", history.size());
    json.put("bestStep", bestStep);
    json.put("learningRate", settings.rate());
    json.put("seconds", Math.round(seconds));
    json.put("trainedWeights", base.graph().trainedCount());
    json.put("validationDiceBefore", before.dice());
    json.put("validationDiceAfter", after.dice());
    if (isCompared()) {
      json.put("baseDice", before.mean());
      json.put("bestDice", after.mean());
      json.put("better", isBetter());
    }
    json.put("losses", history.stream().map(Progress::loss).toList());
    try {
      return EventJson.mapper()
              .copy()
              .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
              .writerWithDefaultPrettyPrinter()
              .writeValueAsString(json)
          + "\n";
    } catch (JsonProcessingException e) {
      throw new Defect(ReasonCode.UNEXPECTED, "cannot write the figures", e);
    }
  }

  private String card() {
    var text = new StringBuilder();
    text.append("# " + settings.name() + " " + settings.version() + "\n\n");
    text.append(base.manifest().about().title() + ".\n\n");
    text.append("**Intended use: " + base.manifest().about().intendedUse() + "**\n\n");
    text.append("## How it was made\n\n");
    text.append("- " + source() + "\n");
    text.append(
        String.format(
            Locale.ROOT,
            "- %d cases for training, %d for validation; those for testing were not opened.%n",
            set.training().size(),
            set.validation().size()));
    text.append(
        String.format(
            Locale.ROOT,
            "- Windows of %s voxels (columns x rows x slices); Adam from %s along a cosine;"
                + " cross-entropy plus Dice; %d weights trained.%n",
            base.window(),
            settings.rate(),
            base.graph().trainedCount()));
    text.append("- It has no calibration: `deploy/firstpass model calibrate` measures one.\n\n");
    text.append("## What was measured\n\n");
    if (after.dice().isEmpty()) {
      text.append("Nothing: the data set has no case for validation.\n");
      return text.toString();
    }
    if (isCompared()) {
      text.append("**" + verdict() + "**\n\n");
    }
    text.append(
        "Dice on the cases for validation, on the grid of the series, by the worker's own way there"
            + " and back. The best step was chosen by these figures, so they flatter; the gate"
            + " measures on cases for testing.\n\n| segment | before | after |\n|---|---|---|\n");
    for (LabelledChannel labelled : base.manifest().labels().segments()) {
      int number = labelled.segment().number();
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %s |%n",
              labelled.segment().label(),
              figure(before, number),
              figure(after, number)));
    }
    return text.toString();
  }

  private static String figure(Validation validation, int number) {
    Double value = validation.dice().get(number);
    return value == null ? "–" : String.format(Locale.ROOT, "%.3f", value);
  }
}
