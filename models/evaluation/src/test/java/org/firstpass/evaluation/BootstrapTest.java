package org.firstpass.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.firstpass.evaluation.Bootstrap.Observation;
import org.firstpass.evaluation.Measure.Share;
import org.firstpass.study.PatientKey;
import org.junit.jupiter.api.Test;

/** Intervals by drawing patients. */
class BootstrapTest {
  @Test
  void theIntervalOfAMeanIsAboutTwoStandardErrorsToEachSide() {
    var random = new Random(5);
    List<Observation<Share>> observations = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      observations.add(observation("patient " + i, 10 + 2 * random.nextGaussian()));
    }
    Estimate found = Bootstrap.USUAL.ratio(observations).orElseThrow();
    double error = 2 / Math.sqrt(400);
    assertEquals(10, found.value(), 3 * error);
    assertEquals(2 * 1.96 * error, found.high() - found.low(), 0.15 * 2 * 1.96 * error);
    assertTrue(found.low() < found.value() && found.value() < found.high());
  }

  @Test
  void moreCasesOfTheSamePatientsMakeNoIntervalNarrower() {
    List<Observation<Share>> once = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      once.add(observation("patient " + i, i));
    }
    List<Observation<Share>> thrice = new ArrayList<>(once);
    thrice.addAll(once);
    thrice.addAll(once);
    Estimate one = Bootstrap.USUAL.ratio(once).orElseThrow();
    Estimate three = Bootstrap.USUAL.ratio(thrice).orElseThrow();
    assertEquals(one.low(), three.low(), 1e-12);
    assertEquals(one.high(), three.high(), 1e-12);
    assertEquals(60, three.cases());
    assertEquals(20, three.patients());
  }

  @Test
  void theSameSeedGivesTheSameIntervalInWhateverOrderCasesCome() {
    List<Observation<Share>> observations = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      observations.add(observation("patient " + i, i * i));
    }
    Estimate first = Bootstrap.USUAL.ratio(observations).orElseThrow();
    Collections.shuffle(observations, new Random(1));
    assertEquals(first, Bootstrap.USUAL.ratio(observations).orElseThrow());
    var other = new Bootstrap(1000, 1, 0.95);
    assertNotEquals(first, other.ratio(observations).orElseThrow());
  }

  @Test
  void aHigherConfidenceMakesAWiderInterval() {
    List<Observation<Share>> observations = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      observations.add(observation("patient " + i, i));
    }
    Estimate usual = Bootstrap.USUAL.ratio(observations).orElseThrow();
    Estimate wide = new Bootstrap(1000, 1, 0.99).ratio(observations).orElseThrow();
    assertTrue(wide.high() - wide.low() > usual.high() - usual.low());
  }

  @Test
  void onePatientTellsNothingOfOthersAndNobodyTellsNothing() {
    Estimate one = Bootstrap.USUAL.ratio(List.of(observation("a", 1))).orElseThrow();
    assertEquals(1, one.value());
    assertNull(one.low());
    assertNull(one.high());
    assertTrue(Bootstrap.USUAL.ratio(List.of()).isEmpty());
  }

  @Test
  void sharesOfLesionsAreOfAllLesionsNotOfCases() {
    var one = new Observation<>(new PatientKey("a"), new Share(1, 1));
    var many = new Observation<>(new PatientKey("b"), new Share(0, 9));
    assertEquals(0.1, Bootstrap.USUAL.ratio(List.of(one, many)).orElseThrow().value(), 1e-12);
  }

  @Test
  void tooFewDrawsAndImpossibleConfidencesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Bootstrap(99, 1, 0.95));
    assertThrows(IllegalArgumentException.class, () -> new Bootstrap(1000, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Bootstrap(1000, 1, 0.5));
  }

  private static Observation<Share> observation(String patient, double value) {
    return new Observation<>(new PatientKey(patient), Share.of(value));
  }
}
