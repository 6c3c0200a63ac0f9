package org.firstpass.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UsersAndTokensTest {
  private SecurityFixture fixture;
  private Security security;

  @BeforeEach
  void open() {
    fixture = new SecurityFixture();
    security = fixture.security;
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void theFirstStartMakesOneAdministratorWhoCanLogIn() {
    FirstAdministrator first = security.firstStart().orElseThrow();
    assertEquals("admin", first.user());
    Identity admin =
        security
            .authenticator()
            .login(first.user(), first.password().toCharArray())
            .orElseThrow()
            .identity();
    assertTrue(admin.has(Role.ADMINISTRATOR));
    assertFalse(first.toString().contains(first.password()));
    assertTrue(security.firstStart().isEmpty());
  }

  @Test
  void ofManyProcessesThatStartTogetherOneMakesTheAdministrator() throws Exception {
    var threads = Executors.newFixedThreadPool(4);
    try {
      Callable<Optional<FirstAdministrator>> start = security::firstStart;
      int made = 0;
      for (Future<Optional<FirstAdministrator>> one :
          threads.invokeAll(List.of(start, start, start, start))) {
        made += one.get().isPresent() ? 1 : 0;
      }
      assertEquals(1, made);
      assertEquals(1, security.users().list().size());
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aNameIsGivenOnce() {
    fixture.user("reader", Role.RADIOLOGIST);
    assertThrows(RuleBroken.class, () -> fixture.user("reader", Role.AUDITOR));
    assertEquals(Set.of(Role.RADIOLOGIST), security.users().list().get(0).roles());
  }

  @Test
  void namesThatCouldBeMistakenAreRefused() {
    for (String name : List.of("", "Reader", "a b", ".x", "x'; --", "ü", "a".repeat(64))) {
      assertThrows(RuleBroken.class, () -> new NewUser(name, "x", Set.of(Role.RADIOLOGIST)), name);
    }
  }

  @Test
  void aNewPasswordEndsTheOldOneAndEverySession() {
    fixture.user("reader", Role.RADIOLOGIST);
    Session session = fixture.login("reader");
    security.users().setPassword("admin", "reader", "eight yellow doors".toCharArray());
    assertTrue(security.authenticator().identify(session.token()).isEmpty());
    assertTrue(
        security.authenticator().login("reader", SecurityFixture.PASSWORD.toCharArray()).isEmpty());
    assertTrue(
        security.authenticator().login("reader", "eight yellow doors".toCharArray()).isPresent());
  }

  @Test
  void disablingEndsSessionsAndTokensAtOnce() {
    fixture.user("reader", Role.RADIOLOGIST);
    Session session = fixture.login("reader");
    IssuedToken token = token("reader", Role.RADIOLOGIST);
    security.users().disable("admin", "reader");
    assertTrue(security.authenticator().identify(session.token()).isEmpty());
    assertTrue(security.authenticator().identify(token.secret()).isEmpty());
    security.users().enable("admin", "reader");
    assertTrue(security.authenticator().identify(session.token()).isEmpty());
    assertTrue(security.authenticator().identify(token.secret()).isPresent());
  }

  @Test
  void theLastAdministratorStays() {
    fixture.user("one", Role.ADMINISTRATOR);
    assertThrows(RuleBroken.class, () -> security.users().disable("one", "one"));
    assertThrows(
        RuleBroken.class, () -> security.users().setRoles("one", "one", Set.of(Role.RADIOLOGIST)));
    assertTrue(security.users().list().get(0).enabled());
    fixture.user("two", Role.ADMINISTRATOR);
    security.users().disable("two", "one");
    assertThrows(RuleBroken.class, () -> security.users().disable("two", "two"));
  }

  @Test
  void aTokenHasItsOwnRolesOfThoseThatItsUserStillHas() {
    fixture.user("both", Role.RADIOLOGIST, Role.SERVICE);
    IssuedToken token = token("both", Role.SERVICE);
    assertEquals(Set.of(Role.SERVICE), rolesOf(token));
    security.users().setRoles("admin", "both", Set.of(Role.RADIOLOGIST));
    assertEquals(Set.of(), rolesOf(token));
  }

  @Test
  void aTokenCannotHaveARoleThatItsUserLacks() {
    fixture.user("reader", Role.RADIOLOGIST);
    assertThrows(RuleBroken.class, () -> token("reader", Role.ADMINISTRATOR));
    assertThrows(RuleBroken.class, () -> token("nobody", Role.RADIOLOGIST));
  }

  @Test
  void aTokenEndsAtItsTimeOrWhenItIsRevoked() {
    fixture.user("reader", Role.RADIOLOGIST);
    IssuedToken revoked = token("reader", Role.RADIOLOGIST);
    IssuedToken kept = token("reader", Role.RADIOLOGIST);
    UUID id = revoked.token().id();
    assertFalse(security.tokens().revoke("other", id, Optional.of("other")));
    assertTrue(security.tokens().revoke("reader", id, Optional.of("reader")));
    assertFalse(security.tokens().revoke("reader", id, Optional.of("reader")));
    assertTrue(security.authenticator().identify(revoked.secret()).isEmpty());
    assertEquals(List.of(kept.token()), security.tokens().list(Optional.of("reader")));
    fixture.clock.advance(Duration.ofDays(30));
    assertTrue(security.authenticator().identify(kept.secret()).isEmpty());
    assertEquals(List.of(), security.tokens().list(Optional.empty()));
  }

  @Test
  void aTokensSecretIsNowhereInTheDatabaseNorInItsText() {
    fixture.user("reader", Role.RADIOLOGIST);
    IssuedToken token = token("reader", Role.RADIOLOGIST);
    String rows =
        fixture
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery("select string_agg(t::text, ' ') from review.security_token t")
                        .mapTo(String.class)
                        .one());
    assertFalse(rows.contains(token.secret().substring(4)));
    assertFalse(token.toString().contains(token.secret()));
  }

  @Test
  void everyChangeLeavesAnAuditEntry() {
    fixture.user("one", Role.ADMINISTRATOR);
    fixture.user("two", Role.RADIOLOGIST);
    security.users().setRoles("one", "two", Set.of(Role.AUDITOR));
    security.users().disable("one", "two");
    security.users().enable("one", "two");
    security.users().setPassword("one", "two", "eight yellow doors".toCharArray());
    IssuedToken token = token("two", Role.AUDITOR);
    security.tokens().revoke("one", token.token().id(), Optional.empty());
    assertEquals(
        List.of(
            AuditAction.TOKEN_REVOKED,
            AuditAction.TOKEN_CREATED,
            AuditAction.PASSWORD_CHANGED,
            AuditAction.USER_ENABLED,
            AuditAction.USER_DISABLED,
            AuditAction.USER_ROLES_CHANGED,
            AuditAction.USER_CREATED,
            AuditAction.USER_CREATED),
        security.audit().before(Long.MAX_VALUE, 100).stream()
            .map(entry -> entry.fact().action())
            .toList());
  }

  private Set<Role> rolesOf(IssuedToken token) {
    return security.authenticator().identify(token.secret()).orElseThrow().roles();
  }

  private IssuedToken token(String user, Role... roles) {
    return security
        .tokens()
        .create("test", new NewToken(user, "a script", Set.of(roles), Duration.ofDays(30)));
  }
}
