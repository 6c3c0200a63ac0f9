package org.firstpass.finding;

import java.time.Instant;
import java.util.UUID;
import org.firstpass.finding.Finding.Heading;
import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.segment.CodedConcept;
import org.firstpass.study.FrameOfReferenceUid;

/** Findings on an oblique, anisotropic grid that does not begin at the origin. */
final class TestFindings {
  static final CodedConcept LESION = new CodedConcept("52988006", "SCT", "Lesion");
  static final CodedConcept LONG_AXIS = new CodedConcept("103339001", "SCT", "Long axis");
  static final CodedConcept QUALITY = new CodedConcept("image-quality", "99TEST", "Image quality");
  static final CodedConcept GOOD = new CodedConcept("good", "99TEST", "Good");
  static final CodedConcept BAD = new CodedConcept("bad", "99TEST", "Bad");
  static final Instant AT = Instant.parse("2026-11-29T08:01:02.345Z");

  /** 20 columns of 0.5 mm, 10 rows of 2 mm, 5 slices of 4 mm, turned by the 3-4-5 triangle. */
  static final GridGeometry GRID =
      new GridGeometry(
          new FrameOfReferenceUid("1.2.3"),
          new GridSize(20, 10, 5),
          new Vector3(-100, 50, 30),
          new Axes(new Vector3(0.8, 0.6, 0), new Vector3(-0.6, 0.8, 0), new Vector3(0, 0, 1)),
          new Spacing(0.5, 2, 4));

  private TestFindings() {}

  static Heading heading(int number, CodedConcept concept, int segment) {
    return new Heading(new UUID(7, number), concept, segment, "anna", AT);
  }

  /** Points at indices of one slice, given as column and row in turn. */
  static Outline at(double slice, double... columnsAndRows) {
    var points = new Vector3[columnsAndRows.length / 2];
    for (int i = 0; i < points.length; i++) {
      points[i] = GRID.toPatient(columnsAndRows[2 * i], columnsAndRows[2 * i + 1], slice);
    }
    return Outline.of(points);
  }
}
