package org.firstpass.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.firstpass.database.Database;
import org.firstpass.event.EncodedEvent;
import org.firstpass.event.EventCodec;
import org.firstpass.event.EventJson;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;

/** The results and which objects of them go where. Safe for use by many threads. */
final class ResultRows {
  private static final ObjectMapper MAPPER = EventJson.mapper();
  private static final EventCodec CODEC = new EventCodec();

  private final Database database;

  ResultRows(Database database) {
    this.database = database;
  }

  /** What goes where. */
  record Wanted(String destination, ObjectKind object) {}

  /** From when on the destination gets results: its first start, whichever process saw it. */
  Instant since(String destination, Instant now) {
    return database.inTransaction(
        handle -> {
          handle.execute(
              "insert into delivery.destination (name, since) values (?, ?) on conflict do nothing",
              destination,
              now);
          return handle
              .createQuery("select since from delivery.destination where name = :name")
              .bind("name", destination)
              .mapTo(OffsetDateTime.class)
              .one()
              .toInstant();
        });
  }

  /** Writes a result and its deliveries; what is there already stays as it is. */
  int add(Result result, List<Wanted> wanted, Instant now) {
    EncodedEvent encoded = CODEC.encode(result.event(), "/firstpass/delivery");
    return database.inTransaction(
        handle -> {
          handle.execute(
              "insert into delivery.result (event_id, attributes, data)"
                  + " values (?, ?::json, ?::json) on conflict do nothing",
              result.id(),
              json(encoded.attributes()),
              encoded.json());
          int added = 0;
          for (Wanted each : wanted) {
            added +=
                handle.execute(
                    "insert into delivery.delivery (event_id, destination, object, series_uid,"
                        + " state, due, created, changed) values (?, ?, ?, ?, 'PENDING', ?, ?, ?)"
                        + " on conflict do nothing",
                    result.id(),
                    each.destination(),
                    each.object().name(),
                    result.input().reference().series().value(),
                    now,
                    now,
                    now);
          }
          return added;
        });
  }

  Result read(UUID event) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery("select attributes, data from delivery.result where event_id = :id")
                .bind("id", event)
                .map((row, context) -> Result.of(CODEC.decode(encoded(row))))
                .one());
  }

  private static EncodedEvent encoded(ResultSet row) throws SQLException {
    try {
      return new EncodedEvent(
          MAPPER.readValue(
              row.getString("attributes"), new TypeReference<Map<String, String>>() {}),
          row.getString("data"));
    } catch (JsonProcessingException e) {
      throw new Defect(ReasonCode.EVENT_UNREADABLE, "a stored result is damaged", e);
    }
  }

  private static String json(Map<String, String> attributes) {
    try {
      return MAPPER.writeValueAsString(attributes);
    } catch (JsonProcessingException e) {
      throw new Defect(ReasonCode.UNEXPECTED, "cannot write event attributes", e);
    }
  }
}
