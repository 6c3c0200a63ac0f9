package org.firstpass.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.firstpass.failure.Defect;
import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.segment.CodedConcept;
import org.firstpass.segment.LabelSchema;
import org.firstpass.segment.Segment;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.volume.LabelMap;
import org.junit.jupiter.api.Test;

class LabelTableTest {
  private static final CodedConcept CONCEPT = new CodedConcept("1", "SCT", "something");

  @Test
  void valuesHaveNoGapsAndFollowTheSegmentNumbers() {
    var table = new LabelTable(schema(segment(700, "Spleen"), segment(3, "Liver")));
    assertEquals(
        List.of(new LabelValue(1, 3, "Liver"), new LabelValue(2, 700, "Spleen")), table.values());
    assertEquals(3, table.ignoreValue());
    assertArrayEquals(new short[] {0, 1, 2, 1}, table.apply(labels(0, 3, 700, 3), 0).toArray());
  }

  @Test
  void unknownBackgroundGetsTheIgnoreValueAndIsCounted() {
    var table = new LabelTable(schema(segment(700, "Spleen"), segment(3, "Liver")));
    LabelMap applied = table.apply(labels(0, 3, 0, 3), table.ignoreValue());
    assertArrayEquals(new short[] {3, 1, 3, 1}, applied.toArray());
    assertEquals(Map.of(0, 0L, 1, 2L, 2, 0L, 3, 2L), table.voxels(applied));
  }

  @Test
  void namesAreUniqueAndNoneIsOneOfTheTrainersOwn() {
    var table =
        new LabelTable(schema(segment(1, "Kidney"), segment(2, "kidney"), segment(3, "Ignore")));
    assertEquals(
        List.of("Kidney", "kidney 2", "Ignore 2"),
        table.values().stream().map(LabelValue::name).toList());
  }

  @Test
  void aLabelThatTheSchemaDoesNotHaveIsADefect() {
    var table = new LabelTable(schema(segment(1, "Liver")));
    assertThrows(Defect.class, () -> table.apply(labels(0, 1, 2, 0), 0));
  }

  @Test
  void largeSegmentNumbersKeepTheirWidth() {
    var table = new LabelTable(schema(segment(65535, "Liver"), segment(44, "Spleen")));
    assertArrayEquals(new short[] {2, 1, 0, 0}, table.apply(labels(65535, 44, 0, 0), 0).toArray());
  }

  private static LabelSchema schema(Segment... segments) {
    return new LabelSchema("some", 1, List.of(segments));
  }

  private static Segment segment(int number, String label) {
    return new Segment(number, label, CONCEPT, CONCEPT, null, "#000000");
  }

  private static LabelMap labels(int... values) {
    var geometry =
        new GridGeometry(
            new FrameOfReferenceUid("1.2.3"),
            new GridSize(values.length, 1, 1),
            new Vector3(0, 0, 0),
            Axes.ofPlane(new Vector3(1, 0, 0), new Vector3(0, 1, 0)),
            new Spacing(1, 1, 1));
    var labels = new short[values.length];
    for (int i = 0; i < values.length; i++) {
      labels[i] = (short) values[i];
    }
    return new LabelMap(geometry, labels);
  }
}
