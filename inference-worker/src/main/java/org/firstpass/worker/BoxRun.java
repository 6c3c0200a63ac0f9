package org.firstpass.worker;

import java.util.List;
import java.util.Optional;
import org.firstpass.event.RequestedBox;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;
import org.firstpass.inference.LoadedNetwork;
import org.firstpass.model.Cascades;
import org.firstpass.model.GridSpec;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.WindowSpec;
import org.firstpass.prepare.NetworkGrids;
import org.firstpass.prepare.RegionOfInterest;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.Volume;
import org.firstpass.volume.VoxelBox;

/**
 * A package over a box of a series: over the box and as much around it as its network sees, as if
 * nothing else had been scanned. Of a cascade it is the fine package alone, for which the box is
 * the region. Safe for use by many threads.
 */
final class BoxRun {
  /** Around the box for a network that is given everything at once, in mm. */
  private static final double CONTEXT_MM = 40;

  private final NetworkRun run;

  BoxRun(NetworkRun run) {
    this.run = run;
  }

  /**
   * The labels of the box alone.
   *
   * @param series all of it
   * @throws StudyRefused RERUN_UNFIT if the package cannot look at a part; TOO_LARGE; OFF_GRID if
   *     the box is not in the series
   */
  LabelMap labels(Volume series, LoadedNetwork network, RequestedBox requested) {
    ModelManifest manifest = network.model().manifest();
    requireFit(manifest);
    GridGeometry grid = series.geometry();
    VoxelBox box = box(requested, grid.size());
    VoxelBox seen = box.grown(contextMm(manifest, grid), grid.spacing(), grid.size());
    Volume part = part(series, seen);
    Optional<RegionOfInterest> region =
        Cascades.coarseOf(network.model()).map(coarse -> RegionOfInterest.whole(part.geometry()));
    LabelMap found = run.labels(new NetworkRun.Request(List.of(part), network, region));
    return inner(found, seen, new RegionOfInterest(grid, box));
  }

  private static void requireFit(ModelManifest manifest) {
    GridSpec spec = manifest.input().grid();
    boolean anywhere = spec instanceof GridSpec.Source || spec instanceof GridSpec.Spaced;
    if (!anywhere || !manifest.segments() || manifest.input().channels().size() != 1) {
      throw new StudyRefused(
          ReasonCode.RERUN_UNFIT,
          manifest.name() + " takes several series, or always the same box of the patient");
    }
  }

  private static VoxelBox box(RequestedBox box, GridSize size) {
    if (!size.contains(box.lastColumn(), box.lastRow(), box.lastSlice())) {
      throw new StudyRefused(
          ReasonCode.OFF_GRID, "a box lies within " + size + " voxels, but is " + box);
    }
    return new VoxelBox(
        box.firstColumn(),
        box.firstRow(),
        box.firstSlice(),
        box.lastColumn(),
        box.lastRow(),
        box.lastSlice());
  }

  /** Half of the largest side of a window. */
  private static double contextMm(ModelManifest manifest, GridGeometry source) {
    if (!(manifest.windows() instanceof WindowSpec.Sliding sliding)) {
      return CONTEXT_MM;
    }
    Spacing spacing = NetworkGrids.of(source, manifest.input()).spacing();
    List<Integer> patch = sliding.patch();
    double across = Math.max(patch.get(1) * spacing.row(), patch.get(2) * spacing.column());
    return Math.max(patch.get(0) * spacing.slice(), across) / 2;
  }

  private static Volume part(Volume series, VoxelBox box) {
    GridSize size = series.geometry().size();
    GridSize part = box.size();
    var values = new float[part.voxels()];
    for (int slice = 0; slice < part.slices(); slice++) {
      for (int row = 0; row < part.rows(); row++) {
        int from = size.index(box.firstColumn(), box.firstRow() + row, box.firstSlice() + slice);
        series.copyTo(from, values, part.index(0, row, slice), part.columns());
      }
    }
    return Volume.ofValues(new RegionOfInterest(series.geometry(), box).grid(), values);
  }

  private static LabelMap inner(LabelMap found, VoxelBox seen, RegionOfInterest wanted) {
    VoxelBox box = wanted.box();
    GridSize size = wanted.size();
    var labels = new short[size.voxels()];
    for (int at = 0; at < labels.length; at++) {
      int column = box.firstColumn() - seen.firstColumn() + at % size.columns();
      int row = box.firstRow() - seen.firstRow() + at / size.columns() % size.rows();
      int slice = box.firstSlice() - seen.firstSlice() + at / size.voxelsPerSlice();
      labels[at] = (short) found.labelAt(column, row, slice);
    }
    return new LabelMap(wanted.grid(), labels);
  }
}
