package org.firstpass.standalone;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.firstpass.evaluation.CaseResult;
import org.firstpass.evaluation.Comparison;
import org.firstpass.evaluation.ComparisonPage;
import org.firstpass.evaluation.EvaluationJson;
import org.firstpass.evaluation.EvaluationReport;
import org.firstpass.evaluation.Measure;
import org.firstpass.evaluation.ReportPage;
import org.firstpass.evaluation.SegmentMeasures;

/** What the circle came to: Dice and effort before and after, in a table and on a page. */
final class LearningResult {
  private final List<LearningReading.Read> before;
  private final List<LearningReading.Read> after;
  private final EvaluationReport served;
  private final EvaluationReport candidate;

  /**
   * @param before cases that the version before proposed for
   * @param after cases that the new version proposed for
   * @param served report of the version before, on held-out cases
   * @param candidate report of the new version, on the same
   */
  LearningResult(
      List<LearningReading.Read> before,
      List<LearningReading.Read> after,
      Path served,
      Path candidate)
      throws IOException {
    this.before = before;
    this.after = after;
    this.served = EvaluationJson.read(Files.readAllBytes(served));
    this.candidate = EvaluationJson.read(Files.readAllBytes(candidate));
  }

  /**
   * Prints the table and writes the page.
   *
   * @throws CommandFailed if the intervals of the mean Dice of held-out cases overlap
   */
  void tell(Path page, PrintStream out) throws IOException {
    List<Comparison> dice = heldOut(Measure.DICE);
    List<Comparison> all = new ArrayList<>(dice);
    all.addAll(heldOut(Measure.ADDED_PATH));
    all.addAll(readings());
    String was = served.modelPackage().version();
    String is = candidate.modelPackage().version();
    Files.writeString(
        page,
        ComparisonPage.of(
            "%s %s and %s".formatted(served.modelPackage().name(), was, is),
            was,
            is,
            List.of(
                "Held-out: patients of the test side, both versions on the same %d cases."
                    .formatted(served.cases().size()),
                "New cases: as they arrived, %d with %s and %d with %s; a scripted reader drew anew what was not good enough."
                    .formatted(before.size(), was, after.size(), is)),
            all));
    out.println();
    print(was, is, all, out);
    out.println();
    out.println("Table and plots: " + page);
    if (!dice.get(0).apart()) {
      throw new CommandFailed("the gain in Dice on held-out cases may be chance");
    }
  }

  private List<Comparison> heldOut(Measure measure) {
    return Comparison.of(
        measure,
        "Held-out: ",
        served,
        candidate,
        measure == Measure.DICE ? LearningResult::meanDice : CaseResult::addedPathMm);
  }

  private static double meanDice(CaseResult of) {
    return of.segments().stream()
        .filter(each -> each.presence() != SegmentMeasures.Presence.NEITHER)
        .mapToDouble(SegmentMeasures::dice)
        .average()
        .orElse(1);
  }

  private List<Comparison> readings() {
    return Stream.of(
            reading(
                "New cases: as proposed",
                Measure.DICE.title() + " of new cases",
                "",
                ScriptedReader.Reading::before),
            reading(
                "New cases: segments",
                "Drawn anew by the reader",
                "",
                ScriptedReader.Reading::corrected),
            reading(
                "New cases: contour", "Drawn by the reader", "mm", ScriptedReader.Reading::drawnMm))
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<Comparison> reading(
      String of, String what, String unit, ToDoubleFunction<ScriptedReader.Reading> figure) {
    return Comparison.of(
        of,
        what,
        unit,
        LearningReading.Read.values(before, figure),
        LearningReading.Read.values(after, figure));
  }

  private static void print(String was, String is, List<Comparison> all, PrintStream out) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("", "", was, is, "intervals"));
    for (Comparison one : all) {
      rows.add(
          List.of(
              one.of(),
              one.unit().isEmpty() ? one.measure() : one.measure() + ", " + one.unit(),
              ReportPage.words(one.before()),
              ReportPage.words(one.after()),
              one.apart() ? "apart" : "overlap"));
    }
    DemoTable.print(rows, out);
  }
}
