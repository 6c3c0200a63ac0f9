package org.firstpass.prepare;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Vector3;
import org.firstpass.geometry.VoxelPosition;
import org.firstpass.model.CropSpec;
import org.firstpass.model.GridSpec.PatientSpace;
import org.firstpass.volume.Component;
import org.firstpass.volume.Components;
import org.firstpass.volume.Volume;
import org.firstpass.volume.VoxelBox;
import org.jspecify.annotations.Nullable;

/** The crops that come before anything else, on the grid of the series. */
final class SourceCrop {
  /** In voxels: a voxel centre that lies on the border of a box is in it. */
  private static final double ROUNDING = 1e-6;

  private SourceCrop() {}

  /**
   * What is kept of a series; all of it where nothing is to be kept or the crop comes later.
   *
   * @param channels on the grid of the series, the series first
   * @param coarse what a coarse model found
   * @throws StudyRefused REGION_NOT_FOUND if no voxel of the series lies in a fixed box, or if
   *     there is no region of a coarse model
   */
  static RegionOfInterest region(
      List<Volume> channels, @Nullable CropSpec crop, Optional<RegionOfInterest> coarse) {
    Volume series = channels.get(0);
    RegionOfInterest whole = RegionOfInterest.whole(series.geometry());
    if (crop instanceof CropSpec.NonZero) {
      return nonZero(channels).orElse(whole);
    }
    if (crop instanceof CropSpec.Body body) {
      return body(series, body).orElse(whole);
    }
    if (crop instanceof CropSpec.Box box) {
      return box(series.geometry(), box);
    }
    if (crop instanceof CropSpec.Coarse cascade) {
      RegionOfInterest found =
          coarse.orElseThrow(
              () ->
                  new StudyRefused(
                      ReasonCode.REGION_NOT_FOUND,
                      "the region that " + cascade.model() + " looks for is not there"));
      GridGeometry.requireSameGrid(found.source(), series.geometry());
      return new RegionOfInterest(series.geometry(), found.box());
    }
    return whole;
  }

  private static Optional<RegionOfInterest> nonZero(List<Volume> channels) {
    RegionOfInterest whole = RegionOfInterest.whole(channels.get(0).geometry());
    return channels.stream()
        .map(volume -> TightBox.around(ValueLines.of(volume, whole.box()), value -> value != 0))
        .flatMap(Optional::stream)
        .reduce(VoxelBox::with)
        .map(box -> new RegionOfInterest(whole.source(), box));
  }

  /** Around the largest 26-connected component of what exceeds the value. */
  private static Optional<RegionOfInterest> body(Volume series, CropSpec.Body body) {
    GridGeometry grid = series.geometry();
    ValueLines lines = ValueLines.of(series, RegionOfInterest.whole(grid).box());
    short[] marked = marked(List.of(lines), value -> value > body.above());
    List<Component> components = Components.of(marked, grid.size(), 1).list();
    return components.stream()
        .reduce((a, b) -> b.voxels() > a.voxels() ? b : a)
        .map(largest -> largest.box().grown(body.marginMm(), grid.spacing(), grid.size()))
        .map(box -> new RegionOfInterest(grid, box));
  }

  /** 1 where the value of any channel counts, 0 elsewhere; order slice, row, column. */
  static short[] marked(List<ValueLines> channels, DoublePredicate counts) {
    GridSize size = channels.get(0).size();
    var marked = new short[size.voxels()];
    IntStream.range(0, size.slices())
        .parallel()
        .forEach(
            slice -> {
              var values = new float[size.columns()];
              for (ValueLines channel : channels) {
                for (int line = slice * size.rows(); line < (slice + 1) * size.rows(); line++) {
                  channel.read(line, values);
                  int at = line * values.length;
                  for (int column = 0; column < values.length; column++) {
                    if (counts.test(values[column])) {
                      marked[at + column] = 1;
                    }
                  }
                }
              }
            });
    return marked;
  }

  /**
   * The voxels whose centres lie within the box, or on oblique grids within the smallest box along
   * the axes of the series that has all of it.
   */
  private static RegionOfInterest box(GridGeometry grid, CropSpec.Box crop) {
    List<VoxelPosition> corners = corners(grid, crop);
    int[] columns = span(corners, VoxelPosition::column, grid.size().columns());
    int[] rows = span(corners, VoxelPosition::row, grid.size().rows());
    int[] slices = span(corners, VoxelPosition::slice, grid.size().slices());
    if (columns[0] > columns[1] || rows[0] > rows[1] || slices[0] > slices[1]) {
      throw new StudyRefused(
          ReasonCode.REGION_NOT_FOUND,
          "no voxel of the series lies in the model's box from "
              + crop.minimum()
              + " to "
              + crop.maximum()
              + " mm "
              + crop.space());
    }
    return new RegionOfInterest(
        grid, new VoxelBox(columns[0], rows[0], slices[0], columns[1], rows[1], slices[1]));
  }

  private static List<VoxelPosition> corners(GridGeometry grid, CropSpec.Box crop) {
    double sign = crop.space() == PatientSpace.RAS ? -1 : 1;
    List<List<Double>> ends = List.of(crop.minimum(), crop.maximum());
    return IntStream.range(0, 8)
        .mapToObj(
            corner ->
                new Vector3(
                    sign * ends.get(corner & 1).get(0),
                    sign * ends.get(corner >> 1 & 1).get(1),
                    ends.get(corner >> 2).get(2)))
        .map(grid::toIndex)
        .toList();
  }

  /** First and last whole index between the lowest and the highest corner. */
  private static int[] span(
      List<VoxelPosition> corners, ToDoubleFunction<VoxelPosition> index, int count) {
    DoubleSummaryStatistics ends = corners.stream().mapToDouble(index).summaryStatistics();
    return new int[] {
      (int) Math.max(0, Math.ceil(ends.getMin() - ROUNDING)),
      (int) Math.min(count - 1, Math.floor(ends.getMax() + ROUNDING))
    };
  }
}
