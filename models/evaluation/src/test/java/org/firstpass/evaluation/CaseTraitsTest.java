package org.firstpass.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ages are told by decades, and those of the oldest not at all. */
class CaseTraitsTest {
  @ParameterizedTest
  @CsvSource({"0, 0-9", "59, 50-59", "60, 60-69", "89, 80-89", "90, 90+", "104, 90+"})
  void anAgeIsItsDecade(int years, String band) {
    assertEquals(band, CaseTraits.ageBand(years));
  }

  @Test
  void noAgeIsBelowZero() {
    assertThrows(IllegalArgumentException.class, () -> CaseTraits.ageBand(-1));
  }
}
