package org.firstpass.delivery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.firstpass.database.Database;
import org.firstpass.failure.ReasonCode;
import org.firstpass.study.Sha256;
import org.firstpass.study.SopInstanceUid;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/**
 * One destination's deliveries in the database.
 *
 * <p>A claim is one statement that skips what others hold, so two processes never work on one row.
 * What a holder writes counts only while the row has its lease. Safe for use by many threads.
 */
final class LaneRows {
  private final Database database;
  private final String destination;
  private final List<String> notices;

  LaneRows(Database database, String destination) {
    this(database, destination, List.of());
  }

  /**
   * @param notices the lanes in which others are told of what this destination has
   */
  LaneRows(Database database, String destination, List<String> notices) {
    this.database = database;
    this.destination = destination;
    this.notices = List.copyOf(notices);
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
    return updateMine(
        claim,
        "forms = :forms, instance_uid = :instance",
        row ->
            row.bind("forms", forms.stream().map(Sha256::hex).collect(Collectors.joining(",")))
                .bind("instance", instance.value()));
  }

  /** The destination acknowledged it; the lease goes on. */
  boolean acknowledged(Claim claim, Instant now) {
    return updateMine(
        claim, "state = 'AWAITING_CONFIRMATION', changed = :now", row -> row.bind("now", now));
  }

  /** It is there and confirmed; whoever is to be told of it will be. */
  boolean delivered(Claim claim, Instant now) {
    return database.inTransaction(
        handle -> {
          boolean mine =
              updateMine(
                  handle,
                  claim,
                  "state = 'DELIVERED', changed = :now, lease = null, reason = null,"
                      + " explanation = null",
                  row -> row.bind("now", now));
          if (mine) {
            notices.forEach(notice -> tell(handle, notice, claim, now));
          }
          return mine;
        });
  }

  private static void tell(Handle handle, String notice, Claim claim, Instant now) {
    handle.execute(
        "insert into delivery.delivery (event_id, destination, object, series_uid, state, due,"
            + " forms, instance_uid, created, changed)"
            + " select event_id, ?, object, series_uid, 'PENDING', ?, forms, instance_uid, ?, ?"
            + " from delivery.delivery where entry = ? on conflict do nothing",
        notice,
        now,
        now,
        now,
        claim.entry());
  }

  /** It is tried again at its time, or has ended. */
  boolean troubled(Claim claim, Trouble trouble, Instant now) {
    return updateMine(
        claim,
        "state = :state, due = :due, changed = :now, lease = null, reason = :reason,"
            + " explanation = :explanation",
        row ->
            row.bind("state", trouble.next().name())
                .bind("due", trouble.due())
                .bind("now", now)
                .bind("reason", trouble.reason().code())
                .bind("explanation", trouble.explanation()));
  }

  /** Gives it back as if it had not been claimed: not the destination was the trouble. */
  void release(Claim claim, Instant due) {
    updateMine(
        claim, "lease = null, due = :due, attempts = attempts - 1", row -> row.bind("due", due));
  }

  /** Writes to a row that the claim still holds; false if it does not. */
  private boolean updateMine(Claim claim, String assignments, UnaryOperator<Update> values) {
    return database.inTransaction(handle -> updateMine(handle, claim, assignments, values));
  }

  private static boolean updateMine(
      Handle handle, Claim claim, String assignments, UnaryOperator<Update> values) {
    return values
            .apply(
                handle.createUpdate(
                    "update delivery.delivery set "
                        + assignments
                        + " where entry = :entry and lease = :lease"))
            .bind("entry", claim.entry())
            .bind("lease", claim.lease())
            .execute()
        > 0;
  }

  /**
   * Why an attempt did not deliver.
   *
   * @param next the state that follows
   */
  record Trouble(DeliveryState next, Instant due, ReasonCode reason, String explanation) {}
}
