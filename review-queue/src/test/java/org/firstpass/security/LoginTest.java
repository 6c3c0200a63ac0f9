package org.firstpass.security;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LoginTest {
  private static SecurityFixture fixture;
  private static Authenticator authenticator;

  @BeforeAll
  static void open() {
    fixture = new SecurityFixture();
    authenticator = fixture.security.authenticator();
    fixture.user("reader", Role.RADIOLOGIST);
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @Test
  void aSessionKnowsItsUser() {
    Session session = fixture.login("reader");
    Identity found = authenticator.identify(session.token()).orElseThrow();
    assertEquals(new Identity("reader", "Dr. reader", Set.of(Role.RADIOLOGIST)), found);
    assertEquals(fixture.clock.instant().plus(Sessions.LONGEST), session.until());
  }

  @Test
  void theUsersNameIsNotParticularAboutCase() {
    assertTrue(login(" Reader ", SecurityFixture.PASSWORD, "case").isPresent());
  }

  @Test
  void aWrongPasswordAnUnknownUserAndADisabledOneGetTheSameAnswer() {
    fixture.user("gone", Role.RADIOLOGIST);
    fixture.security.users().disable("test", "gone");
    assertTrue(login("reader", "not the password", "a").isEmpty());
    assertTrue(login("nobody", SecurityFixture.PASSWORD, "a").isEmpty());
    assertTrue(login("gone", SecurityFixture.PASSWORD, "a").isEmpty());
  }

  @Test
  void thePasswordIsOverwrittenWhetherItWasRightOrNot() {
    char[] right = SecurityFixture.PASSWORD.toCharArray();
    char[] wrong = "not the password".toCharArray();
    authenticator.login("reader", right, "wipe");
    authenticator.login("reader", wrong, "wipe");
    assertArrayEquals(new char[right.length], right);
    assertArrayEquals(new char[wrong.length], wrong);
  }

  @Test
  void aNameThatIsNotKnownIsNotWrittenBecauseItMayBeAPassword() {
    login("my-secret-in-the-wrong-field", "whatever it was", "a");
    List<AuditEntry> entries = fixture.security.audit().before(Long.MAX_VALUE, 1000);
    assertFalse(entries.toString().contains("my-secret"));
    assertTrue(
        entries.stream()
            .anyMatch(
                entry ->
                    entry.fact().actor().equals("unknown")
                        && entry.fact().action() == AuditAction.LOGIN_FAILED));
  }

  @Test
  void theDatabaseHasNoTokenThatCouldBeUsed() {
    Session session = fixture.login("reader");
    String rows =
        fixture
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            "select coalesce(string_agg(s::text, ' '), '')"
                                + " from review.security_session s")
                        .mapTo(String.class)
                        .one());
    assertFalse(rows.contains(session.token()));
    assertFalse(session.toString().contains(session.token()));
  }

  @Test
  void logoutEndsTheSession() {
    Session session = fixture.login("reader");
    authenticator.logout(session.token());
    assertTrue(authenticator.identify(session.token()).isEmpty());
    authenticator.logout(session.token());
  }

  @Test
  void aSessionEndsWhenItIsNotUsedAndLivesWhileItIs() {
    Session idle = fixture.login("reader");
    Session busy = fixture.login("reader");
    for (int i = 0; i < 2; i++) {
      fixture.clock.advance(Sessions.IDLE.minusMinutes(5));
      assertTrue(authenticator.identify(busy.token()).isPresent());
    }
    assertTrue(authenticator.identify(idle.token()).isEmpty());
  }

  @Test
  void aSessionEndsAfterADayOfWorkHoweverBusy() {
    Session session = fixture.login("reader");
    Duration step = Duration.ofMinutes(30);
    for (Duration age = step; age.compareTo(Sessions.LONGEST) < 0; age = age.plus(step)) {
      fixture.clock.advance(step);
      assertTrue(authenticator.identify(session.token()).isPresent(), "after " + age);
    }
    fixture.clock.advance(step);
    assertTrue(authenticator.identify(session.token()).isEmpty());
  }

  @Test
  void whatIsNotATokenIsNobody() {
    Session session = fixture.login("reader");
    assertTrue(authenticator.identify("").isEmpty());
    assertTrue(authenticator.identify("fps_").isEmpty());
    assertTrue(authenticator.identify(session.token() + "A").isEmpty());
    assertTrue(authenticator.identify("fpt_" + session.token().substring(4)).isEmpty());
  }

  @Test
  void afterFiveFailuresTheRightPasswordIsNotLookedAtForAWhile() {
    fixture.user("locked", Role.RADIOLOGIST);
    for (int i = 0; i < LoginThrottle.FREE; i++) {
      assertTrue(login("locked", "not the password", "b").isEmpty());
    }
    var refusal =
        assertThrows(TooManyFailures.class, () -> login("locked", SecurityFixture.PASSWORD, "b"));
    assertEquals(LoginThrottle.FIRST_WAIT, refusal.waitFor());
    assertTrue(login("locked", SecurityFixture.PASSWORD, "elsewhere").isPresent());
    fixture.clock.advance(LoginThrottle.FIRST_WAIT);
    assertTrue(login("locked", SecurityFixture.PASSWORD, "b").isPresent());
    assertTrue(login("locked", "not the password", "b").isEmpty(), "counted anew after success");
  }

  @Test
  void eachFurtherFailureDoublesTheWaitUpToALimit() {
    fixture.user("slow", Role.RADIOLOGIST);
    for (int i = 0; i < LoginThrottle.FREE; i++) {
      login("slow", "not the password", "c");
    }
    Duration expected = LoginThrottle.FIRST_WAIT;
    for (int i = 0; i < 8; i++) {
      var refusal = assertThrows(TooManyFailures.class, () -> login("slow", "guess", "c"));
      assertEquals(expected, refusal.waitFor());
      fixture.clock.advance(refusal.waitFor());
      assertTrue(login("slow", "not the password", "c").isEmpty());
      Duration doubled = expected.multipliedBy(2);
      expected =
          doubled.compareTo(LoginThrottle.LONGEST_WAIT) < 0 ? doubled : LoginThrottle.LONGEST_WAIT;
    }
  }

  @Test
  void manyGuessesAtOnceGetNoFurtherThanOneAfterTheOther() throws Exception {
    fixture.user("rushed", Role.RADIOLOGIST);
    var threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> guesses = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        guesses.add(
            () -> {
              try {
                login("rushed", "not the password", "d");
                return true;
              } catch (TooManyFailures e) {
                return false;
              }
            });
      }
      int lookedAt = 0;
      for (Future<Boolean> guess : threads.invokeAll(guesses)) {
        lookedAt += guess.get() ? 1 : 0;
      }
      assertEquals(LoginThrottle.FREE, lookedAt);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void onePasswordTriedOnManyUsersIsStoppedByAddress() {
    int tried = 0;
    try {
      for (; tried < 2 * LoginThrottle.FREE_PER_ADDRESS; tried++) {
        new LoginThrottle(fixture.jdbi(), fixture.clock).begin("user" + tried, "spray");
      }
    } catch (TooManyFailures e) {
      assertEquals(LoginThrottle.FREE_PER_ADDRESS, tried);
    }
    assertEquals(LoginThrottle.FREE_PER_ADDRESS, tried);
  }

  private static java.util.Optional<Session> login(String user, String password, String address) {
    return authenticator.login(user, password.toCharArray(), address);
  }
}
