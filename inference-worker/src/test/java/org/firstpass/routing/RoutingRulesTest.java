package org.firstpass.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.firstpass.event.ImageFinding;
import org.firstpass.failure.ReasonCode;
import org.firstpass.model.Applicability;
import org.firstpass.model.ModelPackage;
import org.firstpass.sample.SampleManifest;
import org.firstpass.segment.CodedConcept;
import org.firstpass.study.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RoutingRulesTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Instant TUESDAY_NOON = Instant.parse("2026-11-24T11:00:00Z");
  private static final ModelPackage ABDOMEN = model("abdomen", "1.0.0", "CT");
  private static final ModelPackage OLD_ABDOMEN = model("abdomen", "0.9.0", "CT");
  private static final ModelPackage STROKE = model("stroke", "2.0.0", "CT");
  private static final ModelPackage BRAIN = model("brain", "1.0.0", "MR");

  @TempDir Path folder;

  @Test
  void theFirstRuleThatASeriesMeetsHasItAndEveryRuleIsToldOf() throws IOException {
    Route.Served served =
        served(
            route(
                """
                {"name": "head", "when": {"bodyPart": "head"}, "then": {"packages": ["stroke"]}},
                {"name": "ct", "when": {"modalities": ["CT"]},
                 "then": {"packages": ["abdomen"], "protocol": "liver", "priority": 5}},
                {"name": "any", "when": {}, "then": {"packages": ["stroke"]}}
                """,
                sample("")));
    assertEquals(List.of(ABDOMEN), served.packages());
    assertEquals("ct", served.rule());
    assertEquals("liver", served.protocol());
    assertEquals(5, served.priority());
    assertTrue(served.explanation().contains("rule 'head': body part must match head, is ''"));
    assertTrue(served.explanation().contains("rule 'ct': meets it"));
    assertTrue(served.explanation().contains("rule 'any': meets it; an earlier rule has it"));
  }

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
    for (RoutingExamples.Outcome outcome :
        RoutingExamples.check(rules, BERLIN, Clock.fixed(TUESDAY_NOON, BERLIN))) {
      assertTrue(outcome.passed(), outcome.name() + ": " + outcome.finding());
    }
  }

  @Test
  void anExampleThatDoesNotHoldIsToldWithEveryRulesFinding() throws IOException {
    RoutingRules rules =
        rules(
            "{'name': 'mr', 'when': {'modalities': ['MR']}, 'then': {'packages': ['brain']}}",
            "{'name': 'ct goes to mr', 'series': {'modality': 'CT'}, 'rule': 'mr'}");
    RoutingExamples.Outcome outcome =
        RoutingExamples.check(rules, BERLIN, Clock.fixed(TUESDAY_NOON, BERLIN)).get(0);
    assertFalse(outcome.passed());
    assertEquals(
        "expected rule 'mr', found no rule; rule 'mr': modality must be one of [MR], is 'CT'",
        outcome.finding());
  }

  @Test
  void severalPackagesGetOneSeriesInTheOrderOfTheRule() throws IOException {
    Route.Served served =
        served(
            route(
                """
                {"name": "both", "when": {}, "then": {"packages": ["stroke", "abdomen@0.9.0"]}}
                """,
                sample("")));
    assertEquals(List.of(STROKE, OLD_ABDOMEN), served.packages());
  }

  @Test
  void whatAPackageStatesOfItselfStillCountsUnlessTheRuleSaysRegardless() throws IOException {
    String rule = "{\"name\": \"ct\", \"when\": {}, \"then\": {\"packages\": [\"brain\"]%s}}";
    Route.Refused refused =
        assertInstanceOf(Route.Refused.class, route(rule.formatted(""), sample("")));
    assertEquals(ReasonCode.NO_PACKAGE, refused.code());
    assertTrue(
        refused.explanation().contains("brain 1.0.0: modality must be one of [MR], is 'CT'"));
    assertEquals(
        List.of(BRAIN),
        served(route(rule.formatted(", \"regardless\": true"), sample(""))).packages());
  }

  @Test
  void aRuleMayRefuseAndSoMayTheEndOfTheFile() throws IOException {
    Route.Refused byRule =
        assertInstanceOf(
            Route.Refused.class,
            route("{\"name\": \"no\", \"when\": {}, \"then\": {\"refuse\": true}}", sample("")));
    assertEquals(ReasonCode.ROUTED_NOWHERE, byRule.code());
    assertEquals("rule 'no' says that it is not segmented", byRule.reason());
    RoutingRules rules = RoutingRules.read(write("{\"format\": 1, \"unmatched\": \"REFUSE\"}"));
    Route route = routing(rules).route(sample(""));
    assertEquals(ReasonCode.ROUTED_NOWHERE, assertInstanceOf(Route.Refused.class, route).code());
  }

  @Test
  void withoutAMatchWhatPackagesAcceptDecides() throws IOException {
    Route.Served served =
        served(
            route(
                """
                {"name": "head", "when": {"bodyPart": "head"}, "then": {"packages": ["stroke"]}}
                """,
                sample("")));
    assertEquals(List.of(ABDOMEN), served.packages());
    assertEquals(null, served.rule());
  }

  @Test
  void aFirstModelsVolumeDecidesAndWithoutOtherwiseTheRulesBelowGoOn() throws IOException {
    Route route =
        route(
            """
            {"name": "large liver", "when": {},
             "first": {"model": "abdomen", "segment": 1, "volumeMl": {"minimum": 1800}},
             "then": {"packages": ["stroke"], "priority": 9}},
            {"name": "rest", "when": {}, "then": {"packages": ["abdomen"]}}
            """,
            sample(""));
    Route.AskFirst ask = assertInstanceOf(Route.AskFirst.class, route);
    assertEquals(ABDOMEN, ask.first());
    Route.Served large = served(ask.then().apply(volumes(Map.of(1, 1800.0))));
    assertEquals(List.of(STROKE), large.packages());
    assertTrue(
        large
            .explanation()
            .contains(
                "rule 'large liver': volume of segment 1 in ml must be at least 1800.0, found 1800.0:"
                    + " yes"),
        large.explanation().toString());
    Route.Served small = served(ask.then().apply(volumes(Map.of())));
    assertEquals("rest", small.rule());
    assertEquals(List.of(ABDOMEN), small.packages());
  }

  @Test
  void aFirstModelsFindingDecides() throws IOException {
    Route.AskFirst ask =
        assertInstanceOf(
            Route.AskFirst.class,
            route(
                """
                {"name": "bleeding", "when": {},
                 "first": {"model": "stroke",
                   "finding": {"value": "50960005", "scheme": "SCT", "meaning": "Haemorrhage"},
                   "score": {"minimum": 0.5}},
                 "then": {"packages": ["stroke"]}, "otherwise": {"refuse": true}}
                """,
                sample("")));
    var code = new CodedConcept("50960005", "SCT", "Hemorrhage");
    assertEquals(List.of(STROKE), served(ask.then().apply(finding(code, 0.5))).packages());
    assertInstanceOf(Route.Refused.class, ask.then().apply(finding(code, 0.49)));
    var other = new CodedConcept("1", "SCT", "Other");
    assertInstanceOf(Route.Refused.class, ask.then().apply(finding(other, 0.9)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'format': 2}|format",
        "{'format': 1, 'rulez': []}|rulez",
        "{'format': 1, 'rules': [{'when': {}, 'then': {'refuse': true}}]}|name is missing",
        "{'format': 1, 'rules': [{'name': 'a', 'then': {'refuse': true}}]}|lacks when",
        "{'format': 1, 'rules': [{'name': 'a', 'when': {}}]}|lacks then",
        "{'format': 1, 'rules': [{'name': 'a', 'when': {}, 'then': {}}]}|names packages or says",
        "{'format': 1, 'rules': [{'name': 'a', 'when': {'bodyPart': '('}, 'then': {'refuse':"
            + " true}}]}|when.bodyPart is not a regular expression",
        "{'format': 1, 'rules': [{'name': 'a', 'when': {'hours': {'from': '25:00', 'to': '1'}},"
            + " 'then': {'refuse': true}}]}|when.hours.from must be a time",
        "{'format': 1, 'rules': [{'name': 'a', 'when': {}, 'then': {'refuse': true}}, {'name':"
            + " 'a', 'when': {}, 'then': {'refuse': true}}]}|two rules have the name 'a'",
        "{'format': 1, 'rules': [{'name': 'a', 'when': {}, 'then': {'refuse': true}, 'otherwise':"
            + " {'refuse': true}}]}|asks no first model",
        "{'format': 1, 'rules': [{'name': 'a', 'when': {}, 'first': {'model': 'm'}, 'then':"
            + " {'refuse': true}}]}|first asks for a finding or for a segment",
        "{'format': 1, 'rules': [{'name': 'a', 'when': {'slices': {'minimum': 5, 'maximum': 4}},"
            + " 'then': {'refuse': true}}]}|minimum must not exceed",
      })
  void aWrongFieldIsNamed(String json, String told) throws IOException {
    Path file = write(json.replace('\'', '"'));
    var refused = assertThrows(IllegalArgumentException.class, () -> RoutingRules.read(file));
    assertTrue(String.valueOf(refused.getMessage()).contains(told), refused.getMessage());
  }

  private Route route(String rules, RoutingSubject subject) throws IOException {
    return routing(RoutingRules.read(write("{\"format\": 1, \"rules\": [" + rules + "]}")))
        .route(subject);
  }

  private RoutingRules rules(String rule, String... examples) throws IOException {
    return RoutingRules.read(
        write(
            ("{'format': 1, 'rules': ["
                    + rule
                    + "], 'examples': ["
                    + String.join(", ", examples)
                    + "]}")
                .replace('\'', '"')));
  }

  private static Routing routing(RoutingRules rules) {
    List<ModelPackage> served = List.of(ABDOMEN, STROKE, BRAIN);
    return new Routing(served, List.of(OLD_ABDOMEN, ABDOMEN, STROKE, BRAIN), rules, BERLIN);
  }

  private Path write(String json) throws IOException {
    return Files.writeString(folder.resolve("rules.json"), json);
  }

  private static Route.Served served(Route route) {
    return assertInstanceOf(Route.Served.class, route, route.explanation().toString());
  }

  private static FirstFindings volumes(Map<Integer, Double> volumesMl) {
    return new FirstFindings(List.of(), volumesMl);
  }

  private static FirstFindings finding(CodedConcept code, double score) {
    return new FirstFindings(List.of(new ImageFinding(code, score, score >= 0.5)), Map.of());
  }

  private static RoutingSubject sample(String bodyPart) {
    var series =
        new RoutingExample.Sample(
            "CT", bodyPart, "", List.of(), List.of(), null, null, null, null, null, null, null,
            null);
    return new RoutingExample("sample", series, null).subject(BERLIN, TUESDAY_NOON);
  }

  private static ModelPackage model(String name, String version, String modality) {
    return new ModelPackage(
        Path.of(name, version),
        new SampleManifest()
            .name(name)
            .version(version)
            .accepts(new Applicability(List.of(modality), null, null, null, null, 8))
            .draft(),
        Sha256.of((name + version).getBytes(StandardCharsets.UTF_8)));
  }
}
