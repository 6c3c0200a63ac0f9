package org.firstpass.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.geometry.VoxelPosition;
import org.firstpass.model.GridSpec;
import org.firstpass.model.GridSpec.Anchor;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.ResamplingSpec.Interpolation;
import org.firstpass.sample.SampleGrid;
import org.firstpass.volume.Volume;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Landmarks at asymmetric places, found again in patient space on the network's grid, and a plane
 * whose place is measured in mm on the way back: nothing here relies on a round trip.
 */
final class LandmarkTest {
  private static final GridSize SIZE = new GridSize(15, 12, 9);

  /** Column, row, slice: no two mirror images or turns of another, and none in the middle. */
  private static final int[][] LANDMARKS = {{2, 2, 1}, {11, 3, 1}, {2, 8, 2}, {4, 3, 6}};

  static Stream<GridGeometry> grids() {
    return SampleGrid.orientations().stream()
        .flatMap(each -> Stream.of(SampleGrid.of(each, SIZE), SampleGrid.oblique(each, SIZE, 31)));
  }

  @ParameterizedTest
  @MethodSource("grids")
  void landmarksLieWhereTheyWerePlanted(GridGeometry source) {
    for (SampleInput input : inputs()) {
      for (int[] landmark : LANDMARKS) {
        NetworkInput made = Preparation.prepare(peak(source, landmark), input.spec());
        Vector3 planted = source.toPatient(landmark[0], landmark[1], landmark[2]);
        Vector3 found = place(made.grid(), brightest(made.values()));
        assertWithinHalfAVoxel(planted, found, source, made.grid());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("grids")
  void aSurfaceComesBackToWithinHalfTheLargerVoxel(GridGeometry source) {
    Vector3 centre = source.toPatient(7.3, 5.6, 4.2);
    for (SampleInput input : inputs()) {
      ModelManifest manifest = input.manifest();
      Prepared prepared =
          Preparation.prepare(
              List.of(Volume.ofValues(source, new float[SIZE.voxels()])),
              manifest,
              Optional.empty());
      GridGeometry network = prepared.input().grid();
      for (Vector3 normal : normals(network)) {
        short[] labels = labelsOfHalfSpace(source, prepared, manifest, centre, normal);
        double reach =
            Math.max(halfVoxelAlong(source, normal), halfVoxelAlong(network, normal)) + 1e-6;
        int inside = 0;
        for (int index = 0; index < labels.length; index++) {
          Vector3 place = place(source, index);
          double distance = place.minus(centre).dot(normal);
          if (Math.abs(distance) > reach && isWithin(network, place)) {
            assertEquals(distance > 0 ? 1 : 0, labels[index], distance + " mm from the surface");
            inside += labels[index];
          }
        }
        assertTrue(inside > 20, "the half space is there: " + inside);
      }
    }
  }

  /** Falls from a voxel on by one per voxel along each axis. */
  private static Volume peak(GridGeometry source, int[] landmark) {
    var values = new float[SIZE.voxels()];
    for (int index = 0; index < values.length; index++) {
      values[index] =
          100
              - Math.abs(index % SIZE.columns() - landmark[0])
              - Math.abs(index / SIZE.columns() % SIZE.rows() - landmark[1])
              - Math.abs(index / SIZE.voxelsPerSlice() - landmark[2]);
    }
    return Volume.ofValues(source, values);
  }

  /** A network that sees each of its voxels as wholly in or out. */
  private static short[] labelsOfHalfSpace(
      GridGeometry source,
      Prepared prepared,
      ModelManifest manifest,
      Vector3 centre,
      Vector3 normal) {
    GridGeometry network = prepared.input().grid();
    var channels = new float[2][network.size().voxels()];
    for (int index = 0; index < channels[1].length; index++) {
      double distance = place(network, index).minus(centre).dot(normal);
      channels[1][index] = distance > 0 ? 1 : -1;
    }
    Restoration restoration = Restoration.onto(source, prepared, manifest);
    restoration.accept(new NetworkSlab(0, network.size().slices(), channels, null));
    return restoration.labels();
  }

  private static List<SampleInput> inputs() {
    return List.of(
        new SampleInput().orientation("LIA"),
        new SampleInput().asAcquired(),
        new SampleInput().orientation("RAS").spacing(Anchor.EXTENT, 1.9, 0.8, 1.2),
        new SampleInput().orientation("RAS").spacing(Anchor.FIRST_VOXEL, 1.9, 0.8, 1.2),
        new SampleInput().orientation("SPL").spacing(Anchor.EXTENT, 0.9, 0, 0.9),
        new SampleInput()
            .orientation("PSR")
            .spacing(Anchor.EXTENT, 1.4, 1.4, 1.4)
            .resampling(Interpolation.CUBIC, null),
        new SampleInput()
            .orientation("LPS")
            .spacing(Anchor.EXTENT, 1.0, 1.0, 1.0)
            .resampling(Interpolation.NEAREST, null),
        new SampleInput()
            .orientation("SLA")
            .grid(new GridSpec.Conformed(List.of(20, 21, 22), List.of(1.3, 1.2, 1.1)))
            .resampling(Interpolation.CUBIC, null));
  }

  private static List<Vector3> normals(GridGeometry network) {
    return List.of(
        network.axes().column(),
        network.axes().row().times(-1),
        network.axes().slice(),
        new Vector3(3, -5, 11).normalized());
  }

  private static int brightest(float[] values) {
    int best = 0;
    for (int index = 0; index < values.length; index++) {
      best = values[index] > values[best] ? index : best;
    }
    return best;
  }

  /** Along each axis of the network half of what the larger voxel measures there. */
  private static void assertWithinHalfAVoxel(
      Vector3 planted, Vector3 found, GridGeometry source, GridGeometry network) {
    Vector3 difference = found.minus(planted);
    for (Vector3 axis :
        List.of(network.axes().column(), network.axes().row(), network.axes().slice())) {
      double ofSource = halfVoxelAlong(source, axis);
      double ofNetwork = halfVoxelAlong(network, axis);
      // Between grids that are turned against each other the peak's own voxel counts as well.
      boolean parallel = AlignedAxes.between(source, network).isPresent();
      double reach = parallel ? Math.max(ofSource, ofNetwork) : ofSource + ofNetwork;
      assertTrue(
          Math.abs(difference.dot(axis)) <= reach + 1e-6,
          difference + " mm along " + axis + ", but at most " + reach);
    }
  }

  /** Half the extent of a voxel along a direction. */
  private static double halfVoxelAlong(GridGeometry grid, Vector3 direction) {
    Spacing spacing = grid.spacing();
    return (Math.abs(direction.dot(grid.axes().column())) * spacing.column()
            + Math.abs(direction.dot(grid.axes().row())) * spacing.row()
            + Math.abs(direction.dot(grid.axes().slice())) * spacing.slice())
        / 2;
  }

  private static Vector3 place(GridGeometry grid, int index) {
    GridSize size = grid.size();
    return grid.toPatient(
        index % size.columns(),
        index / size.columns() % size.rows(),
        index / size.voxelsPerSlice());
  }

  private static boolean isWithin(GridGeometry grid, Vector3 place) {
    VoxelPosition at = grid.toIndex(place);
    return at.column() >= -0.49
        && at.column() <= grid.size().columns() - 0.51
        && at.row() >= -0.49
        && at.row() <= grid.size().rows() - 0.51
        && at.slice() >= -0.49
        && at.slice() <= grid.size().slices() - 0.51;
  }
}
