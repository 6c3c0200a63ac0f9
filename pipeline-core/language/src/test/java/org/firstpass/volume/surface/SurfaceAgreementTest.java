package org.firstpass.volume.surface;

import static org.firstpass.volume.surface.MadeSegments.ALL;
import static org.firstpass.volume.surface.MadeSegments.LABEL;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import java.util.stream.IntStream;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.VoxelBox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The numbers are scipy 1.17.1's, with {@code sampling=(2.5, 0.9, 0.7)}: the surface of a mask m is
 * {@code m & ~binary_erosion(m)}, distances are {@code distance_transform_edt(~surface)} at the
 * voxels of the other surface, both ways in one list; the share of them up to the tolerance, and
 * their mean.
 */
class SurfaceAgreementTest {
  private static final double CLOSE = 1e-12;

  @ParameterizedTest
  @CsvSource({"0, 0.4662790697674419", "1, 0.7133720930232558", "2, 0.8831395348837209"})
  void aCorrectionAsAnotherToolMeasuresIt(double tolerance, double surfaceDice) {
    SurfaceAgreement found = agreement(MadeSegments::ellipsoid, MadeSegments::corrected, tolerance);
    assertEquals(surfaceDice, found.surfaceDice(), CLOSE);
    assertEquals(0.835258586722882, found.meanDistanceMm(), CLOSE);
  }

  @Test
  void aHollowHasASurfaceThatIsFarFromTheOther() {
    SurfaceAgreement found = agreement(MadeSegments::ellipsoid, MadeSegments::hollow, 1);
    assertEquals(0.9817295980511571, found.surfaceDice(), CLOSE);
    assertEquals(0.10140980657442965, found.meanDistanceMm(), CLOSE);
  }

  @Test
  void aSegmentAgreesWithItselfAndNothingWithNothing() {
    var whole = new SurfaceAgreement(1, 0);
    assertEquals(whole, agreement(MadeSegments::corrected, MadeSegments::corrected, 0));
    assertEquals(whole, agreement(MadeSegments::nothing, MadeSegments::nothing, 0));
  }

  @Test
  void thereIsNoDistanceToNothing() {
    var none = new SurfaceAgreement(0, Double.POSITIVE_INFINITY);
    assertEquals(none, agreement(MadeSegments::ellipsoid, MadeSegments::nothing, 100));
    assertEquals(none, agreement(MadeSegments::nothing, MadeSegments::ellipsoid, 100));
  }

  @Test
  void whichOfBothIsFirstDoesNotMatter() {
    SurfaceAgreement found = agreement(MadeSegments::ellipsoid, MadeSegments::corrected, 1);
    SurfaceAgreement swapped = agreement(MadeSegments::corrected, MadeSegments::ellipsoid, 1);
    assertEquals(found.surfaceDice(), swapped.surfaceDice());
    assertEquals(found.meanDistanceMm(), swapped.meanDistanceMm(), CLOSE);
  }

  @Test
  void aGridOfTwiceTheSpacingHasTwiceTheDistance() {
    var twice = new Spacing(1.4, 1.8, 5);
    SurfaceAgreement found =
        SurfaceAgreement.of(
            MadeSegments.map(twice, MadeSegments::ellipsoid),
            MadeSegments.map(twice, MadeSegments::corrected),
            LABEL,
            ALL,
            2);
    assertEquals(0.7133720930232558, found.surfaceDice(), CLOSE);
    assertEquals(2 * 0.835258586722882, found.meanDistanceMm(), CLOSE);
  }

  @Test
  void theBoxNeedsToHaveTheSegmentAndNoMore() {
    var tight = new VoxelBox(2, 5, 2, 33, 31, 13);
    assertEquals(
        agreement(MadeSegments::ellipsoid, MadeSegments::corrected, 1),
        SurfaceAgreement.of(
            MadeSegments.map(MadeSegments::ellipsoid),
            MadeSegments.map(MadeSegments::corrected),
            LABEL,
            tight,
            1));
  }

  @Test
  void mapsOfOtherGridsAreNotCompared() {
    LabelMap other = MadeSegments.map(new Spacing(1, 1, 1), MadeSegments::ellipsoid);
    assertThrows(
        IllegalArgumentException.class,
        () -> SurfaceAgreement.of(MadeSegments.map(MadeSegments::ellipsoid), other, LABEL, ALL, 1));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theNearestPointIsTheOneThatComparingAllOfThemFinds(long seed) {
    LabelMap map = MadeSegments.map(MadeSegments::nothing);
    GridSize size = map.geometry().size();
    var random = new Random(seed);
    int[] voxels = random.ints(1 + random.nextInt(400), 0, size.voxels()).toArray();
    var nearest = new NearestPoint(map.geometry(), voxels);
    for (int from : random.ints(200, 0, size.voxels()).toArray()) {
      double expected =
          IntStream.of(voxels).mapToDouble(to -> squared(size, from, to)).min().orElseThrow();
      assertEquals(expected, nearest.squaredDistance(from, 1e9), 1e-9, "seed " + seed);
    }
    assertEquals(0, nearest.squaredDistance(voxels[0], 1e9));
    assertEquals(0.25, new NearestPoint(map.geometry(), new int[0]).squaredDistance(5, 0.25));
  }

  private static double squared(GridSize size, int from, int to) {
    double columns = 0.7 * (from % size.columns() - to % size.columns());
    double rows = 0.9 * (from / size.columns() % size.rows() - to / size.columns() % size.rows());
    double slices = 2.5 * (from / size.voxelsPerSlice() - to / size.voxelsPerSlice());
    return columns * columns + rows * rows + slices * slices;
  }

  @Test
  void theSurfaceIsWhatHasAnotherLabelOrTheOutsideBesideIt() {
    // Of a block of 3 x 3 x 3 only the middle is not; of one in the corner of the grid as well.
    LabelMap map = MadeSegments.map((column, row, slice) -> column < 3 && row < 3 && slice < 3);
    int[] expected =
        IntStream.range(0, ALL.size().voxels())
            .filter(index -> map.labelAt(index) == LABEL && index != ALL.size().index(1, 1, 1))
            .toArray();
    assertArrayEquals(expected, SurfaceVoxels.of(map, LABEL, new VoxelBox(0, 0, 0, 2, 2, 2)));
  }

  private static SurfaceAgreement agreement(
      MadeSegments.Formula a, MadeSegments.Formula b, double tolerance) {
    return SurfaceAgreement.of(MadeSegments.map(a), MadeSegments.map(b), LABEL, ALL, tolerance);
  }
}
