package org.firstpass.prepare;

import java.util.Optional;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.Spacing;
import org.firstpass.model.GridSpec;
import org.firstpass.model.InputSpec;
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
    return turned(source, network).flatMap(series -> axis(series, wanted(series, input), input));
  }

  /** On the way back: the grid that is left is the network's. */
  static Optional<GridAxis> onTheWayBack(
      GridGeometry source, GridGeometry network, InputSpec input) {
    return turned(source, network).flatMap(series -> axis(wanted(series, input), series, input));
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
    return input.grid() instanceof GridSpec.Spaced spaced
        ? NetworkGrids.statedSpacing(source, spaced)
        : source;
  }

  /** The spacing of the series in the order of the network's axes, if they are parallel. */
  private static Optional<Spacing> turned(GridGeometry source, GridGeometry network) {
    return AlignedAxes.between(source, network)
        .map(
            axes ->
                new Spacing(
                    axes.along(GridAxis.COLUMN).spacing(source.spacing()),
                    axes.along(GridAxis.ROW).spacing(source.spacing()),
                    axes.along(GridAxis.SLICE).spacing(source.spacing())));
  }
}
