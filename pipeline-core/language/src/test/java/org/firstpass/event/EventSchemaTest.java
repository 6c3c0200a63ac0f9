package org.firstpass.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventSchemaTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final EventCodec CODEC = new EventCodec();

  private static JsonNode resource(String name) throws IOException {
    try (InputStream in = EventSchemaTest.class.getResourceAsStream(name)) {
      return MAPPER.readTree(Objects.requireNonNull(in, () -> name + " is missing"));
    }
  }

  private static JsonNode schemaOf(EventType type) throws IOException {
    return resource("/org/firstpass/event/schemas/" + type.wireName() + ".json");
  }

  private static JsonNode dataOf(EventType type) throws IOException {
    return MAPPER.readTree(CODEC.encode(EventSamples.of(type), "/firstpass/test").json());
  }

  private static Set<ValidationMessage> check(JsonNode schema, JsonNode data) {
    JsonSchema compiled =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);
    return compiled.validate(data);
  }

  /** The schema as one that allows no field that it does not name. */
  private static JsonNode closed(JsonNode schema) {
    JsonNode copy = schema.deepCopy();
    for (ObjectNode object : objects(copy)) {
      object.put("additionalProperties", false);
    }
    return copy;
  }

  /** Every part of a schema that describes an object, however deep. */
  private static List<ObjectNode> objects(JsonNode schema) {
    List<ObjectNode> found = new ArrayList<>();
    if (schema instanceof ObjectNode object && object.has("properties")) {
      found.add(object);
    }
    schema.forEach(part -> found.addAll(objects(part)));
    return found;
  }

  @ParameterizedTest
  @EnumSource(EventType.class)
  void whatIsWrittenIsWhatTheSchemaSaysAndNothingElse(EventType type) throws IOException {
    assertEquals(Set.of(), check(closed(schemaOf(type)), dataOf(type)));
  }

  @ParameterizedTest
  @EnumSource(EventType.class)
  void everyFieldThatTheSchemaDemandsIsMissedWhenItIsGone(EventType type) throws IOException {
    JsonNode schema = schemaOf(type);
    List<String> fields = new ArrayList<>();
    dataOf(type).fieldNames().forEachRemaining(fields::add);
    for (String field : fields) {
      ObjectNode data = (ObjectNode) dataOf(type);
      data.remove(field);
      assertNotEquals(Set.of(), check(schema, data), field);
    }
  }

  @ParameterizedTest
  @EnumSource(EventType.class)
  void aFieldOfALaterMinorVersionIsNoFault(EventType type) throws IOException {
    ObjectNode data = (ObjectNode) dataOf(type);
    data.put("addedLater", 1);
    assertEquals(Set.of(), check(schemaOf(type), data));
    assertEquals(EventSamples.of(type), decode(type, data));
  }

  @ParameterizedTest
  @EnumSource(EventType.class)
  void theFileOfVersionOneIsReadBackAndWrittenAgain(EventType type) throws IOException {
    ObjectNode file = (ObjectNode) resource("/org/firstpass/event/v1/" + type.wireName() + ".json");
    JsonNode data = file.remove("data");
    Map<String, String> attributes = new HashMap<>();
    file.fields().forEachRemaining(e -> attributes.put(e.getKey(), e.getValue().asText()));
    FirstpassEvent event = CODEC.decode(new EncodedEvent(attributes, data.toString()));
    assertEquals(EventSamples.of(type), event);
    EncodedEvent again = CODEC.encode(event, "/firstpass/test");
    assertEquals(attributes, again.attributes());
    assertEquals(data, MAPPER.readTree(again.json()));
    assertEquals(Set.of(), check(schemaOf(type), data));
  }

  @ParameterizedTest
  @EnumSource(EventType.class)
  void noFieldIsForAPatientsNameOrId(EventType type) throws IOException {
    List<String> names = new ArrayList<>();
    for (ObjectNode object : objects(schemaOf(type))) {
      object.path("properties").fieldNames().forEachRemaining(names::add);
    }
    assertTrue(names.contains("patient"), "the pseudonym has its field");
    for (String name : names) {
      String lower = name.toLowerCase(Locale.ROOT);
      boolean personal =
          lower.startsWith("patient") && !lower.equals("patient") || lower.contains("birth");
      assertFalse(personal, name);
    }
  }

  private static FirstpassEvent decode(EventType type, JsonNode data) {
    return CODEC.decode(new EncodedEvent(Map.of("type", type.wireName()), data.toString()));
  }
}
