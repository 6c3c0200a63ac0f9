package org.firstpass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.javalin.Javalin;
import java.net.http.HttpResponse;
import org.firstpass.security.AuditAction;
import org.firstpass.security.AuditEntry;
import org.firstpass.security.Role;
import org.firstpass.security.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessGateTest {
  private static GateFixture server;

  @BeforeAll
  static void start() {
    server =
        new GateFixture(
            routes -> {
              routes.get("/forgotten", context -> context.result("seen"));
              routes.post(
                  "/change", context -> context.result("changed"), AccessGate.allowAnyRole());
              routes.get(
                  "/metrics",
                  context -> context.result("figures"),
                  AccessGate.allowLoopbackOr(Role.ADMINISTRATOR));
            });
    server.rooms.user("reader", Role.RADIOLOGIST);
    server.rooms.user("auditor", Role.AUDITOR);
    server.rooms.user("chief", Role.ADMINISTRATOR);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /reading",
    "GET, /api/me",
    "GET, /api/users",
    "POST, /api/users",
    "GET, /api/tokens",
    "POST, /api/tokens",
    "GET, /api/audit",
    "GET, /api/audit/verification",
    "POST, /api/users/reader/disable",
    "PUT, /api/users/reader/password",
    "PUT, /api/users/reader/roles",
    "DELETE, /api/tokens/x",
    "PUT, /api/me/password"
  })
  void nothingIsAnsweredWithoutALogin(String method, String path) {
    HttpResponse<String> answer = server.send(method, path, "");
    assertEquals(401, answer.statusCode());
    assertEquals("LOGIN_NEEDED", GateFixture.code(answer));
  }

  @Test
  void whoHasTheRoleIsLetThroughAndNamed() {
    assertEquals("reader", server.as("reader", "GET", "/reading", "").body());
  }

  @Test
  void whoLacksTheRoleIsRefusedAndThatIsAudited() {
    HttpResponse<String> answer = server.as("auditor", "GET", "/reading", "");
    assertEquals(403, answer.statusCode());
    assertEquals("ROLE_MISSING", GateFixture.code(answer));
    AuditEntry newest = server.rooms.security.audit().before(Long.MAX_VALUE, 1).get(0);
    assertEquals(AuditAction.ACCESS_REFUSED, newest.fact().action());
    assertEquals("auditor", newest.fact().actor());
    assertEquals("GET /reading", newest.fact().details().get("route"));
  }

  @Test
  void anAdministratorIsNotAReaderByThatAlone() {
    assertEquals(403, server.as("chief", "GET", "/reading", "").statusCode());
  }

  @Test
  void aRouteThatSaysNothingIsForNobody() {
    assertEquals(401, server.send("GET", "/forgotten", "").statusCode());
    assertEquals(403, server.as("chief", "GET", "/forgotten", "").statusCode());
  }

  @Test
  void aServerWithSuchARouteIsRefusedAtStart() {
    var refusal =
        assertThrows(
            IllegalStateException.class,
            () ->
                Javalin.create(
                    config -> {
                      config.routes.get("/kept", context -> {}, AccessGate.allow(Role.RADIOLOGIST));
                      config.routes.delete("/forgotten", context -> {});
                      AccessGate.requireAccessOnEveryRoute(config);
                    }));
    assertTrue(String.valueOf(refusal.getMessage()).contains("DELETE /forgotten"));
    assertTrue(!String.valueOf(refusal.getMessage()).contains("/kept"));
  }

  @Test
  void everyRouteOfThisRoomSaysWhoMayCallIt() {
    Javalin.create(
        config -> {
          new AccessGate(server.rooms.security).install(config.routes);
          new SecurityRoutes(server.rooms.security).install(config.routes);
          new PageRoutes().install(config.routes);
          AccessGate.requireAccessOnEveryRoute(config);
        });
  }

  @Test
  void metricsAreForThisMachineUnlessAProxyStandsBetween() {
    assertEquals("figures", server.send("GET", "/metrics", "").body());
    assertEquals(
        401, server.send("GET", "/metrics", "", "X-Forwarded-For", "203.0.113.7").statusCode());
  }

  @Test
  void theCookieAloneDoesNotChangeAnything() {
    Session session = server.rooms.login("reader");
    String cookie = "firstpass=" + session.token();
    assertEquals(200, server.send("GET", "/reading", "", "Cookie", cookie).statusCode());
    HttpResponse<String> answer = server.send("POST", "/change", "{}", "Cookie", cookie);
    assertEquals(403, answer.statusCode());
    assertEquals("PAGE_HEADER_MISSING", GateFixture.code(answer));
    assertEquals(
        "changed",
        server.send("POST", "/change", "{}", "Cookie", cookie, "X-Firstpass-Page", "1").body());
  }

  @ParameterizedTest
  @CsvSource({
    "Origin, http://evil.example",
    "Origin, null",
    "Origin, http://127.0.0.1:1",
    "Sec-Fetch-Site, cross-site",
    "Sec-Fetch-Site, same-site"
  })
  void anotherPageInTheSameBrowserIsRefused(String header, String value) {
    String cookie = "firstpass=" + server.rooms.login("reader").token();
    HttpResponse<String> answer =
        server.send(
            "POST", "/change", "{}", "Cookie", cookie, "X-Firstpass-Page", "1", header, value);
    assertEquals(403, answer.statusCode());
    assertEquals("FOREIGN_ORIGIN", GateFixture.code(answer));
  }

  @Test
  void ourOwnPageIsNotRefused() {
    String cookie = "firstpass=" + server.rooms.login("reader").token();
    HttpResponse<String> answer =
        server.send(
            "POST",
            "/change",
            "{}",
            "Cookie",
            cookie,
            "X-Firstpass-Page",
            "1",
            "Origin",
            server.origin(),
            "Sec-Fetch-Site",
            "same-origin");
    assertEquals("changed", answer.body());
  }

  @Test
  void anotherPageCannotLogSomebodyIn() {
    String body = "{\"user\":\"reader\",\"password\":\"seven green lamps\"}";
    assertEquals(
        403, server.send("POST", "/api/login", body, "Origin", "http://evil.example").statusCode());
  }

  @Test
  void everyAnswerTellsTheBrowserToTrustNothingForeign() {
    for (String path : new String[] {"/", "/api/me", "/nothing-here"}) {
      var headers = server.send("GET", path, "").headers();
      String policy = headers.firstValue("Content-Security-Policy").orElse("");
      assertTrue(policy.startsWith("default-src 'none'"), path);
      assertTrue(!policy.contains("unsafe"), path);
      assertEquals("nosniff", headers.firstValue("X-Content-Type-Options").orElse(""), path);
      assertEquals("DENY", headers.firstValue("X-Frame-Options").orElse(""), path);
    }
    assertEquals(
        "no-store",
        server.send("GET", "/api/me", "").headers().firstValue("Cache-Control").orElse(""));
  }
}
