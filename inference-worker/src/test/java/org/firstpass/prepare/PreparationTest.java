package org.firstpass.prepare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Orientation;
import org.firstpass.geometry.Vector3;
import org.firstpass.geometry.VoxelPosition;
import org.firstpass.model.GridSpec;
import org.firstpass.model.InputSpec;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.OutputSpec.Activation;
import org.firstpass.model.OutsideSpec;
import org.firstpass.sample.SampleGrid;
import org.firstpass.sample.SampleManifest;
import org.firstpass.volume.Interpolation;
import org.firstpass.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A value that grows linearly in patient space is interpolated exactly, so every voxel of the
 * network's grid must have the value of its own place, and every voxel of the way back too. A flip,
 * a swap of axes or a shift of half a voxel shows at once.
 */
final class PreparationTest {
  private static final GridSize SIZE = new GridSize(9, 7, 5);
  private static final Vector3 GRADIENT = new Vector3(3, -5, 11);
  private static final double TOLERANCE = 0.02;

  static Stream<GridGeometry> grids() {
    return SampleGrid.orientations().stream()
        .flatMap(
            orientation ->
                Stream.of(
                    SampleGrid.of(orientation, SIZE), SampleGrid.oblique(orientation, SIZE, 17)));
  }

  static Stream<Orientation> orientations() {
    return SampleGrid.orientations().stream();
  }

  @ParameterizedTest
  @MethodSource("grids")
  void voxelsOfEveryGridHaveTheValueOfTheirPlaceInThePatient(GridGeometry source) {
    for (GridSpec spec : specs(source)) {
      InputSpec input =
          new SampleManifest().grid("LIA", spec).outside(new OutsideSpec.Edge()).inputSpec();
      NetworkInput prepared = Preparation.prepare(linear(source), input);
      int checked = 0;
      GridSize size = prepared.grid().size();
      for (int index = 0; index < size.voxels(); index++) {
        Vector3 place = place(prepared.grid(), index);
        if (isInside(source, place)) {
          assertEquals(value(place), prepared.values()[index], TOLERANCE, spec + " at " + place);
          checked++;
        }
      }
      assertTrue(checked > 10, "some voxels must lie inside the scan: " + spec);
    }
  }

  @ParameterizedTest
  @MethodSource("grids")
  void theWayBackFindsTheSamePlaceOnEveryGrid(GridGeometry source) {
    for (GridSpec spec : specs(source)) {
      SampleManifest sample = new SampleManifest().grid("LIA", spec);
      ModelManifest manifest = sample.draft();
      NetworkInput prepared = Preparation.prepare(linear(source), sample.inputSpec());
      double middle = value(place(source, source.size().index(4, 3, 2))) + 0.37;
      NetworkOutput output = halfSpace(prepared.grid(), middle);
      SegmentChoice choice = SegmentChoice.of(manifest);
      short[] labels = Restoration.restore(output, choice, source);
      int checked = 0;
      for (int index = 0; index < labels.length; index++) {
        Vector3 place = place(source, index);
        if (isInside(prepared.grid(), place)) {
          double distance = value(place) - middle;
          if (Math.abs(distance) > TOLERANCE) {
            assertEquals(distance > 0 ? 1 : 0, labels[index], spec + " at " + place);
            checked++;
          }
        }
      }
      assertTrue(checked > 10, "some voxels must lie inside the network's grid: " + spec);
    }
  }

  @ParameterizedTest
  @MethodSource("grids")
  void reorderedVoxelsComeBackExactly(GridGeometry source) {
    var values = new float[SIZE.voxels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * 31 % 17;
    }
    Volume volume = Volume.ofValues(source, values);
    for (Orientation wanted : SampleGrid.orientations()) {
      InputSpec input = new SampleManifest().grid(wanted.code(), new GridSpec.Source()).inputSpec();
      NetworkInput prepared = Preparation.prepare(volume, input);
      GridGeometry grid = prepared.grid();
      var how = new GridResampling(Interpolation.LINEAR, null, null);
      float[] back = how.onto(ValueLines.of(prepared.values(), grid.size()), grid, source);
      assertArrayEquals(values, back, "through " + wanted);
    }
  }

