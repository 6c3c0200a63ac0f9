package org.firstpass.geometry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.firstpass.study.FrameOfReferenceUid;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class GridGeometryTest {
  private static final FrameOfReferenceUid FRAME = new FrameOfReferenceUid("1.2.3");

  /** Axial, non-square, anisotropic, off origin. */
  private static GridGeometry axial() {
    return new GridGeometry(
        FRAME,
        new GridSize(5, 3, 2),
        new Vector3(-10, 20, 30),
        Axes.ofPlane(new Vector3(1, 0, 0), new Vector3(0, 1, 0)),
        new Spacing(0.5, 0.7, 3));
  }

  @Test
  void columnsGoByColumnSpacingAlongTheColumnAxis() {
    assertEquals(new Vector3(-9.5, 20, 30), axial().toPatient(1, 0, 0));
    assertEquals(new Vector3(-10, 20.7, 30), axial().toPatient(0, 1, 0));
    assertEquals(new Vector3(-10, 20, 33), axial().toPatient(0, 0, 1));
  }

  @Test
  void slicesOfAnImagePlaneGrowAlongItsRightHandedNormal() {
    var coronal = Axes.ofPlane(new Vector3(1, 0, 0), new Vector3(0, 0, -1));
    assertEquals(new Vector3(0, 1, 0), coronal.slice());
    var sagittal = Axes.ofPlane(new Vector3(0, 1, 0), new Vector3(0, 0, -1));
    assertEquals(new Vector3(-1, 0, 0), sagittal.slice());
  }

  @Test
  void arrayOrderIsSliceRowColumnWithColumnFastest() {
    var size = new GridSize(5, 3, 2);
    int expected = 0;
    for (int slice = 0; slice < 2; slice++) {
      for (int row = 0; row < 3; row++) {
        for (int column = 0; column < 5; column++) {
          assertEquals(expected++, size.index(column, row, slice));
        }
      }
    }
    assertEquals(30, size.voxels());
  }

  @RepeatedTest(50)
  void anIndexComesBackFromPatientSpaceForObliqueGrids(RepetitionInfo repetition) {
    var random = new Random(repetition.getCurrentRepetition());
    GridGeometry grid = oblique(random);
    double column = random.nextDouble(-10, 600);
    double row = random.nextDouble(-10, 600);
    double slice = random.nextDouble(-10, 600);
    VoxelPosition back = grid.toIndex(grid.toPatient(column, row, slice));
    assertEquals(column, back.column(), 1e-6);
    assertEquals(row, back.row(), 1e-6);
    assertEquals(slice, back.slice(), 1e-6);
  }

  private static GridGeometry oblique(Random random) {
    Vector3 column = direction(random);
    Vector3 row = column.cross(direction(random)).normalized();
    double sign = random.nextBoolean() ? 1 : -1;
    return new GridGeometry(
        FRAME,
        new GridSize(7, 5, 3),
        new Vector3(random.nextDouble(-500, 500), random.nextDouble(-500, 500), 17),
        new Axes(column, row, column.cross(row).times(sign)),
        new Spacing(
            random.nextDouble(0.1, 5), random.nextDouble(0.1, 5), random.nextDouble(0.1, 9)));
  }

  private static Vector3 direction(Random random) {
    return new Vector3(random.nextGaussian(), random.nextGaussian(), random.nextGaussian())
        .normalized();
  }

  @Test
  void gridsAreTheSameOnlyIfFrameSizeAndEveryCornerAgree() {
    GridGeometry grid = axial();
    assertTrue(grid.isSameGridAs(axial()));
    var otherFrame = new FrameOfReferenceUid("1.2.4");
    assertFalse(
        grid.isSameGridAs(
            new GridGeometry(
                otherFrame, grid.size(), grid.position(), grid.axes(), grid.spacing())));
    assertFalse(
        grid.isSameGridAs(
            new GridGeometry(
                FRAME, new GridSize(5, 3, 1), grid.position(), grid.axes(), grid.spacing())));
    assertFalse(
        grid.isSameGridAs(
            new GridGeometry(
                FRAME, grid.size(), new Vector3(-10, 20, 30.02), grid.axes(), grid.spacing())));
    assertFalse(
        grid.isSameGridAs(
            new GridGeometry(
                FRAME, grid.size(), grid.position(), grid.axes(), new Spacing(0.51, 0.7, 3))));
    assertFalse(
        grid.isSameGridAs(
            new GridGeometry(
                FRAME,
                grid.size(),
                grid.position(),
                Axes.ofPlane(new Vector3(1, 0, 0), new Vector3(0, -1, 0)),
                grid.spacing())));
  }

  @Test
  void theMessageOfDifferentGridsHasBoth() {
    GridGeometry grid = axial();
    var moved =
        new GridGeometry(FRAME, grid.size(), new Vector3(1, 2, 3), grid.axes(), grid.spacing());
    var refusal =
        assertThrows(
            IllegalArgumentException.class, () -> GridGeometry.requireSameGrid(grid, moved));
    assertTrue(refusal.getMessage().contains(grid.toString()));
    assertTrue(refusal.getMessage().contains(moved.toString()));
  }

  @Test
  void whatIsNotAGridIsRefused() {
    var x = new Vector3(1, 0, 0);
    assertThrows(IllegalArgumentException.class, () -> Axes.ofPlane(x, new Vector3(0.1, 1, 0)));
    assertThrows(
        IllegalArgumentException.class, () -> Axes.ofPlane(new Vector3(2, 0, 0), x.cross(x)));
    assertThrows(IllegalArgumentException.class, () -> new Spacing(1, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> new Spacing(1, -1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Spacing(Double.NaN, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Vector3(Double.NaN, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new GridSize(0, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new GridSize(2048, 2048, 2048));
  }

  @Test
  void anOrientationNamesTheTensorAxesSliceRowColumn() {
    Axes axes = new Orientation("LIA").axes();
    assertEquals(new Vector3(1, 0, 0), axes.slice());
    assertEquals(new Vector3(0, 0, -1), axes.row());
    assertEquals(new Vector3(0, -1, 0), axes.column());
    for (String wrong : new String[] {"LI", "LLA", "LRA", "LIX", "lia"}) {
      assertThrows(IllegalArgumentException.class, () -> new Orientation(wrong));
    }
  }

  @Test
  void gridsOfDifferentSpacesAreNeverTheSame() {
    var image = new FrameOfReferenceUid("2.25.9");
    var size = new GridSize(5, 3, 2);
    GridGeometry pixels = GridGeometry.ofUncalibratedImage(image, size);
    GridGeometry millimetres = GridGeometry.ofImage(image, size, 1, 1);
    var patient = new GridGeometry(image, size, pixels.position(), pixels.axes(), pixels.spacing());
    assertFalse(pixels.isSameGridAs(millimetres));
    assertFalse(millimetres.isSameGridAs(patient));
    assertFalse(pixels.isSameGridAs(patient));
    assertTrue(pixels.isSameGridAs(GridGeometry.ofUncalibratedImage(image, size)));
  }
}
