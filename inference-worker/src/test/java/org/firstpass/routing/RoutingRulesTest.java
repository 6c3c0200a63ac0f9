package org.firstpass.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.firstpass.event.ImageFinding;
import org.firstpass.failure.ReasonCode;
import org.firstpass.model.Applicability;
import org.firstpass.model.FindingSpec;
import org.firstpass.model.LabelSpec;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.ModelPackage;
import org.firstpass.model.OutputSpec;
import org.firstpass.sample.SampleManifest;
import org.firstpass.segment.CodedConcept;
import org.firstpass.study.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RoutingRulesTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final ModelPackage ABDOMEN = model("abdomen", "1.0.0", "CT");
  private static final ModelPackage OLD_ABDOMEN = model("abdomen", "0.9.0", "CT");
  private static final CodedConcept BLEEDING = new CodedConcept("50960005", "SCT", "Haemorrhage");
  private static final ModelPackage STROKE = withFinding(model("stroke", "2.0.0", "CT"), true);
  private static final ModelPackage TRIAGE = withFinding(model("triage", "1.0.0", "CT"), false);
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
    // American and British English have one code.
    var code = new CodedConcept("50960005", "SCT", "Hemorrhage");
    assertEquals(List.of(STROKE), served(ask.then().apply(finding(code, 0.5))).packages());
    assertInstanceOf(Route.Refused.class, ask.then().apply(finding(code, 0.49)));
    var other = new CodedConcept("1", "SCT", "Other");
    assertInstanceOf(Route.Refused.class, ask.then().apply(finding(other, 0.9)));
  }

  @Test
  void aFirstModelIsOnlyAskedWhatItCanTellOfASeriesThatItAccepts() throws IOException {
    String rule =
        """
        {"name": "large", "when": {},
         "first": {"model": "%s", "segment": %d, "volumeMl": {"maximum": 5}},
         "then": {"packages": ["stroke"]}}
        """;
    assertRefused(
        ReasonCode.NO_PACKAGE,
        "rule 'large' asks abdomen@3.0.0, which is not served",
        route(rule.formatted("abdomen@3.0.0", 1), sample("")));
    assertRefused(
        ReasonCode.NO_PACKAGE,
        "rule 'large' asks abdomen, which cannot tell the volume of segment 9 in ml",
        route(rule.formatted("abdomen", 9), sample("")));
    assertRefused(
        ReasonCode.NO_PACKAGE,
        "rule 'large' asks triage, which cannot tell the volume of segment 1 in ml",
        route(rule.formatted("triage", 1), sample("")));
    assertRefused(
        ReasonCode.NO_PACKAGE,
        "rule 'large' asks brain, which does not accept the series",
        route(rule.formatted("brain", 1), sample("")));
    assertRefused(
        ReasonCode.TOO_FEW_SLICES,
        "needs 8 slices, the series has 7",
        route(rule.formatted("abdomen", 1), sample("CT", "", 7)));
    Route.AskFirst ask =
        assertInstanceOf(
            Route.AskFirst.class, route(rule.formatted("abdomen@0.9.0", 1), sample("")));
    assertEquals(OLD_ABDOMEN, ask.first());
  }

  @Test
  void aPackageThatMarksNothingCanBeAskedFirstAndMakesNoProposal() throws IOException {
    Route.AskFirst ask =
        assertInstanceOf(
            Route.AskFirst.class,
            route(
                """
                {"name": "bleeding", "when": {},
                 "first": {"model": "triage",
                   "finding": {"value": "50960005", "scheme": "SCT", "meaning": "Haemorrhage"},
                   "score": {"minimum": 0.5}},
                 "then": {"packages": ["triage", "stroke"]}, "otherwise": {"packages": ["triage"]}}
                """,
                sample("")));
    assertEquals(TRIAGE, ask.first());
    assertEquals(List.of(STROKE), served(ask.then().apply(finding(BLEEDING, 0.5))).packages());
    assertRefused(
        ReasonCode.NO_PACKAGE,
        "rule 'bleeding' names no package that is served and accepts the series",
        ask.then().apply(finding(BLEEDING, 0.4)));
  }

  @Test
  void aVersionThatCannotRunIsToldAndTheOthersGoOn() throws IOException {
    Route.Served served =
        served(
            route(
                """
                {"name": "both", "when": {}, "then": {"packages": ["abdomen@3.0.0", "stroke"]}}
                """,
                sample("")));
    assertEquals(List.of(STROKE), served.packages());
    assertTrue(
        served.explanation().contains("rule 'both': abdomen@3.0.0 is not served, or marks nothing"),
        served.explanation().toString());
  }

  @Test
  void hoursAreThoseOfTheWallClockAlsoInTheNightsInWhichItIsChanged() throws IOException {
    String rule =
        """
        {"name": "night", "when": {"hours": {"from": "02:00", "to": "03:00"}},
         "then": {"packages": ["abdomen"]}}, {"name": "rest", "when": {}, "then": {"refuse": true}}
        """;
    // In March it is never between 2 and 3 o'clock, in October it is so twice.
    for (String day : List.of("2026-03-29T00:59:59Z", "2026-03-29T01:00:00Z")) {
      assertInstanceOf(Route.Refused.class, route(rule, at(day)), day);
    }
    for (String night : List.of("2026-10-25T00:00:00Z", "2026-10-25T01:59:59Z")) {
      assertInstanceOf(Route.Served.class, route(rule, at(night)), night);
    }
    assertInstanceOf(Route.Refused.class, route(rule, at("2026-10-25T02:00:00Z")));
  }

  @Test
  void theReasonOfARefusalHasNoFreeTextOfTheHeaders() {
    RoutingRules none = RoutingRules.NONE;
    Route route = routing(none).route(sample("Doe, Jane", "Doe, Jane", 100));
    assertRefused(
        ReasonCode.NO_PACKAGE,
        "none of 4 packages accepts modality (not a code string) with its body part and description",
        route);
  }

  private Route route(String rules, RoutingSubject subject) throws IOException {
    return routing(RoutingRules.read(write("{\"format\": 1, \"rules\": [" + rules + "]}")))
        .route(subject);
  }

  private static Routing routing(RoutingRules rules) {
    List<ModelPackage> served = List.of(ABDOMEN, STROKE, BRAIN, TRIAGE);
    return new Routing(served, List.of(OLD_ABDOMEN, ABDOMEN, STROKE, BRAIN, TRIAGE), rules, BERLIN);
  }

  private Path write(String json) throws IOException {
    return Files.writeString(folder.resolve("rules.json"), json);
  }

  private static void assertRefused(ReasonCode code, String reason, Route route) {
    Route.Refused refused =
        assertInstanceOf(Route.Refused.class, route, route.explanation().toString());
    assertEquals(reason, refused.reason());
    assertEquals(code, refused.code());
  }

  private static RoutingSubject at(String received) {
    return new RoutingSubject(sample("").series(), null, Instant.parse(received));
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
    return sample("CT", bodyPart, 100);
  }

  private static RoutingSubject sample(String modality, String bodyPart, int slices) {
    var series =
        new RoutingExample.Sample(
            modality, bodyPart, "", List.of(), List.of(), null, slices, null, null, null, null,
            null, null, null);
    return new RoutingExample("sample", series, null).subject(BERLIN);
  }

  private static ModelPackage withFinding(ModelPackage of, boolean segments) {
    ModelManifest draft = of.manifest();
    var findings =
        new FindingSpec(
            "scores",
            FindingSpec.Activation.SIGMOID,
            FindingSpec.Across.MAXIMUM,
            List.of(new FindingSpec.FindingClass(0, BLEEDING, 0.5)));
    var nothing = new OutputSpec("", OutputSpec.Activation.NONE, 0, null);
    var manifest =
        new ModelManifest(
            draft.format(),
            draft.name(),
            draft.version(),
            draft.about(),
            draft.accepts(),
            draft.input(),
            draft.windows(),
            segments ? draft.output() : nothing,
            segments ? draft.labels() : new LabelSpec("none", 1, List.of()),
            findings,
            List.of(),
            null,
            null,
            draft.files(),
            null);
    return new ModelPackage(of.folder(), manifest, of.digest());
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
