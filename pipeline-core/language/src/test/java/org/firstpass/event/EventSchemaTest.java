package org.firstpass.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventSchemaTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final EventCodec CODEC = new EventCodec();

  private static JsonNode schemaOf(EventType type) throws IOException {
    return MAPPER.readTree(EventSchemas.newest(type).json());
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
  void everyFieldThatTheSchemaDemandsIsMissedWhenItIsGoneAndNoOther(EventType type)
      throws IOException {
    JsonNode schema = schemaOf(type);
    List<SchemaField> fields = SchemaField.in(schema, dataOf(type));
    for (SchemaField field : fields) {
      JsonNode data = field.removedFrom(dataOf(type));
      assertEquals(field.required(), !check(schema, data).isEmpty(), field.path());
      if (!field.required()) {
        decode(type, data);
      }
    }
    assertTrue(fields.stream().filter(SchemaField::required).count() >= 5, fields::toString);
  }

  @ParameterizedTest
  @EnumSource(EventType.class)
  void aFieldOfALaterMinorVersionIsNoFault(EventType type) throws IOException {
    ObjectNode data = (ObjectNode) dataOf(type);
    data.put("addedLater", 1);
    assertEquals(Set.of(), check(schemaOf(type), data));
    assertEquals(EventSamples.of(type), decode(type, data));
  }

  /** Version 1.0 as it was released: those files stay as they are for ever. */
  @ParameterizedTest
  @EnumSource(
      value = EventType.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {
        "PROPOSAL_STARTED",
        "SHADOW_PROPOSAL_MADE",
        "MODEL_STATE_CHANGED",
        "FOREIGN_SERIES_FILED",
        "RERUN_REQUESTED",
        "RERUN_ANSWERED"
      })
  void theFileOfVersionOneIsReadBackAndNothingThatItSaysIsLost(EventType type) throws IOException {
    EventFile file = EventFile.of("v1", type);
    FirstpassEvent event = CODEC.decode(file.encoded());
    assertEquals(EventSamples.ofVersionOne(type), event);
    EncodedEvent again = CODEC.encode(event, "/firstpass/test");
    assertEquals(file.encoded().attributes(), again.attributes());
    JsonNode rewritten = MAPPER.readTree(again.json());
    assertEquals(Set.of(), check(schemaOf(type), rewritten));
    for (SchemaField field : SchemaField.in(schemaOf(type), file.data())) {
      JsonNode said = file.data().at(field.pointer());
      JsonNode kept = rewritten.at(field.pointer());
      assertTrue(said.isContainerNode() ? kept.isContainerNode() : said.equals(kept), field.path());
    }
    assertEquals(Set.of(), check(schemaOf(type), file.data()));
  }

  @Test
  void anArrivalOfVersionOneOneIsReadBackWithoutAProject() throws IOException {
    EventFile file = EventFile.of("v1.1", EventType.SERIES_ARRIVED);
    assertEquals(EventSamples.arrivedAsOfVersionOneOne(), CODEC.decode(file.encoded()));
    assertEquals(Set.of(), check(schemaOf(EventType.SERIES_ARRIVED), file.data()));
  }

  @Test
  void aProposalOfVersionOneOneIsReadBackWithoutProbabilities() throws IOException {
    EventFile file = EventFile.of("v1.1", EventType.PROPOSAL_MADE);
    assertEquals(EventSamples.madeAsOfVersionOneOne(), CODEC.decode(file.encoded()));
    assertEquals(Set.of(), check(schemaOf(EventType.PROPOSAL_MADE), file.data()));
  }

  @Test
  void aDecisionOnAModelOfVersionOneOneIsReadBackWithoutTheGate() throws IOException {
    EventFile file = EventFile.of("v1.1", EventType.MODEL_STATE_CHANGED);
    assertEquals(EventSamples.decidedAsOfVersionOneOne(), CODEC.decode(file.encoded()));
    assertEquals(Set.of(), check(schemaOf(EventType.MODEL_STATE_CHANGED), file.data()));
  }

  @Test
  void aCorrectionOfVersionOneFourIsReadBackWithoutItsSelection() throws IOException {
    EventFile file = EventFile.of("v1.4", EventType.CORRECTION_ACCEPTED);
    assertEquals(EventSamples.acceptedAsOfVersionOneFour(), CODEC.decode(file.encoded()));
    assertEquals(Set.of(), check(schemaOf(EventType.CORRECTION_ACCEPTED), file.data()));
  }

  @Test
  void anArrivalOfVersionOneTwoIsReadBackWithoutWhoPostedIt() throws IOException {
    EventFile file = EventFile.of("v1.2", EventType.SERIES_ARRIVED);
    assertEquals(EventSamples.arrivedAsOfVersionOneTwo(), CODEC.decode(file.encoded()));
    assertEquals(Set.of(), check(schemaOf(EventType.SERIES_ARRIVED), file.data()));
  }

  @ParameterizedTest
  @EnumSource(EventType.class)
  void theFileOfTheNewestVersionHasEveryFieldAndIsWrittenAgainAsItIs(EventType type)
      throws IOException {
    EventFile file = EventFile.newest(type);
    FirstpassEvent event = CODEC.decode(file.encoded());
    assertEquals(EventSamples.of(type), event);
    EncodedEvent again = CODEC.encode(event, "/firstpass/test");
    assertEquals(file.encoded().attributes(), again.attributes());
    assertEquals(file.data(), MAPPER.readTree(again.json()));
    assertEquals(Set.of(), check(schemaOf(type), file.data()));
    assertEquals(SchemaField.known(schemaOf(type)), SchemaField.paths(schemaOf(type), file.data()));
  }

  @ParameterizedTest
  @EnumSource(
      value = EventType.class,
      names = {"SERIES_ARRIVED", "PROPOSAL_MADE", "PROPOSAL_REFUSED", "CORRECTION_ACCEPTED"})
  void whatVersionOneDidNotHaveIsOptional(EventType type) throws IOException {
    JsonNode schema = schemaOf(type);
    Set<String> old = SchemaField.paths(schema, EventFile.of("v1", type).data());
    List<SchemaField> added = SchemaField.in(schema, EventFile.newest(type).data());
    added.removeIf(field -> old.contains(field.path()));
    assertFalse(added.isEmpty());
    // What lies inside of a new field may be demanded there.
    List<String> topmost = new ArrayList<>();
    for (SchemaField field : added) {
      if (topmost.stream().noneMatch(above -> field.path().startsWith(above + "/"))) {
        topmost.add(field.path());
        assertFalse(field.required(), field.path());
        assertFalse(field.description().isEmpty(), field.path());
      }
    }
    assertEquals(
        switch (type) {
          case SERIES_ARRIVED -> List.of("/callingAeTitle", "/siblings", "/project", "/postedBy");
          case PROPOSAL_MADE ->
              List.of("/scores/agreement", "/scores/quality", "/scores/warnings", "/notes");
          case CORRECTION_ACCEPTED ->
              List.of("/decisions/surface", "/findings", "/effort", "/selection");
          default -> List.of("/route");
        },
        topmost);
  }

  @ParameterizedTest
  @EnumSource(EventType.class)
  void noFieldIsForAPatientsNameOrId(EventType type) throws IOException {
    List<String> names = new ArrayList<>();
    for (ObjectNode object : objects(schemaOf(type))) {
      object.path("properties").fieldNames().forEachRemaining(names::add);
    }
    boolean ofSeries = SeriesEvent.class.isAssignableFrom(type.payload());
    assertEquals(ofSeries, names.contains("patient"), "the pseudonym has its field");
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
