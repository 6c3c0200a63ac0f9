package org.firstpass.volume;

import java.util.BitSet;
import java.util.List;
import org.firstpass.geometry.GridGeometry;

/**
 * Which voxels of a grid belong to one segment.
 *
 * <p>Order: slice, row, column, column fastest. Unlike the labels of a {@link LabelMap}, several
 * masks may overlap. Immutable; safe to share between threads.
 */
public final class Mask {
  private final GridGeometry geometry;
  private final BitSet marked;

  /** The bits are taken over, not copied: the caller lets go of them. */
  public Mask(GridGeometry geometry, BitSet marked) {
    if (marked.length() > geometry.size().voxels()) {
      throw new IllegalArgumentException(
          "a mask of "
              + geometry.size()
              + " has "
              + geometry.size().voxels()
              + " voxels, but voxel "
              + (marked.length() - 1)
              + " is marked");
    }
    this.geometry = geometry;
    this.marked = marked;
  }

  /** The voxels that have this label. */
  public static Mask of(LabelMap labels, int label) {
    var marked = new BitSet(labels.geometry().size().voxels());
    for (int i = 0; i < labels.geometry().size().voxels(); i++) {
      if (labels.labelAt(i) == label) {
        marked.set(i);
      }
    }
    return new Mask(labels.geometry(), marked);
  }

  public GridGeometry geometry() {
    return geometry;
  }

  /** Whether a voxel is marked, by its {@link org.firstpass.geometry.GridSize#index}. */
  public boolean isMarked(int index) {
    return marked.get(index);
  }

  public boolean isMarked(int column, int row, int slice) {
    return marked.get(geometry.size().index(column, row, slice));
  }

  /** The index of the first marked voxel from an index on, -1 if there is none. */
  public int nextMarked(int from) {
    return marked.nextSetBit(from);
  }

  /** The index of the first voxel from an index on that is not marked. */
  public int nextUnmarked(int from) {
    return marked.nextClearBit(from);
  }

  /** How many voxels are marked. */
  public int voxels() {
    return marked.cardinality();
  }

  public boolean isEmpty() {
    return marked.isEmpty();
  }

  /** A copy of the bits. */
  public BitSet toBitSet() {
    return (BitSet) marked.clone();
  }

  /** Whether any two masks, all of one grid, have a voxel in common. */
  public static boolean overlap(List<Mask> masks) {
    var union = new BitSet();
    for (Mask mask : masks) {
      GridGeometry.requireSameGrid(masks.get(0).geometry, mask.geometry);
      if (union.intersects(mask.marked)) {
        return true;
      }
      union.or(mask.marked);
    }
    return false;
  }

  /** Whether both have the same grid and the same voxels marked. */
  public boolean contentEquals(Mask other) {
    return geometry.isSameGridAs(other.geometry) && marked.equals(other.marked);
  }
}
