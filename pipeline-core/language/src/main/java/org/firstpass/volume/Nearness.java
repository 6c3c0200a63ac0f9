package org.firstpass.volume;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;

/**
 * Whether components come within a margin of another segment.
 *
 * <p>Boxes settle most; what is left is decided run by run: for each line within the margin, how
 * far the margin goes along the columns there, and whether the other segment has a run in that
 * range. That is exact and takes no memory beside the runs, which a distance transform would.
 */
final class Nearness {
  /** Half a micrometre, so that a margin of so many voxels has the last of them. */
  private static final double ROUNDING_MM = 5e-4;

  private final GridSize size;
  private final Runs ownRuns;
  private final int[][] runsByComponent;
  private final Components other;
  private final Optional<VoxelBox> otherBox;
  private final Spacing spacing;
  private final double marginMm;
  private final List<Offset> offsets;

  /** A line within the margin, and by how many columns the margin reaches there. */
  private record Offset(int rows, int slices, int columns, double squaredMm) {}

  Nearness(Components own, Components other, Spacing spacing, double marginMm) {
    if (!(marginMm >= 0) || Double.isInfinite(marginMm)) {
      throw new IllegalArgumentException("a margin is 0 mm or more, but is " + marginMm + " mm");
    }
    this.size = own.size();
    this.ownRuns = own.runs();
    this.runsByComponent = own.runsByComponent();
    this.other = other;
    this.otherBox = other.list().stream().map(Component::box).reduce(VoxelBox::with);
    this.spacing = spacing;
    this.marginMm = marginMm;
    this.offsets = offsets();
  }

  /** Nearest first: where it is near, that is found soon. */
  private List<Offset> offsets() {
    double margin = marginMm + ROUNDING_MM;
    int rows = (int) Math.min(size.rows() - 1, margin / spacing.row());
    int slices = (int) Math.min(size.slices() - 1, margin / spacing.slice());
    List<Offset> found = new ArrayList<>();
    for (int slice = -slices; slice <= slices; slice++) {
      for (int row = -rows; row <= rows; row++) {
        double squared =
            row * row * spacing.row() * spacing.row()
                + slice * slice * spacing.slice() * spacing.slice();
        double left = margin * margin - squared;
        if (left >= 0) {
          double columns = Math.min(size.columns(), Math.sqrt(left) / spacing.column());
          found.add(new Offset(row, slice, (int) columns, squared));
        }
      }
    }
    found.sort(Comparator.comparingDouble(Offset::squaredMm));
    return found;
  }

  boolean reaches(Component component) {
    VoxelBox around = component.box().grown(marginMm + ROUNDING_MM, spacing, size);
    if (otherBox.isEmpty() || !otherBox.get().meets(around)) {
      return false;
    }
    VoxelBox reached = otherBox.get().grown(marginMm + ROUNDING_MM, spacing, size);
    for (int run : runsByComponent[component.number()]) {
      int line = ownRuns.start(run) / size.columns();
      int row = line % size.rows();
      int slice = line / size.rows();
      boolean possible =
          reached.firstRow() <= row
              && row <= reached.lastRow()
              && reached.firstSlice() <= slice
              && slice <= reached.lastSlice();
      if (possible && reaches(run, row, slice)) {
        return true;
      }
    }
    return false;
  }

  private boolean reaches(int run, int row, int slice) {
    int line = slice * size.rows() + row;
    int first = ownRuns.start(run) - line * size.columns();
    int after = ownRuns.end(run) - line * size.columns();
    for (Offset offset : offsets) {
      int otherRow = row + offset.rows;
      int otherSlice = slice + offset.slices;
      if (size.contains(0, otherRow, otherSlice)) {
        int start = size.index(0, otherRow, otherSlice);
        int from = start + Math.max(0, first - offset.columns);
        int to = start + Math.min(size.columns(), after + offset.columns);
        if (other.runs().meets(start / size.columns(), other.label(), from, to)) {
          return true;
        }
      }
    }
    return false;
  }
}
