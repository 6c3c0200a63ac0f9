package org.firstpass.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The unit tests of a rules file, and by them every condition of a rule. */
final class RoutingExamplesTest {
  @TempDir Path folder;

  /** One condition at a time: the first sample meets it, the second one does not. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "'modalities': ['CT'];'bodyPart': 'HEAD';'modality': 'MR'",
        "'bodyPart': 'head|neck';'bodyPart': 'HEADNECK';'bodyPart': 'FOOT'",
        "'seriesDescription': 'thin';'seriesDescription': 'Thin 1.0';'seriesDescription': 'x'",
        "'notSeriesDescription': 'mip';'bodyPart': '';'seriesDescription': 'cor MIP'",
        "'sequence': 'tof';'sequence': ['fl3d', 'TOF 3D'];'sequence': ['se']",
        "'imageType': ['ORIGINAL'];'imageType': ['original', 'PRIMARY'];'imageType': ['DERIVED']",
        "'contrast': true;'contrast': true;'contrast': false",
        "'contrast': false;'bodyPart': '';'contrast': true",
        "'planes': ['SAGITTAL', 'CORONAL'];'plane': 'CORONAL';'plane': 'AXIAL'",
        "'slices': {'minimum': 20, 'maximum': 50};'slices': 20;'slices': 51",
        "'slices': {'minimum': 20};'slices': 900;'slices': 19",
        "'sliceSpacingMm': {'maximum': 3};'sliceSpacingMm': 3;'sliceSpacingMm': 3.1",
        "'pixelSpacingMm': {'minimum': 0.5};'pixelSpacingMm': 0.5;'pixelSpacingMm': 0.4",
        "'station': '^CT2';'station': 'CT2EMERGENCY';'station': 'CT1'",
        "'callingAe': ['CT_ER'];'callingAe': 'CT_ER';'callingAe': 'OTHER'",
        "'projects': ['liver'];'project': 'liver';'project': 'brain'",
        "'projects': ['liver'];'project': 'liver';'bodyPart': ''",
        "'projects': ['default'];'bodyPart': '';'project': 'brain'",
        "'callingAe': ['CT_ER'];'callingAe': 'CT_ER';'bodyPart': ''",
        "'hours': {'from': '18:00', 'to': '07:00'};'received': '2026-01-31T18:00'"
            + ";'received': '2026-01-31T07:00'",
        "'hours': {'from': '18:00', 'to': '07:00'};'received': '2026-01-31T06:59'"
            + ";'received': '2026-01-31T17:59'",
        "'hours': {'from': '07:00', 'to': '18:00'};'received': '2026-01-31T07:00'"
            + ";'received': '2026-01-31T18:00'",
        "'days': ['SATURDAY', 'SUNDAY'];'received': '2026-01-31T12:00'"
            + ";'received': '2026-01-30T12:00'",
      })
  void eachConditionLetsOneSeriesInAndKeepsAnotherOut(String when, String in, String out)
      throws IOException {
    String rule = "{'name': 'only', 'when': {" + when + "}, 'then': {'packages': ['abdomen']}}";
    RoutingRules rules =
        rules(
            rule,
            "{'name': 'in', 'series': {'modality': 'CT', " + in + "}, 'rule': 'only'}",
            "{'name': 'out', 'series': {"
                + (out.contains("modality") ? "" : "'modality': 'CT', ")
                + out
                + "}}");
    for (RoutingExamples.Outcome outcome : RoutingExamples.check(rules)) {
      assertTrue(outcome.passed(), outcome.name() + ": " + outcome.finding());
    }
  }

  @Test
  void anExampleThatDoesNotHoldIsToldWithEveryRulesFinding() throws IOException {
    RoutingRules rules =
        rules(
            "{'name': 'mr', 'when': {'modalities': ['MR']}, 'then': {'packages': ['brain']}}",
            "{'name': 'ct goes to mr', 'series': {'modality': 'CT'}, 'rule': 'mr'}");
    RoutingExamples.Outcome outcome = RoutingExamples.check(rules).get(0);
    assertFalse(outcome.passed());
    assertEquals(
        "expected rule 'mr', found no rule; rule 'mr': modality must be one of [MR], is 'CT'",
        outcome.finding());
  }

  @Test
  void anExampleSpeaksOfLocalTimesEvenOfOneThatDidNotExistInSomeZone() throws IOException {
    RoutingRules rules =
        rules(
            "{'name': 'night', 'when': {'hours': {'from': '02:00', 'to': '03:00'}},"
                + " 'then': {'refuse': true}}",
            "{'name': 'a', 'series': {'modality': 'CT', 'received': '2026-03-29T02:30'},"
                + " 'rule': 'night'}");
    assertTrue(RoutingExamples.check(rules).get(0).passed());
  }

  private RoutingRules rules(String rule, String... examples) throws IOException {
    return RoutingRules.read(
        Files.writeString(
            folder.resolve("rules.json"),
            ("{'format': 1, 'rules': ["
                    + rule
                    + "], 'examples': ["
                    + String.join(", ", examples)
                    + "]}")
                .replace('\'', '"')));
  }
}
