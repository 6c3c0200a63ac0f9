package org.firstpass.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.firstpass.drift.DriftAlarm;
import org.firstpass.drift.DriftFinding;
import org.firstpass.drift.DriftGroup;
import org.firstpass.drift.DriftLedger;
import org.firstpass.security.AuditAction;
import org.firstpass.security.AuditFact;
import org.firstpass.security.AuditTrail;
import org.firstpass.security.Role;
import org.jspecify.annotations.Nullable;

/** {@code /api/quality/alarms}: what began to cost readers more, and who took note of it. */
public final class DriftRoutes {
  private static final int LIMIT = 20;
  private static final int MAX_LIMIT = 500;
  private static final int MAX_NOTE = 1000;

  private final DriftLedger ledger;
  private final AuditTrail audit;

  public DriftRoutes(DriftLedger ledger, AuditTrail audit) {
    this.ledger = ledger;
    this.audit = audit;
  }

  public void install(RoutesConfig routes) {
    routes.get(
        "/api/quality/alarms",
        this::alarms,
        AccessGate.allow(Role.LEAD, Role.ML_ENGINEER, Role.ADMINISTRATOR));
    routes.post(
        "/api/quality/alarms/{id}/acknowledge",
        this::acknowledge,
        AccessGate.allow(Role.LEAD, Role.ADMINISTRATOR));
  }

  /** An alarm on the wire. */
  record AlarmView(
      UUID id,
      String raised,
      DriftGroup group,
      String since,
      List<String> versions,
      List<DriftFinding.Evidence> evidence,
      List<UUID> worst,
      @Nullable Noted acknowledged) {
    static AlarmView from(DriftAlarm alarm) {
      DriftFinding finding = alarm.finding();
      return new AlarmView(
          alarm.id(),
          alarm.raised().toString(),
          finding.group(),
          finding.since().toString(),
          finding.versions(),
          finding.evidence(),
          finding.worst(),
          alarm.acknowledged().map(Noted::from).orElse(null));
    }
  }

  /** Who took note, on the wire. */
  record Noted(String by, String at, String note) {
    static Noted from(DriftAlarm.Acknowledgement one) {
      return new Noted(one.by(), one.at().toString(), one.note());
    }
  }

  private void alarms(Context context) {
    int limit = RequestParts.number(context, "limit", LIMIT, MAX_LIMIT);
    context.json(Map.of("alarms", ledger.alarms(limit).stream().map(AlarmView::from).toList()));
  }

  private void acknowledge(Context context) {
    UUID alarm = id(context);
    String note = RequestParts.json(context.body()).path("note").asText("").strip();
    if (note.length() > MAX_NOTE) {
      throw RequestParts.malformed("'note' has at most " + MAX_NOTE + " characters");
    }
    String by = AccessGate.identity(context).subject();
    if (!ledger.acknowledge(alarm, by, note)) {
      throw new ApiRefusal(
          409, "NO_OPEN_ALARM", "there is no alarm " + alarm + " that nobody took note of");
    }
    audit.record(AuditFact.of(by, AuditAction.DRIFT_ACKNOWLEDGED, alarm.toString(), Map.of()));
    context.status(204);
  }

  private static UUID id(Context context) {
    try {
      return UUID.fromString(context.pathParam("id"));
    } catch (IllegalArgumentException e) {
      throw RequestParts.malformed("an alarm's id is a UUID");
    }
  }
}
