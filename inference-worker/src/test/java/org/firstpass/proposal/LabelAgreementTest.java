package org.firstpass.proposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.firstpass.event.SegmentAgreement;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Orientation;
import org.firstpass.sample.SampleGrid;
import org.firstpass.sample.SampleManifest;
import org.firstpass.segment.LabelSchema;
import org.firstpass.volume.LabelMap;
import org.junit.jupiter.api.Test;

final class LabelAgreementTest {
  private static final GridGeometry GRID =
      SampleGrid.of(new Orientation("SPL"), new GridSize(4, 2, 1));
  private static final LabelSchema SCHEMA =
      new LabelSchema(
          "labels",
          1,
          List.of(
              SampleManifest.segment(2),
              SampleManifest.segment(1),
              SampleManifest.segment(5),
              SampleManifest.segment(3)));

  @Test
  void eachSegmentHasItsDiceInTheOrderOfTheSchema() {
    var a = new LabelMap(GRID, new short[] {1, 1, 1, 2, 0, 0, 3, 9});
    var b = new LabelMap(GRID, new short[] {1, 2, 1, 2, 2, 0, 0, 9});
    assertEquals(
        List.of(
            new SegmentAgreement(2, 2.0 / 4),
            new SegmentAgreement(1, 4.0 / 5),
            new SegmentAgreement(5, 1),
            new SegmentAgreement(3, 0)),
        LabelAgreement.between(SCHEMA, a, b));
    assertEquals(
        LabelAgreement.between(SCHEMA, a, b), LabelAgreement.between(SCHEMA, b, a), "symmetric");
  }

  @Test
  void mapsOfDifferentGridsAreNotCompared() {
    var a = new LabelMap(GRID, new short[8]);
    GridGeometry mirrored = SampleGrid.of(new Orientation("SPR"), GRID.size());
    assertThrows(
        IllegalArgumentException.class,
        () -> LabelAgreement.between(SCHEMA, a, new LabelMap(mirrored, new short[8])));
  }
}
