package org.firstpass.event;

import java.util.Map;

/**
 * An event as it travels: CloudEvents attributes and JSON data.
 *
 * @param attributes CloudEvents context attributes without prefix: specversion, id, source, type,
 *     time, subject, datacontenttype, dataschema
 * @param json the data, UTF-8 JSON text
 */
public record EncodedEvent(Map<String, String> attributes, String json) {
  public EncodedEvent {
    attributes = Map.copyOf(attributes);
  }
}
