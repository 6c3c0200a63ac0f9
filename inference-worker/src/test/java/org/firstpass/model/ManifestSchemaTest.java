package org.firstpass.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.firstpass.geometry.Plane;
import org.firstpass.segment.CodedConcept;
import org.firstpass.segment.Segment;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The JSON Schema of manifests says what the code reads, field by field. */
final class ManifestSchemaTest {
  private static final ObjectMapper PLAIN = new ObjectMapper();

  /** Not nullable in the code, and yet may be left out: lists that are then empty, and these. */
  private static final Set<String> MAY_BE_EMPTY =
      Set.of(
          "ModelManifest.networks",
          "ModelManifest.files",
          "Applicability.admits",
          "Applicability.planes",
          "Coarse.segments",
          "Window.to",
          "Percentiles.to",
          "Whole.mirror",
          "Sliding.mirror",
          "LabelSpec.segments",
          "LabelSpec.rules",
          "OutputSpec.tensor");

  private final JsonNode schema = schema();
  private final JsonNode defs = schema.path("$defs");

  @Test
  void theSchemaNamesExactlyTheFieldsThatAreRead() {
    assertFields(ModelManifest.class, schema);
    assertFields(Provenance.class, at("about"));
    assertFields(Applicability.class, at("accepts"));
    assertFields(InputSpec.class, at("input"));
    assertFields(InputSpec.ChannelSpec.class, at("input/channels/[]"));
    assertFields(Applicability.class, at("input/channels/[]/series"));
    assertFields(ResamplingSpec.class, at("input/resampling"));
    assertFields(OutputSpec.class, at("output"));
    assertFields(LabelSpec.class, at("labels"));
    assertFields(LabelSpec.LabelledChannel.class, at("labels/segments/[]"));
    assertFields(LabelSpec.CleanUp.class, at("labels/segments/[]/cleanUp"));
    assertFields(LabelSpec.ExpectedShape.class, at("labels/segments/[]/expected"));
    assertFields(Range.class, at("labels/segments/[]/expected/volumeMl"));
    assertFields(Range.class, at("accepts/sliceSpacingMm"));
    assertFields(FindingSpec.class, at("findings"));
    assertFields(FindingSpec.FindingClass.class, at("findings/classes/[]"));
    assertFields(CalibrationSpec.class, at("calibration"));
    assertFields(NeedsSpec.class, at("needs"));
    assertFields(GoldenCase.class, at("golden"));
    assertFields(Segment.class, at("labels/segments/[]/segment"));
    assertFields(CodedConcept.class, at("labels/segments/[]/segment/type"));
    assertFamily(GridSpec.class, at("input/grid"));
    assertFamily(OutsideSpec.class, at("input/outside"));
    assertFamily(CropSpec.class, at("input/crop"));
    assertFamily(IntensitySpec.class, at("input/channels/[]/intensity"));
    assertFamily(WindowSpec.class, at("windows"));
    assertFamily(AnatomicalRule.class, at("labels/rules/[]"));
  }

  @Test
  void theSchemaAllowsExactlyTheWordsThatAreRead() {
    assertWords(Provenance.LicenceClass.class, at("about/licenceClass"));
    assertWords(InputSpec.Order.class, at("input/order"));
    assertWords(ResamplingSpec.Interpolation.class, at("input/resampling/interpolation"));
    assertWords(OutputSpec.Activation.class, at("output/activation"));
    assertWords(FindingSpec.Activation.class, at("findings/activation"));
    assertWords(FindingSpec.Across.class, at("findings/across"));
    assertWords(Plane.class, at("accepts/planes/[]"));
    assertWords(Admission.class, at("accepts/admits/[]"));
    JsonNode spaced = variants(at("input/grid")).get("spacing");
    assertWords(GridSpec.Anchor.class, spaced.path("properties").path("anchor"));
    JsonNode box = variants(at("input/grid")).get("box");
    assertWords(GridSpec.PatientSpace.class, box.path("properties").path("space"));
    JsonNode sliding = variants(at("windows")).get("sliding");
    assertWords(WindowSpec.Blending.class, sliding.path("properties").path("blending"));
    assertWords(WindowSpec.Placement.class, sliding.path("properties").path("placement"));
    JsonNode beyond = variants(at("labels/rules/[]")).get("beyond");
    assertWords(AnatomicalRule.Direction.class, beyond.path("properties").path("direction"));
  }

