package org.firstpass.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells the audit trail of what is done again and again, such as each letter of a search or each
 * frame of a study, once in a while. Thread-safe.
 */
public final class RepeatedAccess {
  private static final Duration AGAIN = Duration.ofMinutes(10);
  private static final int MOST_REMEMBERED = 10_000;

  private final AuditTrail audit;
  private final Clock clock;
  private final Map<String, Instant> recorded = new LinkedHashMap<>();

  public RepeatedAccess(AuditTrail audit, Clock clock) {
    this.audit = audit;
    this.clock = clock;
  }

  /** Records that somebody did this to that, unless it was recorded a moment ago. */
  public void record(String subject, AuditAction action, String target) {
    if (isDue(subject + " " + action + " " + target)) {
      audit.record(AuditFact.of(subject, action, target));
    }
  }

  private synchronized boolean isDue(String what) {
    Instant now = clock.instant();
    Instant before = recorded.get(what);
    if (before != null && before.plus(AGAIN).isAfter(now)) {
      return false;
    }
    recorded.remove(what);
    recorded.put(what, now);
    var oldest = recorded.keySet().iterator();
    while (recorded.size() > MOST_REMEMBERED) {
      oldest.next();
      oldest.remove();
    }
    return true;
  }
}
