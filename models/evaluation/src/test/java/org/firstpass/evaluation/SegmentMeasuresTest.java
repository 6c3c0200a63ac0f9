package org.firstpass.evaluation;

import static org.firstpass.evaluation.Drawn.ball;
import static org.firstpass.evaluation.Drawn.box;
import static org.firstpass.evaluation.Drawn.measured;
import static org.firstpass.evaluation.Drawn.nothing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.firstpass.evaluation.SegmentMeasures.Presence;
import org.firstpass.geometry.Spacing;
import org.firstpass.volume.LabelMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Boxes and balls whose measures follow from formulas; the voxel is 0.7 x 0.9 x 2.5 mm. */
class SegmentMeasuresTest {
  private static final double CLOSE = 1e-12;

  /** The distance of a shifted box is that of its faces, whichever index it is shifted along. */
  @ParameterizedTest
  @CsvSource({"2, 0, 0, 1.4", "0, 3, 0, 2.7", "0, 0, 1, 2.5"})
  void aShiftedBoxLiesAsFarAwayAsItWasShiftedInMillimetres(
      int columns, int rows, int slices, double mm) {
    SegmentMeasures found =
        measured(box(10, 10, 8, 12, 12, 6), box(10 + columns, 10 + rows, 8 + slices, 12, 12, 6));
    assertEquals(mm, nonNull(found.hd95Mm()), CLOSE);
    double common = (12.0 - columns) * (12 - rows) * (6 - slices);
    assertEquals(common / (12 * 12 * 6), found.dice(), CLOSE);
  }

  @Test
  void aBoxGrownByOneVoxelHasTheOverlapAndTheSurfaceOfTheFormula() {
    SegmentMeasures found = measured(box(10, 10, 8, 12, 12, 6), box(9, 9, 7, 14, 14, 8));
    double small = 12 * 12 * 6;
    double large = 14 * 14 * 8;
    assertEquals(2 * small / (small + large), found.dice(), CLOSE);
    double surfaces = small - 10 * 10 * 4 + large - 12 * 12 * 6;
    // Of the larger box the two outermost slices are beyond 2 mm, corners and edges too.
    double beyond = 2 * 14 * 14 + smallBeyond();
    assertEquals(1 - beyond / surfaces, found.surfaceDice(), CLOSE);
  }

  /** Voxels of its two end slices: 2.5 mm from the larger one's, or nearer to a side of it. */
  private static double smallBeyond() {
    int beyond = 0;
    for (int column = 0; column < 12; column++) {
      for (int row = 0; row < 12; row++) {
        double side =
            Math.min(
                0.7 * (1 + Math.min(column, 11 - column)), 0.9 * (1 + Math.min(row, 11 - row)));
        beyond += Math.min(side, 2.5) > 2 ? 2 : 0;
      }
    }
    return beyond;
  }

  @ParameterizedTest
  @CsvSource({"9, 12", "10, 15", "8, 14"})
  void concentricBallsAgreeAsTheirRadiiSay(double inner, double outer) {
    SegmentMeasures found = measured(ball(inner), ball(outer));
    double cubes = Math.pow(inner, 3) + Math.pow(outer, 3);
    assertEquals(2 * Math.pow(inner, 3) / cubes, found.dice(), 0.02);
    // A surface voxel's centre lies up to the thickness of a slice inside the true surface.
    assertEquals(outer - inner, nonNull(found.hd95Mm()), 1.3);
    double ml = 4.0 / 3 * Math.PI / 1000;
    assertEquals(ml * Math.pow(inner, 3), found.referenceVoxels() * Drawn.VOXEL_ML, 0.1);
    assertEquals(ml * Math.pow(outer, 3), found.proposedVoxels() * Drawn.VOXEL_ML, 0.15);
  }

  @Test
  void theSurfacesOfBallsAgreeWithinATheirGapAndNotBelowIt() {
    EvaluationSettings usual = EvaluationSettings.USUAL;
    assertEquals(1, measured(ball(10), ball(13), usual.withTolerance(5.6)).surfaceDice());
    assertEquals(0, measured(ball(10), ball(13), usual.withTolerance(0.6)).surfaceDice());
  }

  @Test
  void whatWasNotProposedHasToBeDrawnAndWhatIsSameNeedNot() {
    double perSlice =
        2 * (12 * 0.7 + 12 * 0.9) - 4 * (0.7 + 0.9) / 2 + 4 * Math.hypot(0.7, 0.9) / 2;
    assertEquals(6 * perSlice, measured(box(10, 10, 8, 12, 12, 6), nothing()).addedPathMm(), 1e-9);
    assertEquals(
        2 * perSlice,
        measured(box(10, 10, 8, 12, 12, 6), box(10, 10, 8, 12, 12, 4)).addedPathMm(),
        1e-9);
    assertEquals(
        0, measured(box(10, 10, 8, 12, 12, 6), box(10, 10, 8, 12, 12, 9)).addedPathMm(), 1e-9);
  }

  @Test
  void aSegmentThatOnlyOneMapHasAgreesInNothingAndHasNoDistance() {
    SegmentMeasures missed = measured(ball(10), nothing());
    assertEquals(Presence.MISSED, missed.presence());
    assertEquals(0, missed.dice());
    assertEquals(0, missed.surfaceDice());
    assertNull(missed.hd95Mm());
    SegmentMeasures added = measured(nothing(), ball(10));
    assertEquals(Presence.ADDED, added.presence());
    assertEquals(0, added.dice());
    assertNull(added.meanDistanceMm());
    assertEquals(0, added.addedPathMm());
  }

  @Test
  void aSegmentThatNeitherMapHasIsRightAndCountsForNoMean() {
    SegmentMeasures neither = measured(nothing(), nothing());
    assertEquals(Presence.NEITHER, neither.presence());
    assertEquals(1, neither.dice());
    for (Measure measure : Measure.values()) {
      assertTrue(measure.of(neither).isEmpty(), measure.title());
    }
  }

  @Test
  void volumeErrorsHaveTheirSign() {
    SegmentMeasures found = measured(box(10, 10, 8, 10, 10, 6), box(10, 10, 8, 10, 10, 3));
    assertEquals(-300 * Drawn.VOXEL_ML, Measure.VOLUME_ERROR.of(found).orElseThrow().part(), CLOSE);
    assertEquals(-50, Measure.RELATIVE_VOLUME_ERROR.of(found).orElseThrow().part(), CLOSE);
  }

  @Test
  void mapsOfOtherGridsAreNotCompared() {
    LabelMap reference = Drawn.map(ball(10));
    LabelMap other = Drawn.map(new Spacing(1, 1, 1), ball(10));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            SegmentMeasures.of(
                reference, other, Drawn.LABEL, null, null, EvaluationSettings.USUAL));
  }

  private static double nonNull(Double value) {
    assertNotNull(value);
    return value;
  }
}
