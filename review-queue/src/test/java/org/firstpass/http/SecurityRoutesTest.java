package org.firstpass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import org.firstpass.security.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SecurityRoutesTest {
  private static GateFixture server;

  @BeforeAll
  static void start() {
    server = new GateFixture(routes -> {});
    server.rooms.user("reader", Role.RADIOLOGIST);
    server.rooms.user("auditor", Role.AUDITOR);
    server.rooms.user("chief", Role.ADMINISTRATOR);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void loginAnswersATokenAndSetsItAsACookieThatNoScriptSees() {
    HttpResponse<String> answer = login("reader", "seven green lamps");
    JsonNode json = GateFixture.json(answer);
    assertEquals("reader", json.path("user").asText());
    assertEquals("[\"RADIOLOGIST\"]", json.path("roles").toString());
    String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
    assertTrue(cookie.startsWith("firstpass=" + json.path("token").asText() + ";"), cookie);
    assertTrue(cookie.contains("HttpOnly"), cookie);
    assertTrue(cookie.contains("SameSite=Strict"), cookie);
    assertFalse(cookie.contains("Secure"), "this is plain HTTP on loopback");
    JsonNode me = GateFixture.json(server.send("GET", "/api/me", "", "Cookie", cookie));
    assertEquals("Dr. reader", me.path("displayName").asText());
  }

  @Test
  void logoutEndsTheSessionAndTakesTheCookieBack() {
    String cookie =
        login("reader", "seven green lamps").headers().firstValue("Set-Cookie").orElseThrow();
    HttpResponse<String> answer =
        server.send("POST", "/api/logout", "{}", "Cookie", cookie, "X-Firstpass-Page", "1");
    assertEquals(204, answer.statusCode());
    assertTrue(answer.headers().firstValue("Set-Cookie").orElseThrow().startsWith("firstpass=;"));
    assertEquals(401, server.send("GET", "/api/me", "", "Cookie", cookie).statusCode());
  }

  @Test
  void aWrongLoginIsOneSentenceAndAfterFiveItHasToWait() {
    server.rooms.user("clumsy", Role.RADIOLOGIST);
    for (int i = 0; i < 5; i++) {
      HttpResponse<String> answer = login("clumsy", "not the password");
      assertEquals(401, answer.statusCode());
      assertEquals("LOGIN_FAILED", GateFixture.code(answer));
    }
    HttpResponse<String> answer = login("clumsy", "seven green lamps");
    assertEquals(429, answer.statusCode());
    assertEquals("TOO_MANY_FAILURES", GateFixture.code(answer));
    assertEquals("30", answer.headers().firstValue("Retry-After").orElse(""));
  }

  @Test
  void whatIsNotJsonIsRefusedWithoutBeingQuoted() {
    HttpResponse<String> answer = server.send("POST", "/api/login", "{\"password\": secret-words");
    assertEquals(400, answer.statusCode());
    assertFalse(answer.body().contains("secret"));
    assertEquals(415, server.send("POST", "/api/login", "").statusCode());
    assertEquals(
        "BAD_FIELD",
        GateFixture.code(server.send("POST", "/api/login", "{\"user\":3,\"password\":\"x\"}")));
  }

  @Test
  void anAdministratorMakesUsersAndSeesNoPassword() {
    HttpResponse<String> made =
        server.as(
            "chief",
            "POST",
            "/api/users",
            "{\"name\":\"new\",\"displayName\":\"Dr. New\",\"roles\":[\"RADIOLOGIST\"],"
                + "\"password\":\"eight yellow doors\"}");
    assertEquals(201, made.statusCode());
    assertEquals(200, login("new", "eight yellow doors").statusCode());
    String users = server.as("chief", "GET", "/api/users", "").body();
    assertTrue(users.contains("Dr. New"));
    assertFalse(users.contains("argon2"));
    assertEquals(204, server.as("chief", "POST", "/api/users/new/disable", "").statusCode());
    assertEquals(401, login("new", "eight yellow doors").statusCode());
    assertEquals(403, server.as("reader", "GET", "/api/users", "").statusCode());
  }

  @Test
  void aWeakPasswordAnUnknownRoleAndATakenNameAreRefusedWithTheReason() {
    String weak = "{\"name\":\"weak\",\"roles\":[\"AUDITOR\"],\"password\":\"short\"}";
    assertEquals("RULE_BROKEN", GateFixture.code(server.as("chief", "POST", "/api/users", weak)));
    String role = "{\"name\":\"weak\",\"roles\":[\"KING\"],\"password\":\"eight yellow doors\"}";
    assertEquals("BAD_FIELD", GateFixture.code(server.as("chief", "POST", "/api/users", role)));
    String taken =
        "{\"name\":\"reader\",\"roles\":[\"AUDITOR\"],\"password\":\"eight yellow doors\"}";
    assertEquals("RULE_BROKEN", GateFixture.code(server.as("chief", "POST", "/api/users", taken)));
  }

  @Test
  void whoKnowsTheOldPasswordSetsANewOne() {
    server.rooms.user("changer", Role.RADIOLOGIST);
    String wrong = "{\"current\":\"not the password\",\"password\":\"eight yellow doors\"}";
    assertEquals(403, server.as("changer", "PUT", "/api/me/password", wrong).statusCode());
    String right = "{\"current\":\"seven green lamps\",\"password\":\"eight yellow doors\"}";
    assertEquals(204, server.as("changer", "PUT", "/api/me/password", right).statusCode());
    assertEquals(200, login("changer", "eight yellow doors").statusCode());
  }

  @Test
  void aTokenIsShownOnceAndWorksUntilItIsRevoked() {
    String wish = "{\"name\":\"a script\",\"roles\":[\"RADIOLOGIST\"],\"days\":7}";
    JsonNode issued = GateFixture.json(server.as("reader", "POST", "/api/tokens", wish));
    String bearer = "Bearer " + issued.path("token").asText();
    assertEquals("reader", server.send("GET", "/reading", "", "Authorization", bearer).body());
    String listed = server.as("reader", "GET", "/api/tokens", "").body();
    assertTrue(listed.contains(issued.path("id").asText()));
    assertFalse(listed.contains(issued.path("token").asText()));
    String path = "/api/tokens/" + issued.path("id").asText();
    assertEquals(404, server.as("auditor", "DELETE", path, "").statusCode());
    assertEquals(204, server.as("reader", "DELETE", path, "").statusCode());
    assertEquals(401, server.send("GET", "/reading", "", "Authorization", bearer).statusCode());
  }

  @Test
  void aTokenIsNoWayToMoreRoles() {
    String more = "{\"name\":\"more\",\"roles\":[\"ADMINISTRATOR\"]}";
    assertEquals(403, server.as("reader", "POST", "/api/tokens", more).statusCode());
    String other = "{\"name\":\"other\",\"roles\":[\"ADMINISTRATOR\"],\"user\":\"chief\"}";
    assertEquals(403, server.as("reader", "POST", "/api/tokens", other).statusCode());
    String lacking = "{\"name\":\"x\",\"roles\":[\"ADMINISTRATOR\"],\"user\":\"reader\"}";
    assertEquals(
        "RULE_BROKEN", GateFixture.code(server.as("chief", "POST", "/api/tokens", lacking)));
  }

  @Test
  void theAuditTrailIsForTheAuditorAndVerifiesItself() {
    login("reader", "seven green lamps");
    JsonNode entries = GateFixture.json(server.as("auditor", "GET", "/api/audit?limit=5", ""));
    assertEquals("LOGIN", entries.path(0).path("action").asText());
    assertEquals(5, entries.size());
    JsonNode verification =
        GateFixture.json(server.as("auditor", "GET", "/api/audit/verification", ""));
    assertTrue(verification.path("intact").asBoolean());
    assertEquals(403, server.as("chief", "GET", "/api/audit", "").statusCode());
  }

  private static HttpResponse<String> login(String user, String password) {
    return server.send(
        "POST", "/api/login", "{\"user\":\"" + user + "\",\"password\":\"" + password + "\"}");
  }
}
