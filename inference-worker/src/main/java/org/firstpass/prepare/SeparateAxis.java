package org.firstpass.prepare;

import java.util.List;
import java.util.Optional;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.Spacing;
import org.firstpass.model.GridSpec;
import org.firstpass.model.InputSpec;
import org.firstpass.model.ModelManifest;
import org.firstpass.volume.GridAxis;
import org.firstpass.volume.SliceSeparation;

/**
 * Across which axis of the network's grid slices are interpolated on their own, by the manifest's
 * rule for anisotropic grids.
 *
 * @see "nnunetv2/preprocessing/resampling/default_resampling.py"
 */
final class SeparateAxis {
  private SeparateAxis() {}

  /** On the way to the network: the grid that is left is that of the series. */
  static Optional<GridAxis> onTheWayThere(
      GridGeometry source, GridGeometry network, InputSpec input) {
    return axis(turned(source, network), wanted(turned(source, network), input), input);
  }

  /** On the way back: the grid that is left is the network's. */
  static Optional<GridAxis> onTheWayBack(
      GridGeometry source, GridGeometry network, ModelManifest manifest) {
    InputSpec input = manifest.input();
    return axis(wanted(turned(source, network), input), turned(source, network), input);
  }

  private static Optional<GridAxis> axis(Spacing current, Spacing target, InputSpec input) {
    Double threshold = input.effectiveResampling().anisotropy();
    if (threshold == null) {
      return Optional.empty();
    }
    if (isAnisotropic(current, threshold)) {
      return SliceSeparation.ALWAYS.axis(current, target);
    }
    return isAnisotropic(target, threshold)
        ? SliceSeparation.ALWAYS.axis(target, current)
        : Optional.empty();
  }

  private static boolean isAnisotropic(Spacing spacing, double threshold) {
    double least = Math.min(spacing.column(), Math.min(spacing.row(), spacing.slice()));
    double most = Math.max(spacing.column(), Math.max(spacing.row(), spacing.slice()));
    return most / least > threshold;
  }

  /** The spacing that the manifest states, not what it was fitted to. */
  private static Spacing wanted(Spacing source, InputSpec input) {
    if (!(input.grid() instanceof GridSpec.Spaced spaced)) {
      return source;
    }
    List<Double> stated = spaced.spacing();
    return new Spacing(
        stated.get(2) > 0 ? stated.get(2) : source.column(),
        stated.get(1) > 0 ? stated.get(1) : source.row(),
        stated.get(0) > 0 ? stated.get(0) : source.slice());
  }

  /** The spacing of the series in the order of the network's axes. */
  private static Spacing turned(GridGeometry source, GridGeometry network) {
    AlignedAxes axes =
        AlignedAxes.between(source, network)
            .orElseThrow(() -> new IllegalArgumentException("the axes must be parallel"));
    return new Spacing(
        axes.along(GridAxis.COLUMN).spacing(source.spacing()),
        axes.along(GridAxis.ROW).spacing(source.spacing()),
        axes.along(GridAxis.SLICE).spacing(source.spacing()));
  }
}
