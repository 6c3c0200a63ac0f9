package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.firstpass.segment.CodedConcept;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PropertyCategoryTest {
  @ParameterizedTest
  @CsvSource({
    "91723000, SCT, true",
    "123037004, SCT, true",
    "85756007, SCT, true",
    "49755003, SCT, false",
    "91723000, 99OTHER, false"
  })
  void anatomyIsWhatTheContextGroupCallsSoAndWhatEarlierObjectsSay(
      String value, String scheme, boolean anatomy) {
    assertEquals(anatomy, PropertyCategory.isAnatomy(new CodedConcept(value, scheme, "any")));
  }
}
