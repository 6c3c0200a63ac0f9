package org.firstpass.proposal;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.firstpass.event.GeometryWarning;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.model.LabelSpec.ExpectedShape;
import org.firstpass.model.Range;
import org.firstpass.volume.Component;
import org.firstpass.volume.Components;
import org.jspecify.annotations.Nullable;

/**
 * The shape of a segment on the grid of its series.
 *
 * @param volumeMl 0 if the series has no place in patient space, and so no volume
 * @param components how many 26-connected pieces it has
 * @param touchesEdge whether it has a voxel of the outermost layer of the grid
 */
public record SegmentShape(long voxels, double volumeMl, int components, boolean touchesEdge) {
  /** A segment that is not there. */
  public static final SegmentShape ABSENT = new SegmentShape(0, 0, 0, false);

  private static final double MM3_PER_ML = 1000;

  /**
   * The shape of every segment that is there, by its number.
   *
   * @param labels unsigned 16-bit, order slice, row, column
   */
  public static SortedMap<Integer, SegmentShape> ofEach(short[] labels, GridGeometry grid) {
    var shapes = new TreeMap<Integer, SegmentShape>();
    double voxelMl = grid.space().isPatient() ? grid.voxelVolumeMm3() / MM3_PER_ML : 0;
    Components.ofEach(labels, grid.size())
        .forEach(
            (number, components) -> {
              List<Component> pieces = components.list();
              long voxels = pieces.stream().mapToLong(Component::voxels).sum();
              boolean touches =
                  pieces.stream().anyMatch(piece -> piece.box().touchesBorderOf(grid.size()));
              shapes.put(
                  number, new SegmentShape(voxels, voxels * voxelMl, pieces.size(), touches));
            });
    return shapes;
  }

  /** What is unusual about it; nothing if nothing is expected. */
  public List<GeometryWarning> against(@Nullable ExpectedShape expected) {
    if (expected == null) {
      return List.of();
    }
    List<GeometryWarning> warnings = new ArrayList<>();
    Range volume = expected.volumeMl();
    if (volume != null && !volume.contains(volumeMl)) {
      Double minimum = volume.minimum();
      boolean low = minimum != null && volumeMl < minimum;
      warnings.add(low ? GeometryWarning.VOLUME_LOW : GeometryWarning.VOLUME_HIGH);
    }
    Integer most = expected.maximumComponents();
    if (most != null && components > most) {
      warnings.add(GeometryWarning.TOO_MANY_COMPONENTS);
    }
    if (touchesEdge && !expected.edgeIsUsual()) {
      warnings.add(GeometryWarning.TOUCHES_EDGE);
    }
    return warnings;
  }
}
