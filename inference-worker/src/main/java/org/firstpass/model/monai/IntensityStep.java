package org.firstpass.model.monai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.firstpass.model.IntensitySpec;

/**
 * MONAI's intensity transforms as rules of a manifest.
 *
 * @see <a href="https://docs.monai.io/en/stable/transforms.html">MONAI transforms, intensity</a>
 */
final class IntensityStep {
  static final Set<String> NAMES =
      Set.of(
          "ScaleIntensityRange",
          "ScaleIntensityRangePercentiles",
          "ScaleIntensity",
          "NormalizeIntensity");

  private static final double ALL = 100;

  private final BundleStep step;
  private final String name;
  private final boolean severalChannels;

  IntensityStep(BundleStep step, String name, boolean severalChannels) {
    this.step = step;
    this.name = name;
    this.severalChannels = severalChannels;
  }

  /**
   * The rule of each channel.
   *
   * @param before the rule that the bundle applied before, empty if this is the first
   */
  IntensitySpec rule(Optional<IntensitySpec> before) {
    IntensitySpec rule =
        switch (name) {
          case "ScaleIntensityRange" -> range();
          case "ScaleIntensityRangePercentiles" -> percentiles();
          case "ScaleIntensity" -> minimumToMaximum();
          default -> score();
        };
    if (before.isPresent() && !isUndoneBy(before.get(), rule)) {
      throw step.unsupported(
          "a channel has one intensity rule, and " + before.get() + " comes before it");
    }
    return rule;
  }

  /** What only shifts and stretches all values alike makes no difference to their order. */
  private static boolean isUndoneBy(IntensitySpec before, IntensitySpec rule) {
    boolean linear =
        before instanceof IntensitySpec.ZScore score
                && score.lower() == null
                && score.upper() == null
                && !score.countsNonZeroOnly()
            || before instanceof IntensitySpec.Window window && !window.clips()
            || before instanceof IntensitySpec.Percentiles ranks
                && !ranks.clip()
                && !ranks.countsNonZeroOnly();
    boolean relative =
        rule instanceof IntensitySpec.Percentiles ranks && !ranks.countsNonZeroOnly()
            || rule instanceof IntensitySpec.ZScore score
                && score.mean() == null
                && !score.countsNonZeroOnly();
    return linear && relative;
  }

  private IntensitySpec range() {
    step.allow(Set.of("a_min", "a_max", "b_min", "b_max", "clip"));
    return new IntensitySpec.Window(
        step.number("a_min", Double.NaN),
        step.number("a_max", Double.NaN),
        target("b_min", "b_max"),
        step.flag("clip", false));
  }

  private IntensitySpec percentiles() {
    step.allow(Set.of("lower", "upper", "b_min", "b_max", "clip", "relative", "channel_wise"));
    step.require("relative", "false");
    requireChannelWise();
    return new IntensitySpec.Percentiles(
        step.number("lower", Double.NaN),
        step.number("upper", Double.NaN),
        step.flag("clip", false),
        target("b_min", "b_max"),
        null);
  }

  private IntensitySpec minimumToMaximum() {
    step.allow(Set.of("minv", "maxv", "factor", "channel_wise"));
    if (step.has("factor")) {
      throw step.unsupported("factor multiplies values, which no intensity rule does");
    }
    requireChannelWise();
    return new IntensitySpec.Percentiles(0, ALL, false, target("minv", "maxv"), null);
  }

  private IntensitySpec score() {
    step.allow(Set.of("subtrahend", "divisor", "nonzero", "channel_wise"));
    boolean nonZero = step.flag("nonzero", false);
    if (step.has("subtrahend") != step.has("divisor")) {
      throw step.unsupported("subtrahend and divisor are given together or not at all");
    }
    if (!step.has("subtrahend")) {
      requireChannelWise();
      return new IntensitySpec.ZScore(null, null, null, null, nonZero ? true : null);
    }
    return new IntensitySpec.ZScore(
        only("subtrahend"), only("divisor"), null, null, nonZero ? true : null);
  }

  /** One value for all channels. */
  private double only(String argument) {
    JsonNode value = step.argument(argument);
    if (value.isArray() && value.size() != 1) {
      throw step.unsupported(argument + " must be one value, but is " + value);
    }
    return value.isArray() ? step.numbers(argument, 1).get(0) : step.number(argument, 0);
  }

  private List<Double> target(String low, String high) {
    if (!step.has(low) && !step.has(high)) {
      return List.of();
    }
    return List.of(step.number(low, 0), step.number(high, 1));
  }

  private void requireChannelWise() {
    if (severalChannels && !step.flag("channel_wise", false)) {
      throw step.unsupported(
          "statistics over all channels together (channel_wise false) cannot be said");
    }
  }
}
