package org.firstpass.event;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * An event as it travels: CloudEvents attributes and JSON data.
 *
 * @param attributes CloudEvents context attributes without prefix: specversion, id, source, type,
 *     time, subject, datacontenttype, dataschema
 * @param json the data, UTF-8 JSON text; {@code null} of a tombstone
 */
public record EncodedEvent(Map<String, String> attributes, String json) {
  /** What a tombstone says of itself; it has no data and therefore no schema. */
  public static final String ERASED = "org.firstpass.series-erased.v1";

  private static final String NOTHING = "null";

  public EncodedEvent {
    attributes = Map.copyOf(attributes);
  }

  /**
   * What says that everything that was told of a series is erased.
   *
   * @param series the key by which it was told
   */
  public static EncodedEvent tombstone(UUID id, String source, String series, Instant time) {
    return new EncodedEvent(
        Map.of(
            "specversion",
            "1.0",
            "id",
            id.toString(),
            "source",
            source,
            "type",
            ERASED,
            "time",
            time.toString(),
            "subject",
            series),
        NOTHING);
  }

  public boolean isTombstone() {
    return json.equals(NOTHING);
  }
}
