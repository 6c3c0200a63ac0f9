package org.firstpass.prepare;

import org.firstpass.geometry.GridGeometry;
import org.firstpass.model.OutsideSpec;
import org.firstpass.model.ResamplingSpec;
import org.firstpass.volume.GridAxis;
import org.firstpass.volume.Interpolation;
import org.jspecify.annotations.Nullable;

/**
 * Values of one grid on another in its frame of reference.
 *
 * <p>A voxel reaches half a voxel beyond its centre. Within that reach the border counts as it is;
 * further out is outside.
 *
 * @param interpolation how values between voxels are found; what is found by the cubic spline is
 *     kept within the range of the values
 * @param separateAcross the axis of the target grid across which slices are interpolated on their
 *     own and along which the nearest one is taken; null for none. It counts where the axes of both
 *     grids are parallel: otherwise there are no slices to be told apart
 * @param outside the value of what is outside; null for that of the nearest voxel
 */
record GridResampling(
    Interpolation interpolation, @Nullable GridAxis separateAcross, @Nullable Float outside) {

  /** As a manifest says. */
  static GridResampling of(
      ResamplingSpec spec, @Nullable GridAxis separateAcross, OutsideSpec outside) {
    Interpolation interpolation =
        switch (spec.interpolation()) {
          case NEAREST -> Interpolation.NEAREST;
          case LINEAR -> Interpolation.LINEAR;
          case CUBIC -> Interpolation.CUBIC;
        };
    Float constant = outside instanceof OutsideSpec.Constant of ? (float) of.value() : null;
    return new GridResampling(interpolation, separateAcross, constant);
  }

  /** With what is outside after an intensity rule. */
  GridResampling after(Intensity intensity) {
    return outside == null
        ? this
        : new GridResampling(interpolation, separateAcross, intensity.of(outside));
  }

  /**
   * The values on the other grid, order slice, row, column.
   *
   * @param lines the values
   * @param from where they lie
   * @param to in the same frame of reference
   */
  float[] onto(ValueLines lines, GridGeometry from, GridGeometry to) {
    AlignedAxes axes = AlignedAxes.between(to, from).orElse(null);
    if (axes == null) {
      return new ObliqueResampling(lines, from, to, this).run();
    }
    float[] values = new AlignedResampling(lines, axes, to.size(), this).run();
    var finish = new AlignedFinish(axes, lines.size(), to.size());
    if (interpolation == Interpolation.CUBIC) {
      finish.clip(values, lines, separateAcross);
    }
    if (outside != null) {
      finish.fillOutside(values, outside);
    }
    return values;
  }
}
