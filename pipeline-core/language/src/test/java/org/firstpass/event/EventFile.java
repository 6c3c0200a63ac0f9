package org.firstpass.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** An event as a version of Firstpass wrote it, kept as a file for ever. */
record EventFile(EncodedEvent encoded, JsonNode data) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  static EventFile of(String version, EventType type) throws IOException {
    String name = path(version, type);
    try (InputStream in = EventFile.class.getResourceAsStream(name)) {
      return read(Objects.requireNonNull(in, () -> name + " is missing"));
    }
  }

  /** The newest version whose data changed for this type. */
  static EventFile newest(EventType type) throws IOException {
    return of(EventSchemas.newest(type));
  }

  /** What was written when this version of the schema was the newest. */
  static EventFile of(EventSchemas.Released released) throws IOException {
    String version = released.minor() == 0 ? "v1" : "v1." + released.minor();
    return of(version, released.type());
  }

  private static String path(String version, EventType type) {
    return "/org/firstpass/event/" + version + "/" + type.wireName() + ".json";
  }

  private static EventFile read(InputStream in) throws IOException {
    ObjectNode file = (ObjectNode) MAPPER.readTree(in);
    JsonNode data = file.remove("data");
    Map<String, String> attributes = new HashMap<>();
    file.fields().forEachRemaining(e -> attributes.put(e.getKey(), e.getValue().asText()));
    return new EventFile(new EncodedEvent(attributes, data.toString()), data);
  }
}
