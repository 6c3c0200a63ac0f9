package org.firstpass.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.firstpass.dataset.split.Split;
import org.firstpass.study.PatientKey;
import org.junit.jupiter.api.Test;

/** What a report says of its cases, as JSON and as a page. */
class EvaluationReportTest {
  private static final URI EDITOR = URI.create("http://127.0.0.1:8080/");
  private static final Pattern PICTURE =
      Pattern.compile("src=\"data:image/svg\\+xml;base64,([^\"]+)\"");

  @Test
  void everyScannerHasItsOwnFigures() {
    EvaluationReport report = report(10);
    List<String> titles = report.groups().stream().map(GroupSummary::title).toList();
    assertEquals(List.of("all cases", "Scanner Maker One", "Scanner Maker Two"), titles);
    // 0.80, 0.82 … 0.88 on the even ones, 0.81, 0.83 … 0.89 on the odd ones.
    assertEquals(0.845, dice(report.groups().get(0)), 1e-9);
    assertEquals(0.84, dice(report.groups().get(1)), 1e-9);
    assertEquals(0.85, dice(report.groups().get(2)), 1e-9);
    assertEquals(5, report.groups().get(1).patients());
  }

  @Test
  void theWorstCaseComesFirstAndIsLinkedIntoTheEditor() {
    EvaluationReport report = report(10);
    WorstCase worst = report.worst().get(0);
    assertEquals("case-000", worst.name());
    assertEquals(1, worst.segmentNumber());
    String page = ReportPage.of(report, EDITOR);
    assertTrue(
        page.contains("href=\"http://127.0.0.1:8080/#/quality/case/" + worst.correction() + "\""));
  }

  @Test
  void aReportIsTheSameBytesEachTimeAndIsReadBackAsItWas() {
    EvaluationReport report = report(10);
    byte[] json = EvaluationJson.write(report);
    assertArrayEquals(json, EvaluationJson.write(report(10)));
    assertEquals(report, EvaluationJson.read(json));
  }

  @Test
  void whatIsNoReportOrOfALaterFormatIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> EvaluationJson.read("[]".getBytes(StandardCharsets.UTF_8)));
    String later =
        new String(EvaluationJson.write(report(3)), StandardCharsets.UTF_8)
            .replace("\"formatVersion\" : 1", "\"formatVersion\" : 2");
    var refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> EvaluationJson.read(later.getBytes(StandardCharsets.UTF_8)));
    assertEquals("formatVersion must be 1, but is 2", refused.getMessage());
  }

  @Test
  void aPatientOnTwoSidesAndANameTwiceAreRefused() {
    var here = MadeCases.subject(1, Split.TEST);
    var there =
        new EvaluatedCase("other", here.patient(), Split.TRAINING, CaseTraits.UNKNOWN, null);
    var first = MadeCases.result(here, 0.8, 10);
    var second = MadeCases.result(there, 0.8, 10);
    assertThrows(
        IllegalArgumentException.class, () -> MadeCases.report("1", List.of(first, second)));
    assertThrows(
        IllegalArgumentException.class, () -> MadeCases.report("1", List.of(first, first)));
  }

  @Test
  void thePageAsksForNothingAndItsPlotsAreInIt() {
    String page = ReportPage.of(report(10), EDITOR);
    assertFalse(page.contains("<script"));
    Matcher picture = PICTURE.matcher(page);
    List<String> plots = new ArrayList<>();
    while (picture.find()) {
      byte[] svg = Base64.getDecoder().decode(picture.group(1));
      plots.add(new String(svg, StandardCharsets.UTF_8));
    }
    // Three spreads, one reliability diagram, one of groups for each of two segments.
    assertEquals(6, plots.size());
    plots.forEach(plot -> assertTrue(plot.contains("<svg"), plot));
    String rest = PICTURE.matcher(page).replaceAll("");
    assertFalse(rest.contains("src="), "something else is asked for");
    assertFalse(rest.contains("url("), "something else is asked for");
  }

  @Test
  void namesFromPackagesAndScannersAreTextAndNoMarkup() {
    var subject = MadeCases.subject(1, Split.TEST);
    var traits = new CaseTraits("<script>alert(1)</script>", null, null, null);
    var hostile =
        new EvaluatedCase(
            "<b>name</b>", new PatientKey("p"), Split.TEST, traits, subject.correction());
    EvaluationReport report = MadeCases.report("1", List.of(MadeCases.result(hostile, 0.5, 10)));
    String page = ReportPage.of(report, EDITOR);
    assertFalse(page.contains("<script>"));
    assertFalse(page.contains("<b>"));
    assertTrue(page.contains("&lt;b&gt;name&lt;/b&gt;"));
  }

  @Test
  void casesThatAPackageRefusedAreTold() {
    EvaluationReport report =
        EvaluationReport.of(
            MadeCases.model("1"),
            MadeCases.SCHEMA,
            EvaluationSettings.USUAL,
            List.of(MadeCases.result(MadeCases.subject(1, Split.TEST), 0.8, 10)),
            Map.of("case-x", "FP1001"));
    assertTrue(ReportPage.of(report, EDITOR).contains("FP1001"));
  }

  @Test
  void statedAndTrueProbabilitiesGiveTheCalibrationError() {
    var subject = MadeCases.subject(1, Split.TEST);
    var off = MadeCases.result(subject, List.of(MadeCases.measures(1, 0.8, 10)), 0.75);
    EvaluationReport report = MadeCases.report("1", List.of(off));
    assertEquals(0.2, report.all().calibrationError().value(), 1e-12);
  }

  private static double dice(GroupSummary group) {
    return group.segment(1).orElseThrow().figure(Measure.DICE).orElseThrow().value();
  }

  private static EvaluationReport report(int cases) {
    List<CaseResult> results = new ArrayList<>();
    for (int i = 0; i < cases; i++) {
      results.add(MadeCases.result(MadeCases.subject(i, Split.TEST), 0.8 + 0.01 * i, 100 - 5 * i));
    }
    return MadeCases.report("1.0.0", results);
  }
}
