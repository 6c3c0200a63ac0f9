package org.firstpass.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.sample.SampleManifest;
import org.firstpass.segment.CodedConcept;
import org.firstpass.segment.Segment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ModelManifestTest {
  private static final ObjectMapper PLAIN = new ObjectMapper();

  @Test
  void everyKindOfRuleSurvivesTheJson() {
    var sizes = List.of(8, 9, 10);
    var spacing = List.of(1.0, 1.5, 2.0);
    List<GridSpec> grids =
        List.of(
            new GridSpec.Source(),
            new GridSpec.Spaced(spacing),
            new GridSpec.Conformed(sizes, spacing),
            new GridSpec.Box(
                GridSpec.PatientSpace.RAS, List.of(0.0, 1.0, 2.0), List.of(3.0, 4.0, 5.0), sizes));
    List<IntensitySpec> intensities =
        List.of(
            new IntensitySpec.Raw(),
            new IntensitySpec.Window(-160, 240),
            new IntensitySpec.Percentiles(0, 99.9, true),
            new IntensitySpec.ZScore(null, null, -5.0, 5.0));
    List<WindowSpec> windows =
        List.of(
            new WindowSpec.Whole(16, -1),
            new WindowSpec.Sliding(sizes, 0.5, WindowSpec.Blending.GAUSSIAN, null, 0),
            new WindowSpec.Sliding(sizes, 0, WindowSpec.Blending.CONSTANT, 0.1, 0),
            new WindowSpec.Whole(1, 0));
    List<OutsideSpec> outsides =
        List.of(
            new OutsideSpec.Edge(),
            new OutsideSpec.Constant(-1024),
            new OutsideSpec.Edge(),
            new OutsideSpec.Constant(0));
    for (int i = 0; i < grids.size(); i++) {
      ModelManifest manifest =
          new SampleManifest()
              .grid("LIA", grids.get(i))
              .intensity(intensities.get(i))
              .windows(windows.get(i))
              .outside(outsides.get(i))
              .draft();
      assertEquals(manifest, ManifestJson.read(ManifestJson.write(manifest)));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"format\" : 1 | \"format\" : 2 | manifest format must be 1",
        "\"name\" : \"sample\" | \"name\" : \"Sample model\" | name must match",
        "\"version\" : \"1.0.0\" | \"version\" : \"1\" | version must match",
        "\"licence\" : \"Apache-2.0\" | \"licence\" : \" \" | about.licence is missing",
        "\"modalities\" : [ \"CT\" ] | \"modalities\" : [ ] | accepts.modalities",
        "\"minimumSlices\" : 1 | \"minimumSlices\" : 0 | accepts.minimumSlices",
        "\"orientation\" : \"SPL\" | \"orientation\" : \"SPP\" | names each of the three directions",
        "\"kind\" : \"source\" | \"kind\" : \"nearest\" | known type ids",
        "\"channels\" : 2 | \"channels\" : 1 | output.channels must be at least 2",
        "\"channel\" : 1 | \"channel\" : 2 | must be below output.channels",
        "\"channel\" : 1 | \"channel\" : 0 | channel 0 is the background",
        "\"multiple\" : 1 | \"multiple\" : 1, \"overlap\" : 0.5 | Unrecognized field \"overlap\"",
        "\"tensor\" : \"image\" | \"tensor\" : \"\" | input.tensor is missing",
      })
  void aWrongFieldIsNamed(String right, String wrong, String message) {
    String json =
        new String(ManifestJson.write(new SampleManifest().draft()), StandardCharsets.UTF_8);
    assertTrue(json.contains(right), "the sample has " + right + ":\n" + json);
    byte[] broken = json.replace(right, wrong).getBytes(StandardCharsets.UTF_8);
    Defect defect = assertThrows(Defect.class, () -> ManifestJson.read(broken));
    assertEquals(ReasonCode.PACKAGE_INVALID, defect.code());
    assertTrue(defect.getMessage().contains(message), defect.getMessage());
  }

  @Test
  void theSchemaNamesExactlyTheFieldsThatAreRead() throws IOException {
    JsonNode schema;
    try (InputStream in =
        Objects.requireNonNull(getClass().getResourceAsStream(ManifestJson.SCHEMA))) {
      schema = PLAIN.readTree(in);
    }
    JsonNode properties = schema.path("properties");
    JsonNode defs = schema.path("$defs");
    assertFields(ModelManifest.class, schema, false);
    assertFields(Provenance.class, properties.path("about"), false);
    assertFields(Applicability.class, properties.path("accepts"), false);
    JsonNode input = properties.path("input");
    assertFields(InputSpec.class, input, false);
    assertFields(
        InputSpec.ChannelSpec.class,
        input.path("properties").path("channels").path("items"),
        false);
    assertFields(CropSpec.Above.class, input.path("properties").path("crop"), false);
    assertFields(OutputSpec.class, properties.path("output"), false);
    assertFields(LabelSpec.class, properties.path("labels"), false);
    JsonNode labelled = properties.path("labels").path("properties").path("segments").path("items");
    assertFields(LabelSpec.LabelledChannel.class, labelled, false);
    assertFields(LabelSpec.CleanUp.class, labelled.path("properties").path("cleanUp"), false);
    assertFields(GoldenCase.class, properties.path("golden"), false);
    assertFields(Segment.class, defs.path("segment"), false);
    assertFields(CodedConcept.class, defs.path("code"), false);
    assertFamily(GridSpec.class, defs.path("grid"));
    assertFamily(OutsideSpec.class, defs.path("outside"));
    assertFamily(IntensitySpec.class, defs.path("intensity"));
    assertFamily(WindowSpec.class, defs.path("windows"));
  }

  @Test
  void theExampleOfTheReadmeIsAManifest() throws IOException {
    Path folder = Path.of("").toAbsolutePath();
    while (folder.getParent() != null && !Files.exists(folder.resolve("LICENSE"))) {
      folder = folder.getParent();
    }
    String readme = Files.readString(folder.resolve("models/packages/README.md"));
    int start = readme.indexOf("```json") + "```json".length();
    String json = readme.substring(start, readme.indexOf("```", start));
    ModelManifest manifest = ManifestJson.read(json.getBytes(StandardCharsets.UTF_8));
    assertEquals(2, manifest.labels().schema().segments().size());
    assertFalse(manifest.goldenCase().isPresent());
  }

  private static void assertFamily(Class<?> family, JsonNode schema) {
    Map<String, JsonNode> variants = new HashMap<>();
    for (JsonNode variant : schema.path("oneOf")) {
      variants.put(variant.path("properties").path("kind").path("const").asText(), variant);
    }
    JsonSubTypes.Type[] types = family.getAnnotation(JsonSubTypes.class).value();
    assertEquals(types.length, variants.size(), family.getSimpleName());
    for (JsonSubTypes.Type type : types) {
      JsonNode variant = variants.get(type.name());
      assertNotNull(variant, type.name());
      assertFields(type.value(), variant, true);
    }
  }

  private static void assertFields(Class<?> type, JsonNode schema, boolean kind) {
    Set<String> expected =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    if (kind) {
      expected.add("kind");
    }
    Set<String> found = new TreeSet<>();
    schema.path("properties").fieldNames().forEachRemaining(found::add);
    assertEquals(expected, found, type.getSimpleName());
  }
}
