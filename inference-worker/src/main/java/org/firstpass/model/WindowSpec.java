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
   * The tensor axes (0 for D, 1 for H, 2 for W) over which the input is mirrored: the network runs
   * once per subset of them, and what it says is turned back and averaged.
   */
  List<Integer> mirror();

  /**
   * All of it at once; of a 2-D network all of a slice.
   *
   * @param multiple each axis is padded to a multiple of this
   */
  record Whole(int multiple, double padding, List<Integer> mirror) implements WindowSpec {
    public Whole {
      Requirement.that(multiple >= 1, "windows.multiple must be at least 1, but is " + multiple);
      Requirement.finite("windows.padding", padding);
      mirror = axes(mirror);
    }

    /** Without mirroring. */
    public Whole(int multiple, double padding) {
      this(multiple, padding, List.of());
    }
  }

  /**
   * Overlapping windows.
   *
   * @param patch voxels along D, H, W; D is 1 for a 2-D network
   * @param overlap share of a window that the next one covers, 0 to below 1
   * @param sigmaScale for Gaussian blending, in window sizes; 0.125 if null
   * @param placement by whose rules windows are placed and weighted; MONAI's if null
   * @param batch the most windows that the network may be given at once; 1 if null
   * @param skipBelow windows without any value of the first channel above this (after the intensity
   *     rule) are not run and count as background; null to run all
   */
  record Sliding(
      List<Integer> patch,
      double overlap,
      Blending blending,
      @Nullable Double sigmaScale,
      double padding,
      @Nullable Placement placement,
      List<Integer> mirror,
      @Nullable Integer batch,
      @Nullable Double skipBelow)
      implements WindowSpec {
    /** As MONAI places and weighs them, one at a time, without mirroring. */
    public Sliding(
        List<Integer> patch,
        double overlap,
        Blending blending,
        @Nullable Double sigmaScale,
        double padding) {
      this(patch, overlap, blending, sigmaScale, padding, null, List.of(), null, null);
    }

    public Sliding {
      patch = Requirement.sizes("windows.patch", patch);
      Requirement.that(
          overlap >= 0 && overlap < 1, "windows.overlap must be 0 to below 1, but is " + overlap);
      Requirement.present("windows.blending", blending);
      Requirement.that(
          sigmaScale == null || sigmaScale > 0, "windows.sigmaScale must be above zero");
      Requirement.that(
          sigmaScale == null || blending == Blending.GAUSSIAN,
          "windows.sigmaScale is for windows.blending GAUSSIAN");
      Requirement.finite("windows.padding", padding);
      Requirement.finite("windows.skipBelow", skipBelow);
      mirror = axes(mirror);
      Requirement.that(batch == null || batch >= 1, "windows.batch must be at least 1");
    }

    public Placement effectivePlacement() {
      return placement == null ? Placement.MONAI : placement;
    }

    public int effectiveBatch() {
      return batch == null ? 1 : batch;
    }

    public double effectiveSigmaScale() {
      return sigmaScale == null ? DEFAULT_SIGMA_SCALE : sigmaScale;
    }
  }

  /** By whose rules windows are placed and weighted. */
  enum Placement {
    /** sliding_window_inference. */
    MONAI,
    /** predict_sliding_window_return_logits of nnU-Net v2. */
    NNUNET
  }

  /** How much a window's voxel counts where windows overlap. */
  enum Blending {
    /** All alike. */
    CONSTANT,
    /** The centre most. */
    GAUSSIAN
  }

  private static List<Integer> axes(@Nullable List<Integer> mirror) {
    List<Integer> checked = Requirement.list("windows.mirror", mirror);
    Requirement.that(
        checked.stream().allMatch(axis -> axis >= 0 && axis <= 2)
            && checked.stream().distinct().count() == checked.size(),
        "windows.mirror has axes 0, 1, 2, each once, but is " + checked);
    return checked;
  }
}
