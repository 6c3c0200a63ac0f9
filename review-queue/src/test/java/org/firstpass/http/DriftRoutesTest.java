package org.firstpass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.drift.DriftAlarm;
import org.firstpass.drift.DriftFinding;
import org.firstpass.drift.DriftGroup;
import org.firstpass.drift.DriftGroup.Axis;
import org.firstpass.drift.DriftLedger;
import org.firstpass.drift.DriftMeasure;
import org.firstpass.security.Role;
import org.firstpass.security.SecurityFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who sees alarms, and who may take note of one. */
final class DriftRoutesTest {
  private static final Instant NOW = Instant.parse("2026-11-25T23:30:00Z");
  private static final UUID ALARM = new UUID(3, 1);
  private static final SecurityFixture trail = new SecurityFixture();
  private static final OneAlarm ledger = new OneAlarm();
  private static GateFixture server;

  /** A ledger with one alarm. */
  private static final class OneAlarm implements DriftLedger {
    private final List<String> notes = new ArrayList<>();

    @Override
    public List<DriftAlarm> alarms(int limit) {
      var finding =
          new DriftFinding(
              new DriftGroup("liver", Axis.SCANNER, "ACME Two"),
              NOW.minusSeconds(60),
              List.of("liver 1.0"),
              List.of(
                  new DriftFinding.Evidence(
                      DriftMeasure.ACTIVE_TIME, 60, 200, 90, 40, 22, 38, 31_000)),
              List.of(new UUID(2, 7)));
      return List.of(new DriftAlarm(ALARM, NOW, finding, Optional.empty()));
    }

    @Override
    public boolean acknowledge(UUID alarm, String by, String note) {
      notes.add(by + ": " + note);
      return alarm.equals(ALARM) && notes.size() == 1;
    }
  }

  @BeforeAll
  static void start() {
    server =
        new GateFixture(routes -> new DriftRoutes(ledger, trail.security.audit()).install(routes));
    server.rooms.user("anna", Role.RADIOLOGIST);
    server.rooms.user("lea", Role.LEAD);
    server.rooms.user("emil", Role.ML_ENGINEER);
  }

  @AfterAll
  static void stop() {
    server.close();
    trail.close();
  }

  @Test
  void whoSeesTheWorkOfAllSeesAlarmsWithTheirEvidence() {
    for (String user : List.of("lea", "emil")) {
      JsonNode alarm =
          GateFixture.json(server.as(user, "GET", "/api/quality/alarms", "")).at("/alarms/0");
      assertEquals("ACME Two", alarm.at("/group/name").asText());
      assertEquals("ACTIVE_TIME", alarm.at("/evidence/0/measure").asText());
      assertEquals(40, alarm.at("/evidence/0/recentCases").asInt());
      assertEquals(new UUID(2, 7).toString(), alarm.at("/worst/0").asText());
    }
    assertEquals(403, server.as("anna", "GET", "/api/quality/alarms", "").statusCode());
    assertEquals(401, server.send("GET", "/api/quality/alarms", "").statusCode());
  }

  @Test
  void aLeadTakesNoteOnceAndAnEngineerDoesNot() {
    String path = "/api/quality/alarms/" + ALARM + "/acknowledge";
    assertEquals(403, server.as("emil", "POST", path, "{}").statusCode());
    assertEquals(204, server.as("lea", "POST", path, "{\"note\": \" new tube \"}").statusCode());
    assertEquals(List.of("lea: new tube"), ledger.notes);
    var again = server.as("lea", "POST", path, "{}");
    assertEquals(409, again.statusCode());
    assertEquals("NO_OPEN_ALARM", GateFixture.code(again));
    String tooLong = "{\"note\": \"" + "x".repeat(1001) + "\"}";
    assertEquals(400, server.as("lea", "POST", path, tooLong).statusCode());
    assertTrue(ledger.notes.size() == 2, "what is refused is not asked of the ledger");
  }
}
