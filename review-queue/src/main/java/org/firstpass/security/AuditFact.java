package org.firstpass.security;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One thing that somebody did.
 *
 * @param actor the user's name
 * @param target what it was done to: a task id, a UID, a user's name, a token's id; empty if
 *     nothing
 * @param details short facts, never a patient's name or id
 */
public record AuditFact(
    String actor, AuditAction action, String target, SortedMap<String, String> details) {
  /** Longest text in a fact: an audit row is not a place for documents. */
  static final int MAX_TEXT = 200;

  public AuditFact {
    requireShort("actor", actor);
    requireShort("target", target);
    details.forEach(AuditFact::requireShort);
    details = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(details));
  }

  public static AuditFact of(String actor, AuditAction action, String target) {
    return of(actor, action, target, Map.of());
  }

  public static AuditFact of(
      String actor, AuditAction action, String target, Map<String, String> details) {
    return new AuditFact(actor, action, target, new TreeMap<>(details));
  }

  private static void requireShort(String name, String text) {
    if (text.length() > MAX_TEXT) {
      throw new IllegalArgumentException(
          "an audit fact's "
              + name
              + " has at most "
              + MAX_TEXT
              + " characters, but has "
              + text.length());
    }
  }
}
