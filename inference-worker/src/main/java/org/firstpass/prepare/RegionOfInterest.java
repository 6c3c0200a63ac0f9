package org.firstpass.prepare;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.VoxelBox;

/**
 * A box of voxels on the grid of a series; outside of it the network sees nothing and nothing is
 * marked.
 *
 * @param source the grid of the series
 * @param box in indices of that grid
 */
public record RegionOfInterest(GridGeometry source, VoxelBox box) {
  public RegionOfInterest {
    GridSize size = source.size();
    if (!size.contains(box.firstColumn(), box.firstRow(), box.firstSlice())
        || !size.contains(box.lastColumn(), box.lastRow(), box.lastSlice())) {
      throw new IllegalArgumentException("a region lies within " + size + ", but is " + box);
    }
  }

  /** All of a series. */
  public static RegionOfInterest whole(GridGeometry source) {
    GridSize size = source.size();
    return new RegionOfInterest(
        source, new VoxelBox(0, 0, 0, size.columns() - 1, size.rows() - 1, size.slices() - 1));
  }

  /**
   * The box around what a coarse model found; empty if it found nothing that counts.
   *
   * @param segments the numbers that count, all if empty
   * @param marginMm how much is kept around them, as far as the series goes
   */
  public static Optional<RegionOfInterest> around(
      LabelMap labels, Collection<Integer> segments, double marginMm) {
    GridGeometry grid = labels.geometry();
    boolean any = segments.isEmpty();
    var numbers = Set.copyOf(segments);
    return TightBox.around(
            ValueLines.of(labels), value -> value != 0 && (any || numbers.contains((int) value)))
        .map(box -> box.grown(marginMm, grid.spacing(), grid.size()))
        .map(box -> new RegionOfInterest(grid, box));
  }

  public GridSize size() {
    return box.size();
  }

  public boolean isWhole() {
    return size().equals(source.size());
  }

  /** Where the voxels of the region lie. */
  public GridGeometry grid() {
    return isWhole() ? source : NetworkGrids.part(source, box);
  }
}