  @ParameterizedTest
  @MethodSource("orientations")
  void aReorderedGridGrowsWhereItWasToldTo(Orientation wanted) {
    for (Orientation from : SampleGrid.orientations()) {
      GridGeometry grid = NetworkGrids.reordered(SampleGrid.of(from, SIZE), wanted);
      assertEquals(wanted.axes(), grid.axes(), from + " to " + wanted);
    }
  }

  @ParameterizedTest
  @MethodSource("grids")
  void anIndexComesBackThroughThePatientToWithinHalfAVoxel(GridGeometry source) {
    for (GridSpec spec : specs(source)) {
      GridGeometry grid =
          NetworkGrids.of(source, new SampleManifest().grid("PSR", spec).inputSpec());
      for (int index = 0; index < source.size().voxels(); index++) {
        Vector3 place = place(source, index);
        VoxelPosition there = grid.toIndex(place);
        VoxelPosition back =
            source.toIndex(grid.toPatient(there.column(), there.row(), there.slice()));
        GridSize size = source.size();
        assertEquals(index % size.columns(), back.column(), 1e-6);
        assertEquals(index / size.columns() % size.rows(), back.row(), 1e-6);
        assertEquals(index / size.voxelsPerSlice(), back.slice(), 1e-6);
      }
    }
  }

  @Test
  void aBoxIsFilledExactlyFromEdgeToEdge() {
    var box =
        new GridSpec.Box(
            GridSpec.PatientSpace.RAS,
            List.of(-30.0, -20.0, 100.0),
            List.of(30.0, 40.0, 220.0),
            List.of(6, 3, 4));
    GridGeometry source = SampleGrid.of(new Orientation("SPL"), SIZE);
    GridGeometry grid = NetworkGrids.of(source, new SampleManifest().grid("LAI", box).inputSpec());
    assertEquals(new GridSize(4, 3, 6), grid.size());
    // D to the left over 60 mm in 6, H to the front over 60 mm in 3, W to the feet over 120 in 4.
    assertEquals(10, grid.spacing().slice(), 1e-9);
    assertEquals(20, grid.spacing().row(), 1e-9);
    assertEquals(30, grid.spacing().column(), 1e-9);
    // LPS: the rightmost x, the hindmost y, the topmost z, half a voxel inside.
    assertEquals(-25, grid.position().x(), 1e-9);
    assertEquals(10, grid.position().y(), 1e-9);
    assertEquals(205, grid.position().z(), 1e-9);
  }

  @Test
  void aConformedGridIsCentredOnTheSeries() {
    GridGeometry source = SampleGrid.oblique(new Orientation("ASR"), SIZE, 31);
    var conformed = new GridSpec.Conformed(List.of(16, 16, 16), List.of(1.0, 1.0, 1.0));
    GridGeometry grid =
        NetworkGrids.of(source, new SampleManifest().grid("LIA", conformed).inputSpec());
    Vector3 difference = grid.toPatient(7.5, 7.5, 7.5).minus(source.toPatient(4, 3, 2));
    assertEquals(0, difference.length(), 1e-9);
  }

