package org.firstpass.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.firstpass.event.EncodedEvent;
import org.firstpass.event.EventCodec;
import org.firstpass.event.EventJson;
import org.firstpass.event.FirstpassEvent;
import org.firstpass.event.Outbox;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The outbox as tables of a room's schema.
 *
 * <p>A row is numbered only after it was committed, by the one relay that holds the lock. Numbers
 * taken inside the writers' transactions would let a slow writer commit behind a position that was
 * already sent. Safe for use by many threads.
 */
public final class PostgresOutbox implements Outbox, AutoCloseable {
  /** Channel on which it is said, by the name of the schema, that rows were numbered. */
  public static final String NUMBERED = "firstpass_outbox";

  private static final ObjectMapper MAPPER = EventJson.mapper();
  private static final EventCodec CODEC = new EventCodec();
  private static final int VALID_SECONDS = 2;

  private final Database database;
  private final String schema;
  private @Nullable Connection lock;

  /** Opens the outbox of a schema, making its tables if they are not there. */
  public PostgresOutbox(Database database, String schema) {
    this.database = database;
    this.schema = Database.requireSchema(schema);
    database.migrate(schema, "org/firstpass/database/outbox", "outbox_migrations");
  }

  /**
   * Adds events in the caller's transaction. An event whose id is already there is not added again.
   *
   * @param schema names the table and, as {@code /firstpass/<schema>}, the speaker
   */
  public static void add(Handle handle, String schema, String topic, FirstpassEvent... events) {
    for (FirstpassEvent event : events) {
      EncodedEvent encoded = CODEC.encode(event, "/firstpass/" + schema);
      add(handle, schema, event.id(), topic, event.key(), encoded);
    }
  }

  /**
   * Adds a tombstone in the caller's transaction: what was told by this key is erased.
   *
   * @param id if it is there already, nothing is added
   * @return whether it was added
   */
  public static boolean addTombstone(
      Handle handle, String schema, String topic, String key, UUID id, Instant time) {
    EncodedEvent encoded = EncodedEvent.tombstone(id, "/firstpass/" + schema, key, time);
    return add(handle, schema, id, topic, key, encoded) > 0;
  }

  private static int add(
      Handle handle, String schema, UUID id, String topic, String key, EncodedEvent event) {
    return handle.execute(
        "insert into "
            + Database.requireSchema(schema)
            + ".outbox (event_id, topic, record_key, attributes, data)"
            + " values (?, ?, ?, ?::json, ?::json) on conflict (event_id) do nothing",
        id,
        topic,
        key,
        json(event.attributes()),
        event.json());
  }

  @Override
  public UUID id() {
    return database.inTransaction(
        handle ->
            handle
                .createQuery("select outbox_id from " + schema + ".outbox_counter")
                .mapTo(UUID.class)
                .one());
  }

  @Override
  public synchronized boolean lock() {
    try {
      if (lock != null && lock.isValid(VALID_SECONDS)) {
        return true;
      }
      release();
      Connection candidate = database.connection();
      if (tryLock(candidate)) {
        lock = candidate;
        return true;
      }
      candidate.close();
      return false;
    } catch (SQLException e) {
      throw Database.sorted(new IllegalStateException("cannot take the outbox lock", e));
    }
  }

  private boolean tryLock(Connection connection) throws SQLException {
    String query = "select pg_try_advisory_lock(hashtextextended(?, 0))";
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, "firstpass.outbox." + schema);
      try (ResultSet result = statement.executeQuery()) {
        return result.next() && result.getBoolean(1);
      }
    }
  }

  @Override
  public List<Row> next(int limit) {
    return database.inTransaction(
        handle -> {
          number(handle, limit);
          return handle
              .createQuery(
                  "select position, event_id, topic, record_key, attributes, data from "
                      + schema
                      + ".outbox where sent is null and position is not null"
                      + " order by position limit :limit")
              .bind("limit", limit)
              .map((row, context) -> row(row))
              .list();
        });
  }

  private void number(Handle handle, int limit) {
    String waiting = schema + ".outbox where sent is null and position is null";
    boolean none =
        handle
            .createQuery("select 1 from " + waiting + " limit 1")
            .mapTo(int.class)
            .findOne()
            .isEmpty();
    if (none) {
      return;
    }
    long last =
        handle
            .createQuery("select last_position from " + schema + ".outbox_counter for update")
            .mapTo(long.class)
            .one();
    int numbered =
        handle.execute(
            "update "
                + schema
                + ".outbox o set position = ? + n.place from (select entry,"
                + " row_number() over (order by entry) place from (select entry from "
                + waiting
                + " order by entry limit ?) w) n where o.entry = n.entry",
            last,
            limit);
    handle.execute("update " + schema + ".outbox_counter set last_position = ?", last + numbered);
    handle
        .createQuery("select pg_notify(:channel, :schema)")
        .bind("channel", NUMBERED)
        .bind("schema", schema)
        .mapTo(String.class)
        .one();
  }

  // A counter behind the broker's (a database restored from an old backup) must not reuse numbers.
  @Override
  public void sent(long position) {
    database.useTransaction(
        handle -> {
          handle.execute(
              "update " + schema + ".outbox_counter set last_position = greatest(last_position, ?)",
              position);
          handle.execute(
              "update " + schema + ".outbox set sent = now() where sent is null and position <= ?",
              position);
        });
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getLong("position"),
        row.getObject("event_id", UUID.class),
        row.getString("topic"),
        row.getString("record_key"),
        new EncodedEvent(attributes(row.getString("attributes")), row.getString("data")));
  }

  private static Map<String, String> attributes(String json) {
    try {
      return MAPPER.readValue(json, new TypeReference<Map<String, String>>() {});
    } catch (JsonProcessingException e) {
      throw new Defect(ReasonCode.EVENT_UNREADABLE, "a row of the outbox is damaged", e);
    }
  }

  private static String json(Map<String, String> attributes) {
    try {
      return MAPPER.writeValueAsString(attributes);
    } catch (JsonProcessingException e) {
      throw new Defect(ReasonCode.UNEXPECTED, "cannot write event attributes", e);
    }
  }

  // The advisory lock belongs to the session, so the session must end, not go back to the pool.
  private void release() {
    if (lock != null) {
      database.evict(lock);
      lock = null;
    }
  }

  @Override
  public synchronized void close() {
    release();
  }
}
