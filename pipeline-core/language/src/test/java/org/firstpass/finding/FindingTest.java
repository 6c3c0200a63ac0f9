package org.firstpass.finding;

import static org.firstpass.finding.TestFindings.LESION;
import static org.firstpass.finding.TestFindings.at;
import static org.firstpass.finding.TestFindings.heading;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.firstpass.geometry.Vector3;
import org.firstpass.study.SopInstanceUid;
import org.junit.jupiter.api.Test;

class FindingTest {
  @Test
  void measuresALengthInTheMillimetresOfThePatientNotInVoxels() {
    // 8 columns of 0.5 mm and 1.5 rows of 2 mm: 4 mm and 3 mm.
    var length = new Finding.Length(heading(1, LESION, 0), at(2, 3, 4, 11, 5.5));
    assertEquals(5, length.millimetres(), 1e-9);
  }

  @Test
  void measuresAnAreaByTheBorderNotByVoxels() {
    // A right triangle with legs of 12 columns (6 mm) and 4 rows (8 mm).
    var area = new Finding.Area(heading(1, LESION, 0), at(1, 2, 2, 14, 2, 2, 6));
    assertEquals(24, area.squareMillimetres(), 1e-9);
  }

  @Test
  void measuresAnAreaThatIsNotConvex() {
    // An L: 10 x 4 rows less 6 x 2 rows, in columns of 0.5 mm and rows of 2 mm.
    var area = new Finding.Area(heading(1, LESION, 0), at(0, 0, 0, 10, 0, 10, 2, 4, 2, 4, 4, 0, 4));
    assertEquals((10 * 4 - 6 * 2) * 0.5 * 2, area.squareMillimetres(), 1e-9);
  }

  @Test
  void refusesABorderThatLeavesItsPlane() {
    Vector3 up = TestFindings.GRID.toPatient(4, 4, 1.1);
    var points = at(1, 2, 2, 14, 2, 14, 6).points();
    var bent = Outline.of(points.get(0), points.get(1), points.get(2), up);
    assertThrows(
        IllegalArgumentException.class, () -> new Finding.Contour(heading(1, LESION, 0), bent));
  }

  @Test
  void refusesABorderWithNothingInside() {
    var line = at(1, 2, 2, 8, 2, 14, 2);
    assertThrows(
        IllegalArgumentException.class, () -> new Finding.Area(heading(1, LESION, 0), line));
  }

  @Test
  void refusesABoxWithoutRightAngles() {
    var right = at(1, 2, 2, 14, 2, 14, 6, 2, 6);
    var slanted = at(1, 2, 2, 14, 2, 15, 6, 3, 6);
    var crossed = at(1, 2, 2, 14, 6, 14, 2, 2, 6);
    assertTrue(new Finding.Box(heading(1, LESION, 0), right).drawn().isPresent());
    assertThrows(
        IllegalArgumentException.class, () -> new Finding.Box(heading(1, LESION, 0), slanted));
    assertThrows(
        IllegalArgumentException.class, () -> new Finding.Box(heading(1, LESION, 0), crossed));
  }

  @Test
  void refusesAnotherNumberOfPointsThanTheKindHas() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Finding.Length(heading(1, LESION, 0), at(1, 2, 2)));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Finding.Point(heading(1, LESION, 0), at(1, 2, 2, 3, 3)));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Finding.Length(heading(1, LESION, 0), at(1, 2, 2, 2, 2)));
  }

  @Test
  void knowsTheFrameThatItIsToldOf() {
    var frame = new ImageFrame(new SopInstanceUid("1.2.9"), 3);
    var point = new Finding.Point(heading(1, LESION, 0), at(1, 2, 2));
    assertFalse(point.drawn().orElseThrow().frame().isPresent());
    assertEquals(frame, point.on(frame).drawn().orElseThrow().frame().orElseThrow());
  }

  @Test
  void keepsWordsOutOfLogs() {
    var comment = new Finding.Comment(heading(1, LESION, 0), "a secret");
    assertFalse(comment.toString().contains("secret"));
    assertThrows(
        IllegalArgumentException.class, () -> new Finding.Comment(heading(1, LESION, 0), " "));
  }
}
