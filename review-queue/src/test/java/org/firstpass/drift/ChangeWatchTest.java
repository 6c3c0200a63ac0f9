package org.firstpass.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class ChangeWatchTest {
  /** As an installation has it that reads six segments: one false alarm in 1000 cases, all told. */
  private static final double THRESHOLD = 30_000;

  /** 2000 times 300 cases without a change: an alarm in 300 / 3000 of them at the most. */
  @Test
  void withoutAChangeAlarmsAreNoMoreFrequentThanStated() {
    for (ToDoubleFunction<Random> figure : figures()) {
      var random = new Random(20);
      int alarms = 0;
      for (int run = 0; run < 2000; run++) {
        var watch = new ChangeWatch(3000);
        boolean alarmed = false;
        for (int each = 0; each < 300; each++) {
          watch.add(figure.applyAsDouble(random), random.nextDouble());
          alarmed |= watch.alarms();
        }
        alarms += alarmed ? 1 : 0;
      }
      int found = alarms;
      assertTrue(found <= 200, () -> found + " of 2000");
    }
  }

  /** The rate is stated in the mean: n cases win n at the most. */
  @Test
  void theStatisticIsAsLargeAsTheNumberOfCasesInTheMean() {
    var random = new Random(21);
    double sum = 0;
    int runs = 20_000;
    for (int run = 0; run < runs; run++) {
      var watch = new ChangeWatch(1e12);
      for (int each = 0; each < ChangeWatch.FEWEST + 20; each++) {
        watch.add(random.nextGaussian(), random.nextDouble());
      }
      sum += watch.statistic();
    }
    assertEquals(20, sum / runs, 2);
  }

  /** After 200 usual cases, a rise by one standard deviation. */
  @Test
  void aRiseByAStandardDeviationIsFoundWithinSixtyCases() {
    List<Integer> delays = delays(1);
    assertTrue(delays.size() >= 195, () -> "found in " + delays.size() + " of 200");
    assertTrue(delays.get(99) <= 35, () -> "half of them after " + delays.get(99));
    assertTrue(delays.get(179) <= 60, () -> "nine tenths after " + delays.get(179));
  }

  @Test
  void aSmallerRiseTakesLonger() {
    List<Integer> delays = delays(0.7);
    assertTrue(delays.size() >= 180, () -> "found in " + delays.size() + " of 200");
    assertTrue(
        delays.get(99) > 35 && delays.get(99) <= 70, () -> "half of them after " + delays.get(99));
  }

  @Test
  void theChangeIsSaidToHaveBegunWhereItDid() {
    var random = new Random(23);
    var found = new ArrayList<Integer>();
    for (int run = 0; run < 100; run++) {
      var watch = new ChangeWatch(THRESHOLD);
      for (int each = 0; each < 400 && !watch.alarms(); each++) {
        watch.add(random.nextGaussian() + (each < 200 ? 0 : 1.5), random.nextDouble());
      }
      found.add(watch.change());
    }
    Collections.sort(found);
    // Half of them; a tenth lies far before.
    assertTrue(found.get(25) >= 195 && found.get(74) <= 202, found::toString);
  }

  @Test
  void whatGetsBetterRaisesNoAlarm() {
    var random = new Random(24);
    for (int run = 0; run < 50; run++) {
      var watch = new ChangeWatch(THRESHOLD);
      for (int each = 0; each < 400; each++) {
        watch.add(random.nextGaussian() - (each < 200 ? 0 : 2), random.nextDouble());
        assertTrue(!watch.alarms());
      }
    }
  }

  @Test
  void aThresholdThatAlarmsAtOnceIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new ChangeWatch(1));
    assertThrows(IllegalArgumentException.class, () -> new ChangeWatch(Double.NaN));
  }

  private static List<ToDoubleFunction<Random>> figures() {
    return List.of(
        Random::nextGaussian,
        // Accepted or not, which is tied most of the time, and a time with a long tail.
        random -> random.nextDouble() < 0.15 ? 1 : 0,
        random -> Math.exp(1.5 * random.nextGaussian()));
  }

  private static List<Integer> delays(double rise) {
    var random = new Random(22);
    var delays = new ArrayList<Integer>();
    for (int run = 0; run < 200; run++) {
      var watch = new ChangeWatch(THRESHOLD);
      int each = 0;
      while (each < 400 && !watch.alarms()) {
        watch.add(random.nextGaussian() + (each < 200 ? 0 : rise), random.nextDouble());
        each++;
      }
      if (watch.alarms() && each > 200) {
        delays.add(each - 200);
      }
    }
    Collections.sort(delays);
    return delays;
  }
}
