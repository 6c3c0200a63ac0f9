package org.firstpass.volume.contour;

import static org.firstpass.volume.surface.MadeSegments.ALL;
import static org.firstpass.volume.surface.MadeSegments.LABEL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.firstpass.geometry.Spacing;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.VoxelBox;
import org.firstpass.volume.surface.MadeSegments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The numbers are scikit-image 0.26.0's: of each slice the pieces of {@code find_contours(pad(mask,
 * 1), 0.5, fully_connected="low")} that are not among the pieces of the mask before, their lengths
 * in mm summed up.
 */
class AddedPathTest {
  private static final double CLOSE = 1e-9;

  @Test
  void aCorrectionAsAnotherToolMeasuresIt() {
    assertEquals(421.7999099794041, path(MadeSegments::ellipsoid, MadeSegments::corrected), CLOSE);
    assertEquals(326.11605062722225, path(MadeSegments::corrected, MadeSegments::ellipsoid), CLOSE);
  }

  @Test
  void aHollowIsDrawnAndFillingItIsNot() {
    assertEquals(8.680350850198277, path(MadeSegments::ellipsoid, MadeSegments::hollow), CLOSE);
    assertEquals(0, path(MadeSegments::hollow, MadeSegments::ellipsoid));
  }

  @Test
  void whatWasNotProposedIsDrawnWhole() {
    assertEquals(353.108418866061, path(MadeSegments::nothing, MadeSegments::ellipsoid), CLOSE);
  }

  @Test
  void whatWasNotTouchedOrIsGoneCostsNoPath() {
    assertEquals(0, path(MadeSegments::corrected, MadeSegments::corrected));
    assertEquals(0, path(MadeSegments::corrected, MadeSegments::nothing));
  }

  @Test
  void oneVoxelHasAContourOfFourPieces() {
    double corner = Math.hypot(0.7, 0.9) / 2;
    assertEquals(4 * corner, path(MadeSegments::nothing, AddedPathTest::corner), CLOSE);
    // Beside it one more: two corners stay, two move on, and two lines along the row are new.
    double added = path(AddedPathTest::corner, (c, r, s) -> c < 2 && r == 0 && s == 0);
    assertEquals(2 * 0.7 + 2 * corner, added, CLOSE);
  }

  private static boolean corner(int column, int row, int slice) {
    return column == 0 && row == 0 && slice == 0;
  }

  @Test
  void voxelsThatTouchAtACornerHaveContoursOfTheirOwn() {
    double corner = Math.hypot(0.7, 0.9) / 2;
    double added =
        path(AddedPathTest::corner, (c, r, s) -> corner(c, r, s) || c == 1 && r == 1 && s == 0);
    assertEquals(4 * corner, added, CLOSE);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void noWayOfCorrectingAddsMoreThanTheWholeContourOrLessThanWhatItIsLongerBy(long seed) {
    var random = new Random(seed);
    LabelMap before = scattered(random.nextLong());
    LabelMap after = scattered(random.nextLong());
    LabelMap nothing = MadeSegments.map(MadeSegments::nothing);
    double added = AddedPath.mm(before, after, LABEL, ALL);
    double whole = AddedPath.mm(nothing, after, LABEL, ALL);
    double wholeBefore = AddedPath.mm(nothing, before, LABEL, ALL);
    double removed = AddedPath.mm(after, before, LABEL, ALL);
    assertTrue(added > 0 && added < whole, "seed " + seed);
    assertEquals(whole - wholeBefore, added - removed, 1e-6, "seed " + seed);
  }

  private static LabelMap scattered(long seed) {
    var random = new Random(seed);
    return MadeSegments.map((column, row, slice) -> random.nextInt(3) == 0);
  }

  @Test
  void theBoxNeedsToHaveTheSegmentAndNoMore() {
    var tight = new VoxelBox(2, 5, 2, 33, 31, 13);
    assertEquals(
        421.7999099794041,
        AddedPath.mm(
            MadeSegments.map(MadeSegments::ellipsoid),
            MadeSegments.map(MadeSegments::corrected),
            LABEL,
            tight),
        CLOSE);
  }

  @Test
  void mapsOfOtherGridsAreNotCompared() {
    LabelMap other = MadeSegments.map(new Spacing(1, 1, 1), MadeSegments::ellipsoid);
    assertThrows(
        IllegalArgumentException.class,
        () -> AddedPath.mm(MadeSegments.map(MadeSegments::ellipsoid), other, LABEL, ALL));
  }

  private static double path(MadeSegments.Formula before, MadeSegments.Formula after) {
    return AddedPath.mm(MadeSegments.map(before), MadeSegments.map(after), LABEL, ALL);
  }
}
