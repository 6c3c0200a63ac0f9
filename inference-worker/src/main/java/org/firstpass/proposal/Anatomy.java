package org.firstpass.proposal;

import java.util.List;
import java.util.Optional;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.Vector3;
import org.firstpass.geometry.VoxelPosition;
import org.firstpass.model.AnatomicalRule;
import org.firstpass.model.AnatomicalRule.Beyond;
import org.firstpass.model.AnatomicalRule.Direction;
import org.firstpass.model.AnatomicalRule.Near;
import org.firstpass.model.AnatomicalRule.Sides;
import org.firstpass.volume.Component;
import org.firstpass.volume.Components;

/**
 * Anatomical rules, judged in patient space (LPS, mm), so that it does not matter which way the
 * grid of the series lies.
 *
 * <p>A rule that looks from another segment says nothing where that segment was not found: what the
 * network marked then stays. A component that lies exactly on the border of a rule stays too.
 */
final class Anatomy {
  private Anatomy() {}

  /**
   * Mends labels in place.
   *
   * @param labels on the source grid, order slice, row, column, unsigned 16-bit
   */
  static void apply(AnatomicalRule rule, short[] labels, GridGeometry grid) {
    if (rule instanceof Near near) {
      near(near, labels, grid);
    } else if (rule instanceof Sides sides) {
      sides(sides, labels, grid);
    } else if (rule instanceof Beyond beyond) {
      beyond(beyond, labels, grid);
    } else {
      throw new IllegalArgumentException("no such rule: " + rule);
    }
  }

  private static void near(Near rule, short[] labels, GridGeometry grid) {
    Components other = Components.of(labels, grid.size(), rule.to());
    if (other.count() > 0) {
      Components components = Components.of(labels, grid.size(), rule.segment());
      components.keep(labels, components.near(other, grid.spacing(), rule.withinMm()));
    }
  }

  /** Both are looked at before either changes, so that nothing is moved to and fro. */
  private static void sides(Sides rule, short[] labels, GridGeometry grid) {
    Optional<Vector3> midline = centroid(labels, grid, rule.midline());
    if (midline.isEmpty()) {
      return;
    }
    Components left = Components.of(labels, grid.size(), rule.left());
    Components right = Components.of(labels, grid.size(), rule.right());
    // In LPS, x grows to the left.
    double x = midline.get().x();
    left.relabel(labels, piece -> centroid(piece, grid).x() < x, rule.right());
    right.relabel(labels, piece -> centroid(piece, grid).x() > x, rule.left());
  }

  private static void beyond(Beyond rule, short[] labels, GridGeometry grid) {
    Optional<Vector3> from = centroid(labels, grid, rule.from());
    if (from.isPresent()) {
      Vector3 direction = of(rule.direction());
      Components.of(labels, grid.size(), rule.segment())
          .keep(labels, piece -> centroid(piece, grid).minus(from.get()).dot(direction) >= 0);
    }
  }

  private static Vector3 centroid(Component component, GridGeometry grid) {
    VoxelPosition at = component.centroid();
    return grid.toPatient(at.column(), at.row(), at.slice());
  }

  /** The centroid of all of a segment; empty if it was not found. */
  private static Optional<Vector3> centroid(short[] labels, GridGeometry grid, int number) {
    List<Component> pieces = Components.of(labels, grid.size(), number).list();
    long voxels = pieces.stream().mapToLong(Component::voxels).sum();
    return pieces.stream()
        .map(piece -> centroid(piece, grid).times((double) piece.voxels() / voxels))
        .reduce(Vector3::plus);
  }

  /** In LPS. */
  private static Vector3 of(Direction direction) {
    return switch (direction) {
      case LEFT -> new Vector3(1, 0, 0);
      case RIGHT -> new Vector3(-1, 0, 0);
      case FRONT -> new Vector3(0, -1, 0);
      case BACK -> new Vector3(0, 1, 0);
      case HEAD -> new Vector3(0, 0, 1);
      case FEET -> new Vector3(0, 0, -1);
    };
  }
}
