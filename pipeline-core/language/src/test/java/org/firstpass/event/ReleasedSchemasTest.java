package org.firstpass.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.firstpass.study.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was released stays, and every version gets along with every other one. */
class ReleasedSchemasTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final EventCodec CODEC = new EventCodec();

  static List<EventSchemas.Released> released() {
    return EventSchemas.all();
  }

  private static List<EventSchemas.Released> of(EventType type) {
    return EventSchemas.all().stream().filter(each -> each.type() == type).toList();
  }

  private static JsonNode schema(EventSchemas.Released released) throws IOException {
    return MAPPER.readTree(released.json());
  }

  private static Set<ValidationMessage> check(EventSchemas.Released released, JsonNode data)
      throws IOException {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(schema(released))
        .validate(data);
  }

  /**
   * If this fails you changed a schema or a sample that readers out there were built on. Add a file
   * of a new minor version instead, and its line to SHA256SUMS.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "src/main/resources/org/firstpass/event/schemas",
        "src/test/resources/org/firstpass/event"
      })
  void whatWasReleasedIsThereByteForByteAndNothingElseIs(String folder) throws IOException {
    assertEquals(stated(Path.of(folder)), present(Path.of(folder)));
  }

  private static Map<String, String> stated(Path folder) throws IOException {
    var stated = new TreeMap<String, String>();
    for (String line : Files.readAllLines(folder.resolve("SHA256SUMS"), StandardCharsets.UTF_8)) {
      String[] words = line.split(" {2}", 2);
      stated.put(words[1], words[0]);
    }
    return stated;
  }

  private static Map<String, String> present(Path folder) throws IOException {
    var present = new TreeMap<String, String>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".json")).toList()) {
        present.put(folder.relativize(file).toString(), Sha256.of(Files.readAllBytes(file)).hex());
      }
    }
    return present;
  }

  @ParameterizedTest
  @MethodSource("released")
  void whatAVersionWroteIsValidAgainstEveryVersionOfItsType(EventSchemas.Released version)
      throws IOException {
    JsonNode data = EventFile.of(version).data();
    for (EventSchemas.Released other : of(version.type())) {
      assertEquals(Set.of(), check(other, data), other.name());
    }
  }

  @ParameterizedTest
  @MethodSource("released")
  void whatAVersionWroteIsReadByThisCodeAndWrittenByItAsTheNewestVersionSays(
      EventSchemas.Released version) throws IOException {
    EventFile file = EventFile.of(version);
    FirstpassEvent event = CODEC.decode(file.encoded());
    assertEquals(version.type(), event.type());
    assertEquals(file.encoded().attributes().get("id"), event.id().toString());
    JsonNode again = MAPPER.readTree(CODEC.encode(event, "/firstpass/test").json());
    assertEquals(Set.of(), check(EventSchemas.newest(version.type()), again));
  }

  @ParameterizedTest
  @MethodSource("released")
  void aVersionOnlyAddsToTheOneBeforeIt(EventSchemas.Released version) throws IOException {
    List<EventSchemas.Released> versions = of(version.type());
    int at = versions.indexOf(version);
    if (at > 0) {
      assertEquals(List.of(), SchemaGrowth.breaks(schema(versions.get(at - 1)), schema(version)));
    }
    JsonNode schema = schema(version);
    assertEquals("/schemas/" + version.name() + ".json", schema.path("$id").asText());
    assertEquals(version.name(), schema.path("title").asText());
  }

  @Test
  void everythingThatIsMoreThanAnAdditionIsFound() throws IOException {
    assertBreaks("/properties/reader is gone", json -> properties(json).remove("reader"));
    assertBreaks("/required", json -> ((ArrayNode) json.get("required")).add("effort"));
    assertBreaks("/required", json -> ((ArrayNode) json.get("required")).remove(0));
    assertBreaks(
        "/properties/activeMillis/type",
        json -> ((ObjectNode) properties(json).get("activeMillis")).put("type", "string"));
    assertBreaks(
        "/properties/activeMillis/maximum is new",
        json -> ((ObjectNode) properties(json).get("activeMillis")).put("maximum", 10));
    assertBreaks("/additionalProperties is new", json -> json.put("additionalProperties", false));
    assertBreaks(
        "/$defs/segmentDecision/properties/verdict/enum",
        json ->
            ((ArrayNode) json.at("/$defs/segmentDecision/properties/verdict/enum")).add("MAYBE"));
    JsonNode schema = schema(EventSchemas.newest(EventType.CORRECTION_ACCEPTED));
    ObjectNode more = schema.deepCopy();
    more.put("description", "in other words");
    properties(more).putObject("remark").put("type", "string");
    assertEquals(List.of(), SchemaGrowth.breaks(schema, more));
  }

  private static ObjectNode properties(ObjectNode json) {
    return (ObjectNode) json.get("properties");
  }

  private static void assertBreaks(String place, Consumer<ObjectNode> change) throws IOException {
    JsonNode schema = schema(EventSchemas.newest(EventType.CORRECTION_ACCEPTED));
    ObjectNode changed = schema.deepCopy();
    change.accept(changed);
    List<String> found = SchemaGrowth.breaks(schema, changed);
    assertEquals(1, found.size(), found::toString);
    assertTrue(found.get(0).startsWith(place), found::toString);
  }

  @Test
  void aSchemaIsFoundByItsTypeAndByItsVersion() {
    assertEquals(
        "org.firstpass.series-arrived.v1.3",
        EventSchemas.find("org.firstpass.series-arrived.v1").orElseThrow().name());
    assertEquals(1, EventSchemas.find("org.firstpass.series-arrived.v1.1").orElseThrow().minor());
    assertEquals(Optional.empty(), EventSchemas.find("org.firstpass.series-arrived.v1.9"));
    assertEquals(Optional.empty(), EventSchemas.find("../SHA256SUMS"));
  }
}
