package org.firstpass.postgres;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.firstpass.review.WorklistSection;

/**
 * The states of a section and what it is ordered by, as conditions that its index has.
 *
 * <p>What is to be read next is in two parts, since a claim takes what is due within {@link
 * Picks#SOON} first.
 */
enum WorklistOrder {
  DUE(
      "t.state in ('WAITING', 'RETURNED') and t.due_at <= :soon",
      "'due:' || " + micros("t.due_at") + " || ':' || t.order_key",
      "t.due_at, t.order_key desc, t.id"),
  NEXT(
      "t.state in ('WAITING', 'RETURNED') and (t.due_at is null or t.due_at > :soon)",
      "t.order_key",
      "t.order_key desc, t.id"),
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

  /** The parts of a section, one after the other. */
  static List<WorklistOrder> of(WorklistSection section) {
    return switch (section) {
      case NEXT -> List.of(DUE, NEXT);
      case READING -> List.of(READING);
      case DECIDED -> List.of(DECIDED);
      case DISCONTINUED -> List.of(DISCONTINUED);
      case ALL -> List.of(ALL);
    };
  }

  /** What a section has, without a look at when it is due. */
  static String all(WorklistSection section) {
    return section == WorklistSection.NEXT
        ? "t.state in ('WAITING', 'RETURNED')"
        : of(section).get(0).states;
  }

  String states() {
    return states;
  }

  /** Whether {@code :soon} is asked for. */
  boolean looksAtDue() {
    return this == DUE || this == NEXT;
  }

  /** Whether a place is in this part. */
  boolean has(String key) {
    return (this == DUE) == key.startsWith("due:");
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
      case DUE -> "(t.due_at, -t.order_key, t.id) > (:afterKey, :afterRank, :afterId)";
      case NEXT -> "t.order_key <= :afterKey and (t.order_key < :afterKey or t.id > :afterId)";
      case READING ->
          "t.lease_until >= :afterKey and (t.lease_until > :afterKey or t.id > :afterId)";
      case DECIDED, DISCONTINUED, ALL -> "(t.changed_at, t.id) < (:afterKey, :afterId)";
    };
  }

  /**
   * A key that was written as text, as the values that it is compared as.
   *
   * @throws IllegalArgumentException if it is no key of this order
   */
  Map<String, Object> parse(String text) {
    if (this == NEXT) {
      return Map.of("afterKey", Double.valueOf(text));
    }
    if (this != DUE) {
      return Map.of("afterKey", time(text));
    }
    String[] parts = text.split(":", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("a place of what is due has a time and a number");
    }
    return Map.of("afterKey", time(parts[1]), "afterRank", -Double.parseDouble(parts[2]));
  }

  private static Instant time(String micros) {
    try {
      return Instant.EPOCH.plus(Long.parseLong(micros), ChronoUnit.MICROS);
    } catch (ArithmeticException | DateTimeParseException e) {
      throw new IllegalArgumentException("a place has a time that there is not", e);
    }
  }
}
