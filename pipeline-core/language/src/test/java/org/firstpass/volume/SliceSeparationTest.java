package org.firstpass.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.firstpass.geometry.Spacing;
import org.junit.jupiter.api.Test;

/** As nnU-Net's {@code determine_do_sep_z_and_axis} decides. */
final class SliceSeparationTest {
  private static final Spacing EVEN = new Spacing(1, 1, 1);

  @Test
  void thickSlicesAreResizedOnTheirOwn() {
    assertEquals(Optional.of(GridAxis.SLICE), whereAnisotropic(new Spacing(.8, .8, 5), EVEN));
    assertEquals(Optional.of(GridAxis.ROW), whereAnisotropic(new Spacing(.8, 5, .8), EVEN));
    assertEquals(Optional.of(GridAxis.COLUMN), whereAnisotropic(new Spacing(5, .8, .8), EVEN));
  }

  @Test
  void exactlyThreeTimesIsNotYetAnisotropic() {
    assertEquals(Optional.empty(), whereAnisotropic(new Spacing(1, 1, 3), EVEN));
    assertEquals(Optional.of(GridAxis.SLICE), whereAnisotropic(new Spacing(1, 1, 3.001), EVEN));
  }

  @Test
  void theTargetCountsWhereTheCurrentGridIsEven() {
    assertEquals(Optional.of(GridAxis.COLUMN), whereAnisotropic(EVEN, new Spacing(4, 1, 1)));
  }

  @Test
  void theCurrentGridGoesBeforeTheTarget() {
    assertEquals(
        Optional.of(GridAxis.SLICE), whereAnisotropic(new Spacing(1, 1, 4), new Spacing(4, 1, 1)));
  }

  @Test
  void twoEquallyCoarseAxesAreNoSlicesAndTheTargetIsNotAsked() {
    assertEquals(
        Optional.empty(),
        whereAnisotropic(new Spacing(.24, 1.25, 1.25), new Spacing(.24, .24, 1.25)));
  }

  @Test
  void alwaysTakesTheCoarsestAxisOfTheCurrentGridIfThereIsOne() {
    assertEquals(
        Optional.of(GridAxis.SLICE),
        SliceSeparation.ALWAYS.axis(new Spacing(1, 1, 1.1), new Spacing(9, 1, 1)));
    assertEquals(Optional.empty(), SliceSeparation.ALWAYS.axis(EVEN, new Spacing(9, 1, 1)));
  }

  @Test
  void neverIsNever() {
    assertEquals(Optional.empty(), SliceSeparation.NEVER.axis(new Spacing(1, 1, 9), EVEN));
  }

  private static Optional<GridAxis> whereAnisotropic(Spacing current, Spacing target) {
    return SliceSeparation.WHERE_ANISOTROPIC.axis(current, target);
  }
}
