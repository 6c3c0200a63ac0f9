package org.firstpass.evaluation.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.firstpass.calibration.HeldOutCase;
import org.firstpass.dataset.split.Split;
import org.firstpass.evaluation.CaseSource;
import org.firstpass.evaluation.CaseTraits;
import org.firstpass.evaluation.EvaluatedCase;
import org.firstpass.evaluation.simulation.LearningCurves.Curve;
import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.study.PatientKey;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.Volume;
import org.junit.jupiter.api.Test;

class SimulationTest {
  private static final int EDGE = 24;

  /** Of 40 cases 4 are of a second scanner, which shows the same organ dark instead of bright. */
  private static final List<CaseSource> CASES = cases();

  @Test
  void whereAFewCasesAreOfAnotherKindSeekingThemOutLearnsFasterThanRandomOrder() {
    var settings =
        new Simulation.Settings(
            List.of(PickRule.NOVELTY, PickRule.DIVERSITY, PickRule.UNCERTAINTY), 8, 8, 0.1, 1500);
    LearningCurves curves = new Simulation(CASES, settings).run(seed -> {});
    assertEquals(40, curves.pool());
    assertEquals(12, curves.heldOut());
    assertEquals(4, curves.curves().size());
    Curve random = curve(curves, PickRule.RANDOM);
    assertNull(random.gain());
    assertEquals(8, random.points().size());
    assertTrue(
        random.points().get(7).dice().mean() > random.points().get(0).dice().mean(),
        "what is trained on more does better");
    for (PickRule rule : List.of(PickRule.NOVELTY, PickRule.DIVERSITY)) {
      Curve curve = curve(curves, rule);
      assertTrue(curve.gain().low() > 0, () -> rule + " gains " + CurvePage.words(curve.gain()));
    }
  }

  @Test
  void allByLotIsRandomOrderWhateverTheRule() {
    var settings = new Simulation.Settings(List.of(PickRule.UNCERTAINTY), 4, 6, 1, 600);
    LearningCurves curves = new Simulation(CASES, settings).run(seed -> {});
    Curve curve = curve(curves, PickRule.UNCERTAINTY);
    assertTrue(curve.gain().low() <= 0 && curve.gain().high() >= 0, () -> "" + curve.gain());
  }

  @Test
  void theSameSettingsGiveTheSameCurvesAndThePageHasTheirNumbers() {
    var settings = new Simulation.Settings(List.of(PickRule.DISAGREEMENT), 4, 3, 0.2, 400);
    LearningCurves curves = new Simulation(CASES, settings).run(seed -> {});
    assertEquals(curves, new Simulation(CASES, settings).run(seed -> {}));
    String page = CurvePage.of(curves);
    for (Curve curve : curves.curves()) {
      assertTrue(page.contains(CurvePage.words(curve.points().get(3).dice())));
    }
    assertTrue(page.contains("data:image/svg+xml"));
    assertTrue(!page.contains("http://") && !page.contains("https://"), "it asks for nothing");
  }

  @Test
  void whatCannotBeSimulatedIsRefused() {
    var novelty = new Simulation.Settings(List.of(PickRule.NOVELTY), 4, 3, 0.2, 400);
    List<CaseSource> unknown =
        CASES.stream()
            .map(one -> new CaseSource(one.subject().withTraits(CaseTraits.UNKNOWN), one.held()))
            .toList();
    assertThrows(IllegalArgumentException.class, () -> new Simulation(unknown, novelty));
    var many = new Simulation.Settings(List.of(PickRule.DIVERSITY), 41, 3, 0.2, 400);
    assertThrows(IllegalArgumentException.class, () -> new Simulation(CASES, many));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Simulation.Settings(List.of(PickRule.DIVERSITY), 4, 3, 1.1, 400));
  }

  private static Curve curve(LearningCurves curves, PickRule rule) {
    return curves.curves().stream().filter(curve -> curve.rule() == rule).findFirst().orElseThrow();
  }

  private static List<CaseSource> cases() {
    var cases = new ArrayList<CaseSource>();
    for (int number = 0; number < 52; number++) {
      Split split = number < 40 ? Split.TRAINING : Split.TEST;
      boolean rare = number < 40 ? number % 10 == 3 : number % 2 == 0;
      int seed = number;
      cases.add(
          new CaseSource(
              new EvaluatedCase(
                  "case-" + number,
                  new PatientKey("pk" + number),
                  split,
                  new CaseTraits(rare ? "ACME Two" : "ACME One", null, null, null),
                  null),
              new HeldOutCase("case-" + number, () -> scan(seed, rare))));
    }
    return cases;
  }

  /** A ball in noise, at another place in each case. */
  private static HeldOutCase.Scan scan(int seed, boolean dark) {
    var random = new Random(seed);
    GridGeometry grid = grid();
    double[] middle = new double[3];
    for (int axis = 0; axis < 3; axis++) {
      middle[axis] = EDGE * (0.4 + 0.2 * random.nextDouble());
    }
    var values = new float[EDGE * EDGE * EDGE];
    var labels = new short[values.length];
    for (int at = 0; at < values.length; at++) {
      double x = at % EDGE - middle[0];
      double y = at / EDGE % EDGE - middle[1];
      double z = at / EDGE / EDGE - middle[2];
      boolean inside = x * x + y * y + z * z < 36;
      labels[at] = (short) (inside ? 1 : 0);
      double signal = inside ? (dark ? -60 : 60) : 0;
      values[at] = (float) (signal + 20 * random.nextGaussian());
    }
    return new HeldOutCase.Scan(List.of(Volume.ofValues(grid, values)), new LabelMap(grid, labels));
  }

  private static GridGeometry grid() {
    return new GridGeometry(
        new FrameOfReferenceUid("1.2.3"),
        new GridSize(EDGE, EDGE, EDGE),
        new Vector3(0, 0, 0),
        Axes.ofPlane(new Vector3(1, 0, 0), new Vector3(0, 1, 0)),
        new Spacing(2, 2, 2));
  }
}