  @Test
  void whatLiesOutsideIsTheEdgeOrTheStatedValue() {
    GridGeometry source = SampleGrid.of(new Orientation("SPL"), SIZE);
    var conformed = new GridSpec.Conformed(List.of(64, 64, 64), List.of(1.0, 1.0, 1.0));
    SampleManifest sample = new SampleManifest().grid("LIA", conformed);
    NetworkInput edge = Preparation.prepare(linear(source), sample.inputSpec());
    NetworkInput constant =
        Preparation.prepare(
            linear(source), sample.outside(new OutsideSpec.Constant(-1000)).inputSpec());
    assertEquals(-1000, constant.values()[0]);
    VoxelPosition corner = source.toIndex(edge.grid().position());
    int column = corner.column() < 0 ? 0 : SIZE.columns() - 1;
    int row = corner.row() < 0 ? 0 : SIZE.rows() - 1;
    int slice = corner.slice() < 0 ? 0 : SIZE.slices() - 1;
    assertEquals(linear(source).valueAt(column, row, slice), edge.values()[0], TOLERANCE);
  }

  @Test
  void voxelsOutsideTheNetworksGridAreBackground() {
    GridGeometry source = SampleGrid.of(new Orientation("SPL"), SIZE);
    Vector3 inside = source.toPatient(4, 3, 2);
    var box =
        new GridSpec.Box(
            GridSpec.PatientSpace.LPS,
            List.of(inside.x() - 1, inside.y() - 1, inside.z() - 1),
            List.of(inside.x() + 1, inside.y() + 1, inside.z() + 1),
            List.of(2, 2, 2));
    SampleManifest sample = new SampleManifest().grid("LAI", box);
    NetworkInput prepared = Preparation.prepare(linear(source), sample.inputSpec());
    NetworkOutput everywhere = halfSpace(prepared.grid(), -1e9);
    SegmentChoice choice = SegmentChoice.of(sample.draft());
    short[] labels = Restoration.restore(everywhere, choice, source);
    assertEquals(1, labels[SIZE.index(4, 3, 2)]);
    assertEquals(0, labels[0]);
    assertEquals(0, labels[labels.length - 1]);
  }

  private static List<GridSpec> specs(GridGeometry source) {
    Vector3 centre = source.toPatient(4, 3, 2);
    return List.of(
        new GridSpec.Source(),
        new GridSpec.Spaced(List.of(1.0, 0.9, 1.3)),
        new GridSpec.Conformed(List.of(12, 14, 16), List.of(0.8, 0.9, 1.0)),
        new GridSpec.Box(
            GridSpec.PatientSpace.RAS,
            List.of(-centre.x() - 4, -centre.y() - 3, centre.z() - 5),
            List.of(-centre.x() + 4, -centre.y() + 3, centre.z() + 5),
            List.of(7, 9, 11)));
  }

  private static Volume linear(GridGeometry grid) {
    var values = new float[grid.size().voxels()];
    for (int index = 0; index < values.length; index++) {
      values[index] = (float) value(place(grid, index));
    }
    return Volume.ofValues(grid, values);
  }

  private static NetworkOutput halfSpace(GridGeometry grid, double threshold) {
    var background = new float[grid.size().voxels()];
    var segment = new float[grid.size().voxels()];
    for (int index = 0; index < segment.length; index++) {
      segment[index] = (float) (value(place(grid, index)) - threshold);
    }
    return new NetworkOutput(grid, Activation.SOFTMAX, new float[][] {background, segment});
  }

  private static double value(Vector3 place) {
    // Relative to the scan, so that float rounding stays far below the tolerance.
    return place.minus(new Vector3(-31.5, 12.25, 847.125)).dot(GRADIENT);
  }

  private static Vector3 place(GridGeometry grid, int index) {
    GridSize size = grid.size();
    return grid.toPatient(
        index % size.columns(),
        index / size.columns() % size.rows(),
        index / size.voxelsPerSlice());
  }

  /** Within the voxel centres: further out the edge repeats and nothing is linear. */
  private static boolean isInside(GridGeometry grid, Vector3 place) {
    VoxelPosition at = grid.toIndex(place);
    return within(at.column(), grid.size().columns())
        && within(at.row(), grid.size().rows())
        && within(at.slice(), grid.size().slices());
  }

  private static boolean within(double index, int count) {
    return index >= -1e-9 && index <= count - 1 + 1e-9;
  }
}
