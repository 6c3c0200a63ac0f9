package org.firstpass.volume;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.firstpass.geometry.Spacing;

/**
 * Whether a grid is resized slice by slice across its coarsest axis, rather than in all directions
 * at once: nnU-Net's {@code force_separate_z}.
 *
 * @see "nnunetv2/preprocessing/resampling/default_resampling.py"
 */
public enum SliceSeparation {
  /** Where the current grid, or else the target, is anisotropic: nnU-Net's default. */
  WHERE_ANISOTROPIC,
  /** Across the coarsest axis of the current grid. */
  ALWAYS,
  NEVER;

  /** A grid is anisotropic if its largest spacing is more than this many times its smallest. */
  public static final double THRESHOLD = 3;

  /**
   * The axis across which slices are resized on their own, which is the one of the largest spacing;
   * none if they are not, nor if two or three axes share the largest spacing.
   */
  public Optional<GridAxis> axis(Spacing current, Spacing target) {
    return switch (this) {
      case NEVER -> Optional.empty();
      case ALWAYS -> coarsest(current);
      case WHERE_ANISOTROPIC ->
          isAnisotropic(current)
              ? coarsest(current)
              : isAnisotropic(target) ? coarsest(target) : Optional.empty();
    };
  }

  private static boolean isAnisotropic(Spacing spacing) {
    double smallest = Math.min(spacing.column(), Math.min(spacing.row(), spacing.slice()));
    return largest(spacing) / smallest > THRESHOLD;
  }

  private static Optional<GridAxis> coarsest(Spacing spacing) {
    List<GridAxis> axes = new ArrayList<>();
    for (GridAxis axis : GridAxis.values()) {
      // By the quotient, as there: it is 1 for spacings that differ in their last bit alone.
      if (largest(spacing) / axis.spacing(spacing) == 1) {
        axes.add(axis);
      }
    }
    return axes.size() == 1 ? Optional.of(axes.get(0)) : Optional.empty();
  }

  private static double largest(Spacing spacing) {
    return Math.max(spacing.column(), Math.max(spacing.row(), spacing.slice()));
  }
}
