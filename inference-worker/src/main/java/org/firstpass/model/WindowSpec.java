package org.firstpass.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** In which pieces the network is given its grid. Where padding is needed it is on both sides. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = WindowSpec.Whole.class, name = "whole"),
  @JsonSubTypes.Type(value = WindowSpec.Sliding.class, name = "sliding")
})
public sealed interface WindowSpec {
  double DEFAULT_SIGMA_SCALE = 0.125;

  /** The value with which a grid is padded, after the intensity rule. */
  double padding();

  /**
   * All of it at once.
   *
   * @param multiple each axis is padded to a multiple of this
   */
  record Whole(int multiple, double padding) implements WindowSpec {
    public Whole {
      Requirement.that(multiple >= 1, "windows.multiple must be at least 1, but is " + multiple);
    }
  }

  /**
   * Overlapping windows, placed and blended as MONAI's sliding_window_inference does.
   *
   * @param patch voxels along D, H, W
   * @param overlap share of a window that the next one covers, 0 to below 1
   * @param sigmaScale for Gaussian blending, in window sizes; 0.125 if null
   */
  record Sliding(
      List<Integer> patch,
      double overlap,
      Blending blending,
      @Nullable Double sigmaScale,
      double padding)
      implements WindowSpec {
    public Sliding {
      patch = Requirement.sizes("windows.patch", patch);
      Requirement.that(
          overlap >= 0 && overlap < 1, "windows.overlap must be 0 to below 1, but is " + overlap);
      Requirement.present("windows.blending", blending);
      Requirement.that(
          sigmaScale == null || sigmaScale > 0, "windows.sigmaScale must be above zero");
    }

    public double effectiveSigmaScale() {
      return sigmaScale == null ? DEFAULT_SIGMA_SCALE : sigmaScale;
    }
  }

  /** How much a window's voxel counts where windows overlap. */
  enum Blending {
    /** All alike. */
    CONSTANT,
    /** The centre most. */
    GAUSSIAN
  }
}
