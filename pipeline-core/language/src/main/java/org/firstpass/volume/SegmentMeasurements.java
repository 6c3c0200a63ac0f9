package org.firstpass.volume;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;

/**
 * Measures all segments of a label map in one pass.
 *
 * <p>Where a voxel's neighbour along an index is of another label or outside the grid, the surface
 * passes half-way between their centres: the vertices of a marching-cubes mesh at one half. The
 * farthest points are corners of the convex hull, so of each line of a plane only the outermost
 * points are kept. Axes are taken as orthogonal, which a grid's are to within its tolerance.
 *
 * @see "Image Biomarker Standardisation Initiative, maximum 3D diameter (L0JK)"
 */
public final class SegmentMeasurements {
  private final LabelMap labels;
  private final GridSize size;
  private final Spacing spacing;
  private final Map<Integer, Growing> found = new HashMap<>();

  private SegmentMeasurements(LabelMap labels) {
    this.labels = labels;
    this.size = labels.geometry().size();
    this.spacing = labels.geometry().spacing();
  }

  /** The measurements of each label that has a voxel, by label; background is not among them. */
  public static SortedMap<Integer, SegmentMeasurement> of(LabelMap labels) {
    labels.geometry().requirePatientSpace("a volume in mm3");
    var measurements = new SegmentMeasurements(labels);
    for (int slice = 0; slice < measurements.size.slices(); slice++) {
      measurements.measure(slice);
    }
    SortedMap<Integer, SegmentMeasurement> result = new TreeMap<>();
    measurements.found.forEach(
        (label, growing) ->
            result.put(label, growing.measurement(label, labels.geometry().voxelVolumeMm3())));
    return result;
  }

  /** What is known of a segment after some slices. */
  private static final class Growing {
    private long voxels;
    private PlaneHull.Diameter longestInPlane = PlaneHull.Diameter.NONE;
    private int slice;
    private final List<Vector3> surface = new ArrayList<>();

    void add(PlaneHull.Diameter diameter, int at) {
      if (diameter.length() > longestInPlane.length()) {
        longestInPlane = diameter;
        slice = at;
      }
    }

    SegmentMeasurement measurement(int label, double voxelVolumeMm3) {
      return new SegmentMeasurement(
          label,
          voxels,
          voxels * voxelVolumeMm3,
          longestInPlane.length(),
          longestInPlane.perpendicular(),
          slice,
          FarthestPoints.distance(surface));
    }
  }

  /**
   * The surface points of one segment in one slice: in its plane and half-way to both others.
   *
   * @param segment to which they belong
   */
  private record SliceSurface(Growing segment, PlaneHull plane, PlaneHull before, PlaneHull after) {
    SliceSurface(Growing segment) {
      this(segment, new PlaneHull(), new PlaneHull(), new PlaneHull());
    }
  }

  private void measure(int slice) {
    Map<Integer, SliceSurface> surfaces = new HashMap<>();
    for (int row = 0; row < size.rows(); row++) {
      int column = 0;
      while (column < size.columns()) {
        int label = labels.labelAt(column, row, slice);
        int end = column + 1;
        while (end < size.columns() && labels.labelAt(end, row, slice) == label) {
          end++;
        }
        if (label != 0) {
          Growing segment = found.computeIfAbsent(label, any -> new Growing());
          segment.voxels += end - column;
          SliceSurface surface = surfaces.computeIfAbsent(label, any -> new SliceSurface(segment));
          addRun(surface, new Run(label, column, end - 1, row, slice));
        }
        column = end;
      }
    }
    surfaces.values().forEach(surface -> finish(surface, slice));
  }

  /** Voxels of one label side by side, both ends within. */
  private record Run(int label, int first, int last, int row, int slice) {}

  private void addRun(SliceSurface surface, Run run) {
    double y = run.row * spacing.row();
    surface.plane.add((run.first - 0.5) * spacing.column(), y);
    surface.plane.add((run.last + 0.5) * spacing.column(), y);
    addFacing(surface.plane, run, -1, 0, y - spacing.row() / 2);
    addFacing(surface.plane, run, 1, 0, y + spacing.row() / 2);
    addFacing(surface.before, run, 0, -1, y);
    addFacing(surface.after, run, 0, 1, y);
  }

  /** Adds the outermost voxels of a run whose neighbour in the next row or slice is another's. */
  private void addFacing(PlaneHull hull, Run run, int rowStep, int sliceStep, double y) {
    int first = run.first;
    while (first <= run.last && !isOutside(run, first, rowStep, sliceStep)) {
      first++;
    }
    if (first > run.last) {
      return;
    }
    int last = run.last;
    while (!isOutside(run, last, rowStep, sliceStep)) {
      last--;
    }
    hull.add(first * spacing.column(), y);
    hull.add(last * spacing.column(), y);
  }

  private boolean isOutside(Run run, int column, int rowStep, int sliceStep) {
    int row = run.row + rowStep;
    int slice = run.slice + sliceStep;
    return !size.contains(column, row, slice) || labels.labelAt(column, row, slice) != run.label;
  }

  private void finish(SliceSurface surface, int slice) {
    Growing segment = surface.segment;
    segment.add(surface.plane.diameter(), slice);
    double z = slice * spacing.slice();
    double half = spacing.slice() / 2;
    addCorners(surface.plane, z, segment.surface);
    addCorners(surface.before, z - half, segment.surface);
    addCorners(surface.after, z + half, segment.surface);
  }

  private static void addCorners(PlaneHull hull, double z, List<Vector3> surface) {
    hull.corners().forEach(at -> surface.add(new Vector3(at.x(), at.y(), z)));
  }
}
