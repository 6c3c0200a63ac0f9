package org.firstpass.dicomweb;

import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.firstpass.http.AccessGate;
import org.firstpass.security.AuditAction;
import org.firstpass.security.AuditFact;
import org.firstpass.security.AuditTrail;

/**
 * Tells the audit trail who read and stored what. A viewer asks for hundreds of frames of a study,
 * so one who reads a study is written down once in a while, not with each frame. Thread-safe.
 *
 * @see "PS3.15 A.5.3, Instances Accessed and Query"
 */
final class AccessLog {
  private static final Duration AGAIN = Duration.ofMinutes(10);
  private static final int MOST_REMEMBERED = 10_000;

  private final AuditTrail audit;
  private final Clock clock;
  private final Map<String, Instant> recorded = new LinkedHashMap<>();

  AccessLog(AuditTrail audit, Clock clock) {
    this.audit = audit;
    this.clock = clock;
  }

  /** Somebody read instances, or their attributes. */
  void read(Context context, String study) {
    once(context, AuditAction.OBJECT_EXPORTED, study);
  }

  /** Somebody looked for studies. What for is not written: it may be a name. */
  void queried(Context context) {
    once(context, AuditAction.STUDIES_QUERIED, "");
  }

  /** Somebody stored so many instances. */
  void stored(Context context, int stored, int failed) {
    audit.record(
        AuditFact.of(
            AccessGate.identity(context).subject(),
            AuditAction.INSTANCES_STORED,
            "",
            Map.of("stored", Integer.toString(stored), "failed", Integer.toString(failed))));
  }

  private void once(Context context, AuditAction action, String target) {
    String subject = AccessGate.identity(context).subject();
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
