package org.firstpass.delivery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.database.Database;
import org.firstpass.failure.ReasonCode;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SopInstanceUid;
import org.jspecify.annotations.Nullable;

/** What is on its way, for whoever asks. Safe for use by many threads. */
public final class DeliveryLedger {
  private final Database database;

  /** Reads the room's schema, making it if nothing was ever delivered. */
  public DeliveryLedger(Database database) {
    this.database = database;
    DeliverySchema.prepare(database);
  }

  /**
   * Which deliveries are meant.
   *
   * @param destination null for all
   * @param failed only those that ended without success
   */
  public record Selection(@Nullable String destination, boolean failed) {}

  /** Everything of one series, oldest first. */
  public List<Delivery> of(SeriesInstanceUid series) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    "select * from delivery.delivery where series_uid = :series order by entry")
                .bind("series", series.value())
                .map((row, context) -> delivery(row))
                .list());
  }

  /** The latest ones, newest first. */
  public List<Delivery> latest(Selection selection, int limit) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    "select * from delivery.delivery"
                        + " where (:destination::text is null or destination = :destination)"
                        + " and (not :failed or state in ('FAILED', 'QUARANTINED'))"
                        + " order by entry desc limit :limit")
                .bind("destination", selection.destination())
                .bind("failed", selection.failed())
                .bind("limit", limit)
                .map((row, context) -> delivery(row))
                .list());
  }

  /**
   * Gives what ended without success a new budget, from now on; what was quarantined is made anew.
   * With {@link Selection#failed} quarantined objects stay where they are.
   *
   * @return how many
   */
  public int replay(Selection selection, Instant now) {
    return database.inTransaction(
        handle ->
            handle
                .createUpdate(
                    "update delivery.delivery set attempts = 0, due = :now, changed = :now,"
                        + " forms = case when state = 'QUARANTINED' then '' else forms end,"
                        + " state = 'PENDING'"
                        + " where (:destination::text is null or destination = :destination)"
                        + " and (state = 'FAILED' or state = 'QUARANTINED' and not :failed)")
                .bind("destination", selection.destination())
                .bind("failed", selection.failed())
                .bind("now", now)
                .execute());
  }

  /** How many of a destination's objects are in each state; every state is there. */
  public Map<DeliveryState, Long> counts(String destination) {
    return database.inTransaction(
        handle -> {
          Map<DeliveryState, Long> counts = new EnumMap<>(DeliveryState.class);
          for (DeliveryState state : DeliveryState.values()) {
            counts.put(state, 0L);
          }
          handle
              .createQuery(
                  "select state, count(*) n from delivery.delivery"
                      + " where destination = :destination group by state")
              .bind("destination", destination)
              .map(
                  (row, context) ->
                      counts.put(DeliveryState.valueOf(row.getString("state")), row.getLong("n")))
              .list();
          return counts;
        });
  }

  /**
   * When the oldest object was told that a destination does not have yet, empty if there is none.
   */
  public Optional<Instant> oldestUndelivered(String destination) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    "select created from delivery.delivery"
                        + " where destination = :destination and state <> 'DELIVERED'"
                        + " order by created limit 1")
                .bind("destination", destination)
                .mapTo(OffsetDateTime.class)
                .findOne()
                .map(OffsetDateTime::toInstant));
  }

  private static Delivery delivery(ResultSet row) throws SQLException {
    String instance = row.getString("instance_uid");
    String reason = row.getString("reason");
    return new Delivery(
        row.getObject("event_id", UUID.class),
        row.getString("destination"),
        ObjectKind.valueOf(row.getString("object")),
        new SeriesInstanceUid(row.getString("series_uid")),
        DeliveryState.valueOf(row.getString("state")),
        row.getInt("attempts"),
        row.getObject("due", OffsetDateTime.class).toInstant(),
        instance == null ? null : new SopInstanceUid(instance),
        reason == null ? null : ReasonCode.ofCode(reason),
        row.getString("explanation"),
        row.getObject("created", OffsetDateTime.class).toInstant(),
        row.getObject("changed", OffsetDateTime.class).toInstant());
  }
}
