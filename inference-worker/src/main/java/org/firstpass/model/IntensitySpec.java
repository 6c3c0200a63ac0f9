package org.firstpass.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How rescaled values become what the network was trained on. Statistics are taken over the
 * network's grid before it is cropped, or with {@code INTENSITY_FIRST} over the voxels of the
 * series after it is cropped.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = IntensitySpec.Raw.class, name = "raw"),
  @JsonSubTypes.Type(value = IntensitySpec.Window.class, name = "window"),
  @JsonSubTypes.Type(value = IntensitySpec.Percentiles.class, name = "percentiles"),
  @JsonSubTypes.Type(value = IntensitySpec.ZScore.class, name = "z-score")
})
public sealed interface IntensitySpec {

  /** As they are; Hounsfield units for CT. */
  record Raw() implements IntensitySpec {}

  /**
   * Lower becomes the first, upper the second value of {@code to}.
   *
   * @param to 0 and 1 if empty
   * @param clip whether what lies beyond is cut; true if null
   */
  record Window(double lower, double upper, List<Double> to, @Nullable Boolean clip)
      implements IntensitySpec {
    public Window {
      Requirement.that(lower < upper, "intensity.lower must be below intensity.upper");
      to = target(to);
    }

    /** Clipped and mapped to 0..1. */
    public Window(double lower, double upper) {
      this(lower, upper, List.of(), null);
    }

    public double low() {
      return to.isEmpty() ? 0 : to.get(0);
    }

    public double high() {
      return to.isEmpty() ? 1 : to.get(1);
    }

    public boolean clips() {
      return clip == null || clip;
    }
  }

  /**
   * The value at the lower percentile becomes the first, at the upper the second value of {@code
   * to}; 0 and 100 are minimum and maximum.
   *
   * @param clip whether what lies beyond is cut
   * @param to 0 and 1 if empty
   * @param nonZero whether only values that are not 0 count and change; false if null
   */
  record Percentiles(
      double lower, double upper, boolean clip, List<Double> to, @Nullable Boolean nonZero)
      implements IntensitySpec {
    public Percentiles {
      Requirement.that(
          lower >= 0 && lower < upper && upper <= 100,
          "intensity percentiles must be 0 <= lower < upper <= 100");
      to = target(to);
    }

    /** Mapped to 0..1, over all values. */
    public Percentiles(double lower, double upper, boolean clip) {
      this(lower, upper, clip, List.of(), null);
    }

    public double low() {
      return to.isEmpty() ? 0 : to.get(0);
    }

    public double high() {
      return to.isEmpty() ? 1 : to.get(1);
    }

    public boolean countsNonZeroOnly() {
      return Boolean.TRUE.equals(nonZero);
    }
  }

  /**
   * (value - mean) / deviation, after clipping if bounds are given.
   *
   * @param mean of the data set; null for the mean of this volume
   * @param deviation of the data set; null for the standard deviation of this volume
   * @param nonZero whether only values that are not 0 count and change, the others staying 0:
   *     MONAI's {@code nonzero}, nnU-Net's {@code use_mask_for_norm}; false if null
   */
  record ZScore(
      @Nullable Double mean,
      @Nullable Double deviation,
      @Nullable Double lower,
      @Nullable Double upper,
      @Nullable Boolean nonZero)
      implements IntensitySpec {
    /** Over all values. */
    public ZScore(
        @Nullable Double mean,
        @Nullable Double deviation,
        @Nullable Double lower,
        @Nullable Double upper) {
      this(mean, deviation, lower, upper, null);
    }

    public boolean countsNonZeroOnly() {
      return Boolean.TRUE.equals(nonZero);
    }

    public ZScore {
      Requirement.that(
          (mean == null) == (deviation == null),
          "intensity.mean and intensity.deviation are given together or not at all");
      Requirement.that(
          deviation == null || deviation > 0, "intensity.deviation must be above zero");
      Requirement.that(
          lower == null || upper == null || lower < upper,
          "intensity.lower must be below intensity.upper");
    }
  }

  private static List<Double> target(@Nullable List<Double> to) {
    List<Double> checked = Requirement.list("intensity.to", to);
    Requirement.that(
        checked.isEmpty() || checked.size() == 2 && checked.get(0) < checked.get(1),
        "intensity.to must be two rising values, but is " + checked);
    return checked;
  }
}
