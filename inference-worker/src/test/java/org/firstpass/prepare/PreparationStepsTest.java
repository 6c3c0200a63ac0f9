package org.firstpass.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Orientation;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.geometry.VoxelPosition;
import org.firstpass.model.CropSpec;
import org.firstpass.model.GridSpec;
import org.firstpass.model.GridSpec.Anchor;
import org.firstpass.model.GridSpec.PatientSpace;
import org.firstpass.model.IntensitySpec;
import org.firstpass.model.ModelManifest;
import org.firstpass.sample.SampleGrid;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.Volume;
import org.firstpass.volume.VoxelBox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PreparationStepsTest {
  private static final GridSize SIZE = new GridSize(12, 10, 8);
  private static final IntensitySpec RAW = new IntensitySpec.Raw();
  private static final Vector3 CENTRE = new Vector3(-31.5, 12.25, 847.125);

  static Stream<Orientation> orientations() {
    return SampleGrid.orientations().stream();
  }

  @ParameterizedTest
  @MethodSource("orientations")
  void channelsOfOtherGridsShowTheSamePlacesOfThePatient(Orientation orientation) {
    GridGeometry series = SampleGrid.of(new Orientation("SPL"), SIZE);
    GridGeometry parallel = about(series, orientation, new Spacing(1.3, 0.9, 1.7));
    GridGeometry turned = about(series, SampleGrid.oblique(orientation, SIZE, 25));
    List<Volume> volumes =
        List.of(
            linear(series, place -> place.dot(new Vector3(3, -5, 11))),
            linear(parallel, place -> place.dot(new Vector3(-7, 2, 1))),
            linear(turned, place -> place.dot(new Vector3(1, 9, -4))));
    for (boolean intensityFirst : List.of(false, true)) {
      SampleInput input =
          new SampleInput()
              .channels(RAW, RAW, RAW)
              .orientation("LIA")
              .spacing(Anchor.EXTENT, 1.1, 1.2, 1.3);
      ModelManifest manifest = (intensityFirst ? input.intensityFirst() : input).manifest();
      NetworkInput made = Preparation.prepare(volumes, manifest, Optional.empty()).input();
      assertEquals(3, made.channels());
      assertShows(made, 0, series, place -> place.dot(new Vector3(3, -5, 11)));
      assertShows(made, 1, parallel, place -> place.dot(new Vector3(-7, 2, 1)));
      assertShows(made, 2, turned, place -> place.dot(new Vector3(1, 9, -4)));
    }
  }

  @Test
  void aChannelOfAnotherFrameOfReferenceIsRefused() {
    GridGeometry series = SampleGrid.of(new Orientation("SPL"), SIZE);
    var other =
        new GridGeometry(
            new FrameOfReferenceUid("2.25.8"),
            SIZE,
            series.position(),
            series.axes(),
            series.spacing());
    ModelManifest manifest = new SampleInput().channels(RAW, RAW).manifest();
    List<Volume> volumes = List.of(constant(series, 1), constant(other, 1));
    StudyRefused refused =
        assertThrows(
            StudyRefused.class, () -> Preparation.prepare(volumes, manifest, Optional.empty()));
    assertEquals(ReasonCode.CHANNEL_MISSING, refused.code());
    assertTrue(refused.getMessage().contains("2.25.8"), refused.getMessage());
  }

  @Test
  void tooFewChannelsAreRefusedAndTooManyAreABug() {
    GridGeometry series = SampleGrid.of(new Orientation("SPL"), SIZE);
    ModelManifest manifest = new SampleInput().channels(RAW, RAW).manifest();
    Volume volume = constant(series, 1);
    StudyRefused refused =
        assertThrows(
            StudyRefused.class,
            () -> Preparation.prepare(List.of(volume), manifest, Optional.empty()));
    assertEquals(ReasonCode.CHANNEL_MISSING, refused.code());
    assertThrows(
        IllegalArgumentException.class,
        () -> Preparation.prepare(List.of(volume, volume, volume), manifest, Optional.empty()));
  }

  @Test
  void whatIsNotZeroInAnyChannelIsKept() {
    GridGeometry series = SampleGrid.of(new Orientation("SPL"), SIZE);
    ModelManifest manifest =
        new SampleInput().channels(RAW, RAW).crop(new CropSpec.NonZero()).manifest();
    List<Volume> volumes = List.of(marked(series, 5, 2, 3, 4), marked(series, -5, 7, 6, 2));
    Prepared prepared = Preparation.prepare(volumes, manifest, Optional.empty());
    assertEquals(new VoxelBox(2, 3, 2, 7, 6, 4), prepared.region().box());
    assertEquals(series, prepared.source());
    assertEquals(prepared.region().grid(), prepared.input().grid());
    GridSize size = prepared.input().grid().size();
    assertEquals(5, prepared.input().channel(0)[size.index(0, 0, 2)]);
    assertEquals(-5, prepared.input().channel(1)[size.index(5, 3, 0)]);
  }

  @Test
  void whatIsNotZeroInAChannelOfAnotherGridCountsOnTheGridOfTheSeries() {
    GridGeometry series = SampleGrid.of(new Orientation("SPL"), SIZE);
    GridGeometry turned = NetworkGrids.reordered(series, new Orientation("RIA"));
    VoxelPosition there = turned.toIndex(series.toPatient(7, 6, 2));
    Volume other =
        marked(
            turned,
            5,
            (int) Math.rint(there.column()),
            (int) Math.rint(there.row()),
            (int) Math.rint(there.slice()));
    ModelManifest manifest =
        new SampleInput().channels(RAW, RAW).crop(new CropSpec.NonZero()).manifest();
    Prepared prepared =
        Preparation.prepare(List.of(marked(series, 1, 2, 3, 4), other), manifest, Optional.empty());
    assertEquals(new VoxelBox(2, 3, 2, 7, 6, 4), prepared.region().box());
  }

  @Test
  void theLargestBodyIsKeptWithItsMargin() {
    GridGeometry series = SampleGrid.of(new Orientation("SPL"), SIZE);
    var values = new float[SIZE.voxels()];
    java.util.Arrays.fill(values, -1000);
    for (int column = 4; column < 8; column++) {
      values[SIZE.index(column, 5, 4)] = 40;
      values[SIZE.index(column, 4, 4)] = 40;
    }
    values[SIZE.index(0, 0, 0)] = 900;
    values[SIZE.index(11, 9, 7)] = 900;
    ModelManifest manifest = new SampleInput().crop(new CropSpec.Body(-300, 1.2)).manifest();
    Prepared prepared =
        Preparation.prepare(List.of(Volume.ofValues(series, values)), manifest, Optional.empty());
    // 1.2 mm are two columns of 0.7, two rows of 1.1 and one slice of 2.3 mm.
    assertEquals(new VoxelBox(2, 2, 3, 9, 7, 5), prepared.region().box());
  }

  @ParameterizedTest
  @MethodSource("orientations")
  void aBoxInThePatientKeepsTheVoxelsWhoseCentresLieInIt(Orientation orientation) {
    GridGeometry series = SampleGrid.of(orientation, SIZE);
    Vector3 a = series.toPatient(2, 3, 1);
    Vector3 b = series.toPatient(9, 7, 5);
    for (PatientSpace space : PatientSpace.values()) {
      double sign = space == PatientSpace.RAS ? -1 : 1;
      double slack = 0.1;
      List<Double> low =
          List.of(
              Math.min(sign * a.x(), sign * b.x()) - slack,
              Math.min(sign * a.y(), sign * b.y()) - slack,
              Math.min(a.z(), b.z()) - slack);
      List<Double> high =
          List.of(
              Math.max(sign * a.x(), sign * b.x()) + slack,
              Math.max(sign * a.y(), sign * b.y()) + slack,
              Math.max(a.z(), b.z()) + slack);
      ModelManifest manifest =
          new SampleInput().crop(new CropSpec.Box(space, low, high)).manifest();
      Prepared prepared =
          Preparation.prepare(List.of(constant(series, 1)), manifest, Optional.empty());
      assertEquals(new VoxelBox(2, 3, 1, 9, 7, 5), prepared.region().box());
    }
  }

  @Test
  void aBoxThatTheSeriesDoesNotReachIsRefused() {
    GridGeometry series = SampleGrid.of(new Orientation("SPL"), SIZE);
    var far =
        new CropSpec.Box(PatientSpace.LPS, List.of(900.0, 900.0, 0.0), List.of(950.0, 950.0, 50.0));
    ModelManifest manifest = new SampleInput().crop(far).manifest();
    StudyRefused refused =
        assertThrows(
            StudyRefused.class,
            () -> Preparation.prepare(List.of(constant(series, 1)), manifest, Optional.empty()));
    assertEquals(ReasonCode.REGION_NOT_FOUND, refused.code());
  }

  @Test
  void aCascadeTakesTheRegionOfItsCoarseModelAndIsRefusedWithoutIt() {
    GridGeometry series = SampleGrid.of(new Orientation("SPL"), SIZE);
    var labels = new short[SIZE.voxels()];
    labels[SIZE.index(5, 5, 5)] = 3;
    labels[SIZE.index(0, 0, 0)] = 2;
    var map = new LabelMap(series, labels);
    RegionOfInterest region = RegionOfInterest.around(map, Set.of(3), 0.8).orElseThrow();
    assertEquals(new VoxelBox(3, 4, 4, 7, 6, 6), region.box());
    assertEquals(
        new VoxelBox(0, 0, 0, 5, 5, 5),
        RegionOfInterest.around(map, List.of(), 0).orElseThrow().box());
    assertEquals(Optional.empty(), RegionOfInterest.around(map, List.of(9), 5));
    var cascade = new CropSpec.Coarse("coarse", null, List.of(), 0);
    ModelManifest manifest = new SampleInput().crop(cascade).manifest();
    List<Volume> volumes = List.of(constant(series, 1));
    assertEquals(
        region.box(), Preparation.prepare(volumes, manifest, Optional.of(region)).region().box());
    StudyRefused refused =
        assertThrows(
            StudyRefused.class, () -> Preparation.prepare(volumes, manifest, Optional.empty()));
    assertEquals(ReasonCode.REGION_NOT_FOUND, refused.code());
  }

  @Test
  void aRegionReachesNoFurtherThanItsSeries() {
    GridGeometry series = SampleGrid.of(new Orientation("SPL"), SIZE);
    assertThrows(
        IllegalArgumentException.class,
        () -> new RegionOfInterest(series, new VoxelBox(0, 0, 0, 12, 9, 7)));
    assertThrows(
        IllegalArgumentException.class,
        () -> new RegionOfInterest(series, new VoxelBox(-1, 0, 0, 11, 9, 7)));
    assertTrue(RegionOfInterest.whole(series).isWhole());
  }

  @Test
  void anAnchorFixesTheExtentOrTheFirstVoxel() {
    GridGeometry series = SampleGrid.of(new Orientation("SPL"), SIZE);
    GridGeometry extent = grid(series, Anchor.EXTENT, 1.0);
    // 8 slices of 2.3 mm are 18.4 mm: 18 slices; 10 rows of 1.1 are 11; 12 columns of 0.7 are 8.4.
    assertEquals(new GridSize(8, 11, 18), extent.size());
    assertEquals(18.4 / 18, extent.spacing().slice(), 1e-12);
    assertEquals(-0.5, extent.toIndex(series.toPatient(-0.5, -0.5, -0.5)).slice(), 1e-9);
    assertEquals(7.5, extent.toIndex(series.toPatient(11.5, 9.5, 7.5)).column(), 1e-9);
    GridGeometry first = grid(series, Anchor.FIRST_VOXEL, 1.0);
    // 7 x 2.3 + 1 is 17.1; 9 x 1.1 + 1 is 10.9; 11 x 0.7 + 1 is 8.7.
    assertEquals(new GridSize(9, 11, 17), first.size());
    assertEquals(series.position(), first.position());
    assertEquals(new Spacing(1, 1, 1), first.spacing());
  }

  @Test
  void aSpacingOfZeroKeepsThatOfTheSeries() {
    GridGeometry series = SampleGrid.of(new Orientation("SPL"), SIZE);
    for (Anchor anchor : Anchor.values()) {
      var spec = new SampleInput().spacing(anchor, 0, 1, 0).spec();
      GridGeometry grid = NetworkGrids.of(series, spec);
      assertEquals(SIZE.slices(), grid.size().slices());
      assertEquals(SIZE.columns(), grid.size().columns());
      assertEquals(2.3, grid.spacing().slice(), 1e-12);
      assertEquals(0.7, grid.spacing().column(), 1e-12);
    }
  }

  @ParameterizedTest
  @MethodSource("orientations")
  void axesThatStayAsAcquiredAreThoseOfTheSeries(Orientation orientation) {
    GridGeometry series = SampleGrid.oblique(orientation, SIZE, 12);
    assertEquals(series, NetworkGrids.of(series, new SampleInput().asAcquired().spec()));
    GridGeometry spaced =
        NetworkGrids.of(
            series, new SampleInput().asAcquired().spacing(Anchor.EXTENT, 1, 1, 1).spec());
    assertEquals(series.axes(), spaced.axes());
  }

  @Test
  void whatIsOutsideGetsItsValueAfterTheIntensityRuleToo() {
    GridGeometry series = SampleGrid.of(new Orientation("SPL"), SIZE);
    for (boolean intensityFirst : List.of(false, true)) {
      SampleInput input =
          new SampleInput()
              .channels(new IntensitySpec.Window(-1000, 1000))
              .orientation("SPL")
              .grid(new GridSpec.Conformed(List.of(40, 40, 40), List.of(1.0, 1.0, 1.0)))
              .outside(-500);
      ModelManifest manifest = (intensityFirst ? input.intensityFirst() : input).manifest();
      NetworkInput made =
          Preparation.prepare(List.of(constant(series, 200)), manifest, Optional.empty()).input();
      assertEquals(0.25f, made.values()[0], 1e-6f);
      assertEquals(0.6f, made.values()[made.grid().size().index(20, 20, 20)], 1e-6f);
    }
  }

  private static GridGeometry grid(GridGeometry series, Anchor anchor, double spacing) {
    return NetworkGrids.of(
        series, new SampleInput().spacing(anchor, spacing, spacing, spacing).spec());
  }

  /** A grid of the series' centre with other axes. */
  private static GridGeometry about(GridGeometry series, Orientation orientation, Spacing spacing) {
    return about(
        series,
        new GridGeometry(
            series.frameOfReference(), SIZE, series.position(), orientation.axes(), spacing));
  }

  private static GridGeometry about(GridGeometry series, GridGeometry grid) {
    Vector3 shift = series.toPatient(5.5, 4.5, 3.5).minus(grid.toPatient(5.5, 4.5, 3.5));
    return new GridGeometry(
        grid.frameOfReference(),
        grid.size(),
        grid.position().plus(shift),
        grid.axes(),
        grid.spacing());
  }

  private static void assertShows(
      NetworkInput made, int channel, GridGeometry own, Function<Vector3, Double> value) {
    int checked = 0;
    for (int index = 0; index < made.grid().size().voxels(); index++) {
      Vector3 place = place(made.grid(), index);
      // With intensities first a channel comes by way of the grid of the series.
      if (isWellInside(own, place)) {
        assertEquals(
            value.apply(place.minus(CENTRE)),
            made.channel(channel)[index],
            0.02,
            "channel " + channel + " at " + place);
        checked++;
      }
    }
    assertTrue(checked > 20, "channel " + channel + " is there: " + checked);
  }

  private static boolean isWellInside(GridGeometry grid, Vector3 place) {
    VoxelPosition at = grid.toIndex(place);
    GridSize size = grid.size();
    double margin = 3;
    return at.column() > margin
        && at.column() < size.columns() - 1 - margin
        && at.row() > margin
        && at.row() < size.rows() - 1 - margin
        && at.slice() > margin - 1
        && at.slice() < size.slices() - margin;
  }

  private static Volume linear(GridGeometry grid, Function<Vector3, Double> value) {
    var values = new float[grid.size().voxels()];
    for (int index = 0; index < values.length; index++) {
      values[index] = value.apply(place(grid, index).minus(CENTRE)).floatValue();
    }
    return Volume.ofValues(grid, values);
  }

  private static Volume constant(GridGeometry grid, float value) {
    return linear(grid, place -> (double) value);
  }

  private static Volume marked(GridGeometry grid, float value, int column, int row, int slice) {
    var values = new float[grid.size().voxels()];
    values[grid.size().index(column, row, slice)] = value;
    return Volume.ofValues(grid, values);
  }

  private static Vector3 place(GridGeometry grid, int index) {
    GridSize size = grid.size();
    return grid.toPatient(
        index % size.columns(),
        index / size.columns() % size.rows(),
        index / size.voxelsPerSlice());
  }
}
