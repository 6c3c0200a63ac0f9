package org.firstpass.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;

/**
 * Events to and from CloudEvents 1.0 with JSON data.
 *
 * <p>Fields that a reader does not know are skipped, so that an older reader survives a newer minor
 * version.
 */
public final class EventCodec {
  private static final String SCHEMA_FOLDER = "/schemas/";

  private final ObjectMapper mapper = EventJson.mapper();

  /**
   * @param source the CloudEvents source: the role that speaks, for instance {@code
   *     /firstpass/worker}
   */
  public EncodedEvent encode(FirstpassEvent event, String source) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("specversion", "1.0");
    attributes.put("id", event.id().toString());
    attributes.put("source", source);
    attributes.put("type", event.type().wireName());
    attributes.put("time", event.time().toString());
    attributes.put("subject", event.key());
    attributes.put("datacontenttype", "application/json");
    attributes.put("dataschema", SCHEMA_FOLDER + event.type().wireName() + ".json");
    try {
      return new EncodedEvent(attributes, mapper.writeValueAsString(event));
    } catch (JsonProcessingException e) {
      throw new Defect(ReasonCode.UNEXPECTED, "cannot write event " + event.id(), e);
    }
  }

  /**
   * @throws Defect with {@link ReasonCode#EVENT_UNREADABLE} if the type is not known or the data is
   *     not of it
   */
  public FirstpassEvent decode(EncodedEvent encoded) {
    String wireName = encoded.attributes().getOrDefault("type", "");
    for (EventType type : EventType.values()) {
      if (type.wireName().equals(wireName)) {
        return read(encoded.json(), type);
      }
    }
    throw new Defect(ReasonCode.EVENT_UNREADABLE, "no event type '" + wireName + "' is known");
  }

  private FirstpassEvent read(String json, EventType type) {
    try {
      return mapper.readValue(json, type.payload());
    } catch (JsonProcessingException e) {
      throw new Defect(
          ReasonCode.EVENT_UNREADABLE, "the data is not of type " + type.wireName(), e);
    }
  }
}
