package org.firstpass.postgres;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.firstpass.review.WorklistSection;

/** The states of a section and what it is ordered by, as conditions that its index has. */
enum WorklistOrder {
  NEXT("t.state in ('WAITING', 'RETURNED')", "t.order_key", "t.order_key desc, t.id"),
  READING("t.state = 'CLAIMED'", micros("t.lease_until"), "t.lease_until, t.id"),
  DECIDED(
      "t.state in ('SUBMITTED', 'ACCEPTED')",
      micros("t.changed_at"),
      "t.changed_at desc, t.id desc"),
  DISCONTINUED("t.state = 'DISCONTINUED'", micros("t.changed_at"), "t.changed_at desc, t.id desc"),
  ALL("true", micros("t.changed_at"), "t.changed_at desc, t.id desc");

  private final String states;
  private final String key;
  private final String by;

  WorklistOrder(String states, String key, String by) {
    this.states = states;
    this.key = key;
    this.by = by;
  }

  private static String micros(String column) {
    return "(extract(epoch from " + column + ") * 1000000)::bigint";
  }

  static WorklistOrder of(WorklistSection section) {
    return switch (section) {
      case NEXT -> NEXT;
      case READING -> READING;
      case DECIDED -> DECIDED;
      case DISCONTINUED -> DISCONTINUED;
      case ALL -> ALL;
    };
  }

  String states() {
    return states;
  }

  /** What a place in this order is written as. */
  String key() {
    return key;
  }

  String by() {
    return by;
  }

  /** What comes after {@code :afterKey} and {@code :afterId}. */
  String after() {
    return switch (this) {
      case NEXT -> "t.order_key <= :afterKey and (t.order_key < :afterKey or t.id > :afterId)";
      case READING ->
          "t.lease_until >= :afterKey and (t.lease_until > :afterKey or t.id > :afterId)";
      case DECIDED, DISCONTINUED, ALL -> "(t.changed_at, t.id) < (:afterKey, :afterId)";
    };
  }

  /**
   * A key that was written as text, as the value that it is compared as.
   *
   * @throws IllegalArgumentException if it is no key of this order
   */
  Object parse(String text) {
    try {
      return this == NEXT
          ? (Object) Double.valueOf(text)
          : Instant.EPOCH.plus(Long.parseLong(text), ChronoUnit.MICROS);
    } catch (ArithmeticException | DateTimeParseException e) {
      throw new IllegalArgumentException("a place has a time that there is not", e);
    }
  }
}
