package org.firstpass.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.firstpass.dataset.split.Split;
import org.firstpass.study.PatientKey;
import org.junit.jupiter.api.Test;

/** Before and after, and whether the difference may be chance. */
class ComparisonTest {
  @Test
  void aGainInEveryCaseIsApartAndANoisyOneIsNot() {
    Comparison clear = compare(i -> 0.7 + 0.002 * i, i -> 0.9 + 0.002 * i);
    assertEquals(0.719, clear.before().value(), 1e-9);
    assertEquals(0.919, clear.after().value(), 1e-9);
    assertTrue(clear.apart());
    assertFalse(compare(i -> i % 2 == 0 ? 0.2 : 0.8, i -> i % 2 == 0 ? 0.3 : 0.9).apart());
    assertTrue(compare(i -> 0.9 + 0.002 * i, i -> 0.7 + 0.002 * i).apart());
  }

  @Test
  void onePatientTellsNothingOfOthers() {
    var one = List.of(new Comparison.Value(new PatientKey("a"), 0.1));
    var other = List.of(new Comparison.Value(new PatientKey("a"), 0.9));
    assertFalse(Comparison.of("a", "Dice", "", one, other).orElseThrow().apart());
    assertTrue(Comparison.of("a", "Dice", "", one, List.of()).isEmpty());
  }

  @Test
  void twoReportsAreComparedTogetherAndBySegment() {
    List<Comparison> all =
        Comparison.of(
            Measure.ADDED_PATH,
            "Held-out: ",
            report(0.7, 80),
            report(0.9, 20),
            CaseResult::addedPathMm);
    assertEquals(
        List.of("Held-out: all segments", "Held-out: Liver", "Held-out: Kidney"),
        all.stream().map(Comparison::of).toList());
    assertEquals(130, all.get(0).before().value(), 1e-9);
    assertEquals(70, all.get(0).after().value(), 1e-9);
    assertEquals(20, all.get(1).after().value(), 1e-9);
    assertEquals(50, all.get(2).after().value(), 1e-9);
    String page = ComparisonPage.of("organs <1>", "1.0", "1.1", List.of("A sentence."), all);
    assertTrue(page.contains("organs &lt;1&gt;"), page);
    assertTrue(page.contains("<caption>Added path length (mm)</caption>"), page);
    assertTrue(page.contains("data:image/svg+xml;base64,"), page);
  }

  private static Comparison compare(IntToDoubleFunction before, IntToDoubleFunction after) {
    return Comparison.of("all", "Dice", "", values(before), values(after)).orElseThrow();
  }

  private static List<Comparison.Value> values(IntToDoubleFunction of) {
    return IntStream.range(0, 20)
        .mapToObj(i -> new Comparison.Value(new PatientKey("patient " + i), of.applyAsDouble(i)))
        .toList();
  }

  private static EvaluationReport report(double dice, double addedPathMm) {
    List<CaseResult> cases = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      cases.add(MadeCases.result(MadeCases.subject(i, Split.TEST), dice, addedPathMm));
    }
    return EvaluationReport.of(
        MadeCases.model("1.0.0"), MadeCases.SCHEMA, EvaluationSettings.USUAL, cases, Map.of());
  }
}
