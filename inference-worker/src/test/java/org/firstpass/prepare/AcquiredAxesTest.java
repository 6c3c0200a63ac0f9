package org.firstpass.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Orientation;
import org.firstpass.geometry.Vector3;
import org.firstpass.sample.SampleGrid;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As acquired, slices are S, rows P, columns L, whatever the patient's directions are. */
final class AcquiredAxesTest {

  /** A sagittal and an oblique coronal series: its voxel that comes first, and the one after. */
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "LIP, SPL, 0 0 0, 1 0 0, 5 4 3",
    "LIP, SAL, 0 3 0, 1 3 0, 5 4 3",
    "LIP, IAR, 4 3 2, 3 3 2, 5 4 3",
    "LIP, LPS, 0 0 0, 0 0 1, 3 4 5",
    "LIP, LSP, 0 0 0, 0 1 0, 4 3 5",
    "ASR, PSL, 0 0 0, 1 0 0, 5 3 4",
    "ASR, RSA, 4 3 0, 4 2 0, 4 3 5",
  })
  void indicesArePermutedAndTurned(
      String series, String wanted, String first, String next, String size) {
    GridGeometry source = SampleGrid.oblique(new Orientation(series), new GridSize(5, 4, 3), 20);
    GridGeometry grid =
        NetworkGrids.of(source, new SampleInput().orientation(wanted).asAcquired().spec());
    assertNear(at(source, first), grid.toPatient(0, 0, 0));
    assertNear(at(source, next), grid.toPatient(1, 0, 0));
    GridSize found = grid.size();
    assertEquals(size, found.columns() + " " + found.rows() + " " + found.slices());
  }

  private static Vector3 at(GridGeometry grid, String voxel) {
    String[] index = voxel.split(" ");
    return grid.toPatient(
        Integer.parseInt(index[0]), Integer.parseInt(index[1]), Integer.parseInt(index[2]));
  }

  private static void assertNear(Vector3 expected, Vector3 found) {
    assertEquals(0, expected.minus(found).length(), 1e-9, () -> expected + " " + found);
  }
}