  @Test
  void everyManifestThatIsWrittenObeysTheSchema() throws IOException {
    JsonSchema compiled = compiled();
    for (ModelManifest manifest : FullManifests.all()) {
      JsonNode json = PLAIN.readTree(ManifestJson.write(manifest));
      assertEquals(Set.of(), compiled.validate(json), manifest.label() + "\n" + json);
    }
  }

  @Test
  void aFieldThatIsNotKnownIsRefusedWhereverItStands() throws IOException {
    JsonSchema compiled = compiled();
    for (ModelManifest manifest : FullManifests.all()) {
      ObjectNode whole = (ObjectNode) PLAIN.readTree(ManifestJson.write(manifest));
      for (ObjectNode object : objects(whole)) {
        if (object != whole.path("files")) {
          object.put("surprise", 1);
          assertFalse(compiled.validate(whole).isEmpty(), object.toString());
          object.remove("surprise");
        }
      }
    }
  }

  /** Every object of a document, however deep. */
  private static List<ObjectNode> objects(JsonNode node) {
    List<ObjectNode> found = new ArrayList<>();
    if (node instanceof ObjectNode object) {
      found.add(object);
    }
    node.forEach(child -> found.addAll(objects(child)));
    return found;
  }

  private JsonNode at(String path) {
    JsonNode node = schema;
    for (String step : path.split("/")) {
      node = node.path(step.equals("[]") ? "items" : "properties");
      node = resolved(step.equals("[]") ? node : node.path(step));
    }
    return node;
  }

  private JsonNode resolved(JsonNode node) {
    String reference = node.path("$ref").asText();
    return reference.isEmpty() ? node : defs.path(reference.replace("#/$defs/", ""));
  }

  private void assertFamily(Class<?> family, JsonNode node) {
    Map<String, JsonNode> variants = variants(node);
    JsonSubTypes.Type[] types = family.getAnnotation(JsonSubTypes.class).value();
    assertEquals(types.length, variants.size(), family.getSimpleName());
    for (JsonSubTypes.Type type : types) {
      JsonNode variant = variants.get(type.name());
      assertNotNull(variant, type.name());
      ObjectNode fields = variant.deepCopy();
      ((ObjectNode) fields.path("properties")).remove("kind");
      assertFields(type.value(), fields);
    }
  }

  private static Map<String, JsonNode> variants(JsonNode node) {
    Map<String, JsonNode> variants = new HashMap<>();
    for (JsonNode variant : node.path("oneOf")) {
      variants.put(variant.path("properties").path("kind").path("const").asText(), variant);
    }
    return variants;
  }

  private static void assertWords(Class<? extends Enum<?>> words, JsonNode node) {
    Set<String> expected =
        Arrays.stream(words.getEnumConstants())
            .map(Enum::name)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(expected, texts(node.path("enum")), words.getSimpleName());
  }

  private static void assertFields(Class<?> type, JsonNode node) {
    RecordComponent[] components = type.getRecordComponents();
    Set<String> expected = names(Arrays.stream(components));
    Set<String> found = new TreeSet<>();
    node.path("properties").fieldNames().forEachRemaining(found::add);
    assertEquals(expected, found, type.getSimpleName());
    assertTrue(node.path("additionalProperties").isBoolean(), type.getSimpleName() + " is closed");
    Set<String> required = texts(node.path("required"));
    required.remove("kind");
    Set<String> needed =
        names(Arrays.stream(components).filter(component -> isNeeded(type, component)));
    assertEquals(needed, required, type.getSimpleName() + " requires");
  }

  private static boolean isNeeded(Class<?> type, RecordComponent component) {
    boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    return !nullable && !MAY_BE_EMPTY.contains(type.getSimpleName() + "." + component.getName());
  }

  private static Set<String> names(Stream<RecordComponent> components) {
    return components.map(RecordComponent::getName).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> texts(JsonNode array) {
    Set<String> texts = new TreeSet<>();
    array.forEach(each -> texts.add(each.asText()));
    return texts;
  }

  private JsonSchema compiled() {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);
  }

  private static JsonNode schema() {
    try (InputStream in =
        Objects.requireNonNull(ManifestJson.class.getResourceAsStream(ManifestJson.SCHEMA))) {
      return PLAIN.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
