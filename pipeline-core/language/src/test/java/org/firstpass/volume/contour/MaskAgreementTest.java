package org.firstpass.volume.contour;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.BitSet;
import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.volume.Mask;
import org.junit.jupiter.api.Test;

class MaskAgreementTest {
  private static final GridGeometry GRID = grid(5, 4, 3);

  @Test
  void equalMasksAgreeWhollyAndSoDoEmptyOnes() {
    assertEquals(new MaskAgreement(0, 1, 0), MaskAgreement.of(mask(3, 17), mask(3, 17)));
    assertEquals(new MaskAgreement(0, 1, 0), MaskAgreement.of(mask(), mask()));
  }

  @Test
  void theDistanceIsToTheNearestVoxelOfTheOtherInMillimetres() {
    // Voxel 0 is (0, 0, 0), voxel 26 is (1, 1, 1): 0.5, 2 and 3 mm away.
    MaskAgreement agreement = MaskAgreement.of(mask(0, 26), mask(26, 27));
    assertEquals(2, agreement.voxelsDiffering());
    assertEquals(0.5, agreement.dice());
    assertEquals(Math.sqrt(0.25 + 4 + 9), agreement.largestDistanceMm(), 1e-12);
    assertEquals(0.5, MaskAgreement.of(mask(26), mask(26, 27)).largestDistanceMm(), 1e-12);
    assertEquals(2.5, MaskAgreement.of(mask(0, 4), mask(4)).largestDistanceMm() + 0.5, 1e-12);
  }

  @Test
  void thereIsNoNearestVoxelInAnEmptyMask() {
    assertEquals(
        new MaskAgreement(1, 0, Double.POSITIVE_INFINITY), MaskAgreement.of(mask(3), mask()));
    assertEquals(
        new MaskAgreement(1, 0, Double.POSITIVE_INFINITY), MaskAgreement.of(mask(), mask(3)));
  }

  @Test
  void masksOfOtherGridsAreNotCompared() {
    var other = new Mask(grid(4, 5, 3), new BitSet());
    assertThrows(IllegalArgumentException.class, () -> MaskAgreement.of(mask(3), other));
  }

  @Test
  void aMaskHasNoVoxelBeyondItsGrid() {
    assertThrows(IllegalArgumentException.class, () -> mask(60));
    assertEquals(1, mask(59).voxels());
  }

  private static Mask mask(int... voxels) {
    var marked = new BitSet();
    for (int voxel : voxels) {
      marked.set(voxel);
    }
    return new Mask(GRID, marked);
  }

  private static GridGeometry grid(int columns, int rows, int slices) {
    return new GridGeometry(
        new FrameOfReferenceUid("2.25.13"),
        new GridSize(columns, rows, slices),
        new Vector3(-101.25, 33.3, 250.7),
        Axes.ofPlane(new Vector3(1, 0, 0), new Vector3(0, 1, 0)),
        new Spacing(0.5, 2, 3));
  }
}
