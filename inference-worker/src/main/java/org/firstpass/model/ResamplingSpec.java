package org.firstpass.model;

import org.jspecify.annotations.Nullable;

/**
 * How values between voxels are found, on the way to the network's grid.
 *
 * @param interpolation within the volume
 * @param anisotropy if one axis of the series or of the network's grid is this many times coarser
 *     than the others, slices across it are interpolated within their plane, and along it the
 *     nearest one is taken, on the way back too: nnU-Net's rule, with 3; null for never
 */
public record ResamplingSpec(Interpolation interpolation, @Nullable Double anisotropy) {
  /** Trilinear, whatever the spacing. */
  public static final ResamplingSpec LINEAR = new ResamplingSpec(Interpolation.LINEAR, null);

  public ResamplingSpec {
    Requirement.present("input.resampling.interpolation", interpolation);
    Requirement.that(
        anisotropy == null || anisotropy > 1 && Double.isFinite(anisotropy),
        "input.resampling.anisotropy must be above 1");
  }

  /** The order of the spline. */
  public enum Interpolation {
    NEAREST,
    LINEAR,
    /** Cubic B-spline, kept within the range of the volume: scikit-image's order 3. */
    CUBIC
  }
}
