package org.firstpass.correction;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.firstpass.correction.UsualVolume.Quartiles;
import org.junit.jupiter.api.Test;

final class UsualVolumeTest {
  @Test
  void reachesAsFarBeyondTheQuartilesAsTheyAreApartAndHalfAgain() {
    // Quartiles 100, 200, 400 mL: three times their factor of 4 is 8 beyond each.
    UsualVolume usual = UsualVolume.of(3, 40, 50, logarithmsOf(100, 200, 400)).orElseThrow();
    assertEquals(3, usual.segment());
    assertEquals(40, usual.cases());
    assertEquals(0.8, usual.share(), 1e-12);
    assertEquals(12.5, usual.leastMl(), 1e-9);
    assertEquals(200, usual.medianMl(), 1e-9);
    assertEquals(3200, usual.largestMl(), 1e-9);
  }

  @Test
  void isNeverNarrowerThanAQuarterAroundTheMedian() {
    UsualVolume usual = UsualVolume.of(1, 20, 20, logarithmsOf(100, 100, 100)).orElseThrow();
    assertEquals(80, usual.leastMl(), 1e-9);
    assertEquals(125, usual.largestMl(), 1e-9);
  }

  @Test
  void isNotSaidOfFewCases() {
    assertEquals(
        Optional.empty(),
        UsualVolume.of(1, UsualVolume.LEAST_CASES - 1, 100, logarithmsOf(1, 2, 3)));
  }

  private static Quartiles logarithmsOf(double lower, double median, double upper) {
    return new Quartiles(Math.log(lower), Math.log(median), Math.log(upper));
  }
}
