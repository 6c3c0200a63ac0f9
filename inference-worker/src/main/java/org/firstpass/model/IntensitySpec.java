package org.firstpass.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * How rescaled values become what the network was trained on. Statistics are taken over the
 * network's grid before it is cropped.
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

  /** Clipped to lower..upper, then mapped to 0..1. */
  record Window(double lower, double upper) implements IntensitySpec {
    public Window {
      Requirement.that(lower < upper, "intensity.lower must be below intensity.upper");
    }
  }

  /**
   * The value at the lower percentile becomes 0, at the upper 1; 0 and 100 are minimum and maximum.
   *
   * @param clip whether what lies beyond is cut to 0..1
   */
  record Percentiles(double lower, double upper, boolean clip) implements IntensitySpec {
    public Percentiles {
      Requirement.that(
          lower >= 0 && lower < upper && upper <= 100,
          "intensity percentiles must be 0 <= lower < upper <= 100");
    }
  }

  /**
   * (value - mean) / deviation, after clipping if bounds are given.
   *
   * @param mean of the data set; null for the mean of this volume
   * @param deviation of the data set; null for the standard deviation of this volume
   */
  record ZScore(
      @Nullable Double mean,
      @Nullable Double deviation,
      @Nullable Double lower,
      @Nullable Double upper)
      implements IntensitySpec {
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
}
