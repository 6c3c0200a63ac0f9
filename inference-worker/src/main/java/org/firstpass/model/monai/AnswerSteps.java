package org.firstpass.model.monai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.firstpass.model.LabelSpec.CleanUp;
import org.firstpass.model.OutputSpec.Activation;
import org.firstpass.model.importing.ImportNotes;
import org.jspecify.annotations.Nullable;

/**
 * The postprocessing of a bundle, step by step in its order.
 *
 * @see <a href="https://docs.monai.io/en/stable/transforms.html">MONAI transforms,
 *     post-processing</a>
 */
final class AnswerSteps {
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "SaveImage",
          "EnsureType",
          "ToTensor",
          "ToDevice",
          "CastToType",
          "SelectItems",
          "DeleteItems",
          "CopyItems",
          "Identity",
          "DataStats");

  private static final Set<String> KNOWN =
      Set.of(
          "Activations",
          "AsDiscrete",
          "Invert",
          "KeepLargestConnectedComponent",
          "RemoveSmallObjects",
          "FillHoles",
          "LabelFilter");

  private static final double CUBIC_MILLIMETRES_PER_ML = 1000;
  private static final double USUAL_SMALLEST = 64;

  private final PreparationSteps preparation;
  private final ImportNotes notes;
  private final Set<Integer> channels;
  private final String output;
  private final Map<Integer, CleanUp> cleanUps = new TreeMap<>();
  private Set<Integer> kept;
  private boolean softmax;
  private boolean sigmoid;
  private boolean argmax;
  private boolean inverted;
  private @Nullable Double threshold;

  private AnswerSteps(
      PreparationSteps preparation, Set<Integer> channels, String output, ImportNotes notes) {
    this.preparation = preparation;
    this.channels = channels;
    this.output = output;
    this.kept = channels;
    this.notes = notes;
  }

  /**
   * @param channels those that are segments, background not among them
   * @param output the key of the network's answer
   */
  static AnswerSteps of(
      List<BundleStep> steps,
      PreparationSteps preparation,
      Set<Integer> channels,
      String output,
      ImportNotes notes) {
    var answer = new AnswerSteps(preparation, channels, output, notes);
    steps.forEach(answer::take);
    return answer;
  }

  Activation activation() {
    if (sigmoid) {
      return Activation.SIGMOID;
    }
    if (softmax || argmax) {
      return Activation.SOFTMAX;
    }
    if (threshold != null) {
      notes.check(
          "output.activation FRACTION: the bundle cuts the graph's answer at "
              + threshold
              + " as it is; if these are logits and not fractions, say SIGMOID");
      return Activation.FRACTION;
    }
    notes.check("output.activation SOFTMAX: the bundle does not say how its answer is read");
    return Activation.SOFTMAX;
  }

  @Nullable Double threshold() {
    return activation().standsAlone() ? threshold : null;
  }

  /** What is done to a channel's segment, null for nothing. */
  @Nullable CleanUp cleanUp(int channel) {
    return cleanUps.get(channel);
  }

  boolean keeps(int channel) {
    return kept.contains(channel);
  }

  private void take(BundleStep step) {
    if (step.among(WITHOUT_EFFECT).isPresent()) {
      return;
    }
    requireTheAnswer(step);
    switch (step.among(KNOWN).orElse("")) {
      case "Activations" -> activate(step);
      case "AsDiscrete" -> decide(step);
      case "Invert" -> invert(step);
      case "KeepLargestConnectedComponent" -> keepLargest(step);
      case "RemoveSmallObjects" -> removeSmall(step);
      case "FillHoles" -> fill(step);
      case "LabelFilter" -> filter(step);
      default -> throw step.unsupported("no field of a manifest does the same");
    }
  }

  private void requireTheAnswer(BundleStep step) {
    List<String> keys = step.texts("keys");
    if (!keys.isEmpty() && !keys.contains(output)) {
      throw step.unsupported("its keys are " + keys + ", but the answer is " + output);
    }
  }

  private void activate(BundleStep step) {
    step.allow(Set.of("sigmoid", "softmax", "other"));
    if (step.has("other")) {
      throw step.unsupported("its function other would have to be run by Python");
    }
    softmax |= firstFlag(step, "softmax");
    sigmoid |= firstFlag(step, "sigmoid");
    notes.decided("output.activation", step.name());
  }

  private void decide(BundleStep step) {
    step.allow(Set.of("argmax", "to_onehot", "threshold", "rounding"));
    if (step.has("rounding")) {
      throw step.unsupported("rounding cannot be said");
    }
    argmax |= firstFlag(step, "argmax");
    JsonNode cut = first(step.argument("threshold"));
    if (cut.isNumber()) {
      threshold = cut.asDouble();
    }
  }

  private void invert(BundleStep step) {
    inverted = true;
    notes.decided(
        "the way back", "interpolates the answer linearly and chooses then, whatever Invert says");
    if (argmax || threshold != null) {
      notes.check(
          "Invert comes after the choice in the bundle and takes the nearest label; here the"
              + " choice comes last, which is smoother at borders");
    }
  }

  private void keepLargest(BundleStep step) {
    step.allow(
        Set.of("applied_labels", "is_onehot", "independent", "connectivity", "num_components"));
    step.require("num_components", "1");
    step.require("connectivity", "3");
    Set<Integer> applied = applied(step);
    if (!step.flag("independent", true) && applied.size() > 1) {
      throw step.unsupported(
          "independent false keeps the largest component of all labels together");
    }
    applied.forEach(
        channel -> {
          CleanUp old = old(channel);
          cleanUps.put(channel, new CleanUp(true, old.minimumVolumeMl(), old.fillHoles()));
        });
  }

  private void removeSmall(BundleStep step) {
    step.allow(Set.of("min_size", "connectivity", "independent_channels", "by_measure", "pixdim"));
    double cubicMillimetres =
        step.number("min_size", USUAL_SMALLEST)
            * (step.flag("by_measure", false) ? 1 : voxelVolume(step));
    notes.check(
        "RemoveSmallObjects: voxels that touch by a corner are one component here; MONAI's"
            + " connectivity is "
            + (int) step.number("connectivity", 1));
    channels.forEach(
        channel -> {
          CleanUp old = old(channel);
          cleanUps.put(
              channel,
              new CleanUp(
                  old.largestComponent(),
                  cubicMillimetres / CUBIC_MILLIMETRES_PER_ML,
                  old.fillHoles()));
        });
  }

  private double voxelVolume(BundleStep step) {
    Optional<List<Double>> spacing = preparation.spacing();
    if (inverted || spacing.isEmpty() || spacing.get().contains(0.0)) {
      throw step.unsupported(
          "min_size in voxels of the series is no volume; by_measure true would be one");
    }
    return spacing.get().stream().reduce(1.0, (a, b) -> a * b);
  }

  private void fill(BundleStep step) {
    step.allow(Set.of("applied_labels", "connectivity"));
    applied(step)
        .forEach(
            channel -> {
              CleanUp old = old(channel);
              cleanUps.put(
                  channel, new CleanUp(old.largestComponent(), old.minimumVolumeMl(), true));
            });
  }

  private void filter(BundleStep step) {
    step.allow(Set.of("applied_labels"));
    kept = applied(step);
  }

  private CleanUp old(int channel) {
    CleanUp old = cleanUps.get(channel);
    return old == null ? new CleanUp(false, 0) : old;
  }

  private Set<Integer> applied(BundleStep step) {
    if (!step.has("applied_labels")) {
      return channels;
    }
    Set<Integer> labels = new TreeSet<>();
    step.numbers("applied_labels", 1).forEach(label -> labels.add(label.intValue()));
    var others = new HashSet<>(labels);
    others.removeAll(channels);
    if (!others.isEmpty()) {
      throw step.unsupported("applied_labels " + others + " are no segments, but " + channels);
    }
    return labels;
  }

  private static boolean firstFlag(BundleStep step, String argument) {
    return first(step.argument(argument)).asBoolean(false);
  }

  /** One value per key: that of the answer is the first. */
  private static JsonNode first(JsonNode value) {
    return value.isArray() && !value.isEmpty() ? value.get(0) : value;
  }
}
