package org.firstpass.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class LabelSchemaTest {
  private static final CodedConcept ANATOMY =
      new CodedConcept("123037004", "SCT", "Anatomical Structure");
  private static final CodedConcept LIVER = new CodedConcept("10200004", "SCT", "Liver");

  @Test
  void aSegmentIsFoundByItsNumber() {
    var schema =
        new LabelSchema("abdomen", 1, List.of(segment(1, "#aa0011"), segment(7, "#00ff00")));
    assertEquals(7, schema.segment(7).orElseThrow().number());
    assertTrue(schema.segment(2).isEmpty());
  }

  @Test
  void whatCannotBeWrittenToDicomIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new LabelSchema("empty", 1, List.of()));
    assertThrows(
        IllegalArgumentException.class,
        () -> new LabelSchema("twice", 1, List.of(segment(1, "#aa0011"), segment(1, "#aa0011"))));
    assertThrows(IllegalArgumentException.class, () -> segment(0, "#aa0011"));
    assertThrows(IllegalArgumentException.class, () -> segment(65536, "#aa0011"));
    assertThrows(IllegalArgumentException.class, () -> segment(1, "red"));
    assertThrows(IllegalArgumentException.class, () -> new CodedConcept("", "SCT", "Liver"));
    assertThrows(
        IllegalArgumentException.class, () -> new CodedConcept("1", "SCT", "x".repeat(65)));
  }

  private static Segment segment(int number, String colour) {
    return new Segment(number, "Segment " + number, ANATOMY, LIVER, null, colour);
  }
}
