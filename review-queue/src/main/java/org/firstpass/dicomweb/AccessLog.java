package org.firstpass.dicomweb;

import io.javalin.http.Context;
import java.time.Clock;
import java.util.Map;
import org.firstpass.http.AccessGate;
import org.firstpass.security.AuditAction;
import org.firstpass.security.AuditFact;
import org.firstpass.security.AuditTrail;
import org.firstpass.security.RepeatedAccess;

/**
 * Tells the audit trail who read and stored what. A viewer asks for hundreds of frames of a study,
 * so one who reads a study is written down once in a while, not with each frame. Thread-safe.
 *
 * @see "PS3.15 A.5.3, Instances Accessed and Query"
 */
final class AccessLog {
  private final AuditTrail audit;
  private final RepeatedAccess repeated;

  AccessLog(AuditTrail audit, Clock clock) {
    this.audit = audit;
    this.repeated = new RepeatedAccess(audit, clock);
  }

  /** Somebody read instances, or their attributes. */
  void read(Context context, String study) {
    repeated.record(AccessGate.identity(context).subject(), AuditAction.OBJECT_EXPORTED, study);
  }

  /** Somebody looked for studies. What for is not written: it may be a name. */
  void queried(Context context) {
    repeated.record(AccessGate.identity(context).subject(), AuditAction.STUDIES_QUERIED, "");
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
}
