package org.firstpass.delivery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.firstpass.database.Database;
import org.firstpass.failure.ReasonCode;
import org.firstpass.study.Sha256;
import org.firstpass.study.SopInstanceUid;

/**
 * One destination's deliveries in the database.
 *
 * <p>A claim is one statement that skips what others hold, so two processes never work on one row.
 * What a holder writes counts only while the row has its lease. Safe for use by many threads.
 */
final class LaneRows {
  private static final String MINE = " where entry = :entry and lease = :lease";

  private final Database database;
  private final String destination;

  LaneRows(Database database, String destination) {
    this.database = database;
    this.destination = destination;
  }

  /** Takes the row that is due longest and counts an attempt; empty if none is due. */
  Optional<Claim> claim(Instant now, Duration lease) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    "update delivery.delivery set lease = :lease, lease_until = :until,"
                        + " attempts = attempts + 1, changed = :now,"
                        + " state = case when state = 'PENDING' then 'SENDING' else state end"
                        + " where entry = (select entry from delivery.delivery"
                        + " where destination = :destination"
                        + " and state in ('PENDING', 'SENDING', 'AWAITING_CONFIRMATION')"
                        + " and due <= :now and (lease is null or lease_until <= :now)"
                        + " order by due, entry limit 1 for update skip locked)"
                        + " returning entry, lease, event_id, object, state, attempts, forms")
                .bind("lease", UUID.randomUUID())
                .bind("until", now.plus(lease))
                .bind("now", now)
                .bind("destination", destination)
                .map((row, context) -> claim(row))
                .findOne());
  }

  private static Claim claim(ResultSet row) throws SQLException {
    return new Claim(
        row.getLong("entry"),
        row.getObject("lease", UUID.class),
        row.getObject("event_id", UUID.class),
        ObjectKind.valueOf(row.getString("object")),
        row.getString("state").equals(DeliveryState.AWAITING_CONFIRMATION.name()),
        row.getInt("attempts"),
        Arrays.stream(row.getString("forms").split(","))
            .filter(form -> !form.isEmpty())
            .map(Sha256::new)
            .toList());
  }

  /** Remembers the object, so that every attempt sends the same bytes. */
  boolean made(Claim claim, SopInstanceUid instance, List<Sha256> forms) {
    return database.inTransaction(
            handle ->
                handle
                    .createUpdate(
                        "update delivery.delivery set forms = :forms, instance_uid = :instance"
                            + MINE)
                    .bind("forms", forms.stream().map(Sha256::hex).collect(Collectors.joining(",")))
                    .bind("instance", instance.value())
                    .bind("entry", claim.entry())
                    .bind("lease", claim.lease())
                    .execute())
        > 0;
  }

  /** The destination acknowledged it; the lease goes on. */
  boolean acknowledged(Claim claim, Instant now) {
    return database.inTransaction(
            handle ->
                handle
                    .createUpdate(
                        "update delivery.delivery set state = 'AWAITING_CONFIRMATION',"
                            + " changed = :now"
                            + MINE)
                    .bind("now", now)
                    .bind("entry", claim.entry())
                    .bind("lease", claim.lease())
                    .execute())
        > 0;
  }

  boolean delivered(Claim claim, Instant now) {
    return database.inTransaction(
            handle ->
                handle
                    .createUpdate(
                        "update delivery.delivery set state = 'DELIVERED', changed = :now,"
                            + " lease = null, reason = null, explanation = null"
                            + MINE)
                    .bind("now", now)
                    .bind("entry", claim.entry())
                    .bind("lease", claim.lease())
                    .execute())
        > 0;
  }

  /** It is tried again at its time, or has ended. */
  boolean troubled(Claim claim, Trouble trouble, Instant now) {
    return database.inTransaction(
            handle ->
                handle
                    .createUpdate(
                        "update delivery.delivery set state = :state, due = :due, changed = :now,"
                            + " lease = null, reason = :reason, explanation = :explanation"
                            + MINE)
                    .bind("state", trouble.next().name())
                    .bind("due", trouble.due())
                    .bind("now", now)
                    .bind("reason", trouble.reason().code())
                    .bind("explanation", trouble.explanation())
                    .bind("entry", claim.entry())
                    .bind("lease", claim.lease())
                    .execute())
        > 0;
  }

  /** Gives it back as if it had not been claimed: not the destination was the trouble. */
  void release(Claim claim, Instant due) {
    database.useTransaction(
        handle ->
            handle
                .createUpdate(
                    "update delivery.delivery set lease = null, due = :due,"
                        + " attempts = attempts - 1"
                        + MINE)
                .bind("due", due)
                .bind("entry", claim.entry())
                .bind("lease", claim.lease())
                .execute());
  }

  /**
   * Why an attempt did not deliver.
   *
   * @param next the state that follows
   */
  record Trouble(DeliveryState next, Instant due, ReasonCode reason, String explanation) {}
}
