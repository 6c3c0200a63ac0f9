package org.firstpass.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class HalfTest {
  @Test
  void everyPatternComesBackFromItsValue() {
    for (int pattern = 0; pattern < 1 << 16; pattern++) {
      float value = Half.toFloat((short) pattern);
      if (Float.isNaN(value)) {
        assertTrue(Float.isNaN(Half.toFloat(Half.of(value))));
      } else {
        assertEquals((short) pattern, Half.of(value), "pattern " + pattern);
      }
    }
  }

  @Test
  void patternsStandForTheValuesOfTheStandard() {
    assertEquals(1f, Half.toFloat((short) 0x3c00));
    assertEquals(-2f, Half.toFloat((short) 0xc000));
    assertEquals(65_504f, Half.toFloat((short) 0x7bff));
    assertEquals(0x1p-24f, Half.toFloat((short) 0x0001));
    assertEquals(Float.NEGATIVE_INFINITY, Half.toFloat((short) 0xfc00));
  }

  @Test
  void aValueGoesToTheNearestAndATieToTheEvenOne() {
    var random = new Random(7);
    for (int i = 0; i < 200_000; i++) {
      float value = (float) Math.scalb(random.nextGaussian(), random.nextInt(36) - 22);
      assertEquals(nearest(value), Half.toFloat(Half.of(value)), "of " + value);
      assertEquals(nearest(value), Half.rounded(value), "of " + value);
    }
    // Between 2048 and 2050, and between 2050 and 2052.
    assertEquals(2048f, Half.toFloat(Half.of(2049)));
    assertEquals(2052f, Half.toFloat(Half.of(2051)));
    // Half of the smallest value is a tie with nothing.
    assertEquals(0f, Half.toFloat(Half.of(0x1p-25f)));
    assertEquals(0x1p-24f, Half.toFloat(Half.of(Math.nextUp(0x1p-25f))));
  }

  @Test
  void whatIsTooLargeIsInfinite() {
    assertEquals(65_504f, Half.toFloat(Half.of(65_519)));
    assertEquals(Float.POSITIVE_INFINITY, Half.toFloat(Half.of(65_520)));
    assertEquals(Float.NEGATIVE_INFINITY, Half.toFloat(Half.of(-1e9f)));
  }

  /** By trying the neighbours among all finite values. */
  private static float nearest(float value) {
    int low = 0;
    int high = 0x7bff;
    float magnitude = Math.abs(value);
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (Half.toFloat((short) middle) <= magnitude) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    double below = Half.toFloat((short) low);
    double above = Half.toFloat((short) Math.min(0x7bff, low + 1));
    boolean up = magnitude - below > above - magnitude;
    boolean tie = magnitude - below == above - magnitude;
    double chosen = up || tie && low % 2 == 1 ? above : below;
    return (float) Math.copySign(chosen, value);
  }
}
