package org.firstpass.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.firstpass.study.PatientKey;
import org.junit.jupiter.api.Test;

/** What a candidate would have saved, on cases whose readers took 2 minutes and 0.01 per mm. */
class MinutesSavedTest {
  private static final double PRICE = 0.01;

  @Test
  void halfTheContourToDrawSavesHalfOfWhatItTook() {
    MinutesSaved saved = MinutesSaved.of(cases(0.5, 0), Bootstrap.USUAL).orElseThrow();
    assertEquals(PRICE, saved.minutesPerMm(), 1e-12);
    double drawn = cases(0.5, 0).stream().mapToDouble(ReplayedCase::servedMm).average().orElse(0);
    assertEquals(PRICE * drawn / 2, saved.perCase().value(), 1e-9);
    assertEquals(40 * PRICE * drawn / 2, saved.total(), 1e-6);
    assertTrue(saved.perCase().low() > 0);
  }

  @Test
  void moreContourToDrawIsLost() {
    MinutesSaved saved = MinutesSaved.of(cases(1.5, 1), Bootstrap.USUAL).orElseThrow();
    assertTrue(saved.perCase().value() < 0);
    assertTrue(saved.perCase().high() < 0);
  }

  @Test
  void theSameToDrawSavesNothing() {
    MinutesSaved saved = MinutesSaved.of(cases(1, 1), Bootstrap.USUAL).orElseThrow();
    assertEquals(0, saved.perCase().value());
  }

  @Test
  void whereMoreToDrawTookNoLongerNothingIsSaved() {
    List<ReplayedCase> cases =
        List.of(
            new ReplayedCase(new PatientKey("a"), 100, 10, 5),
            new ReplayedCase(new PatientKey("b"), 200, 10, 4),
            new ReplayedCase(new PatientKey("c"), 300, 10, 3));
    MinutesSaved saved = MinutesSaved.of(cases, Bootstrap.USUAL).orElseThrow();
    assertEquals(0, saved.minutesPerMm());
    assertEquals(0, saved.perCase().value());
  }

  @Test
  void noCasesOrCasesThatAllHadTheSameToDrawSayNothing() {
    assertTrue(MinutesSaved.of(List.of(), Bootstrap.USUAL).isEmpty());
    List<ReplayedCase> same =
        List.of(
            new ReplayedCase(new PatientKey("a"), 100, 10, 5),
            new ReplayedCase(new PatientKey("b"), 100, 10, 4));
    assertTrue(MinutesSaved.of(same, Bootstrap.USUAL).isEmpty());
  }

  @Test
  void whatIsToBeDrawnIsOfAllSegmentsAndOfWhatWasAccepted() {
    var accepted = Drawn.map(Drawn.box(10, 10, 8, 12, 12, 6));
    var nothing = Drawn.map(Drawn.nothing());
    ReplayedCase replayed = ReplayedCase.of(new PatientKey("a"), accepted, nothing, accepted, 3);
    assertEquals(0, replayed.candidateMm());
    double perSlice = 2 * (12 * 0.7 + 12 * 0.9) - 2 * (0.7 + 0.9) + 2 * Math.hypot(0.7, 0.9);
    assertTrue(replayed.servedMm() >= 6 * perSlice - 1e-9);
  }

  /** Forty patients; the candidate leaves a share of the contour to be drawn. */
  private static List<ReplayedCase> cases(double share, double noise) {
    var random = new Random(3);
    List<ReplayedCase> cases = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      double mm = 100 + 20.0 * i;
      double minutes = 2 + PRICE * mm + noise * random.nextGaussian();
      cases.add(new ReplayedCase(new PatientKey("patient " + i), mm, share * mm, minutes));
    }
    return cases;
  }
}
