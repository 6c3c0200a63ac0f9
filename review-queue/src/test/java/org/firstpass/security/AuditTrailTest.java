package org.firstpass.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditTrailTest {
  private SecurityFixture fixture;
  private AuditTrail audit;

  @BeforeEach
  void open() {
    fixture = new SecurityFixture();
    audit = fixture.security.audit();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void whatWasRecordedIsReadBackWithTheNewestFirst() {
    AuditFact first = fact(1);
    AuditFact second =
        AuditFact.of(
            "reader", AuditAction.TASK_SUBMITTED, "task", Map.of("b", "ü \"2\"", "a", "1"));
    audit.record(first);
    audit.record(second);
    List<AuditEntry> all = audit.before(Long.MAX_VALUE, 10);
    assertEquals(List.of(second, first), all.stream().map(AuditEntry::fact).toList());
    assertEquals(fixture.clock.instant(), all.get(0).time());
    assertEquals(List.of(all.get(1)), audit.before(all.get(0).id(), 10));
  }

  @Test
  void aChainThatNobodyTouchedIsIntact() {
    record(1200);
    AuditVerification verification = audit.verify();
    assertTrue(verification.intact());
    assertEquals(1200, verification.entries());
    assertEquals(64, verification.head().length());
    assertEquals(0, audit.seal());
  }

  @Test
  void eachEntryMovesTheHead() {
    record(1);
    String before = audit.verify().head();
    record(1);
    assertNotEquals(before, audit.verify().head());
  }

  @Test
  void aFactOfATransactionThatFailsIsNotRecorded() {
    assertThrows(
        IllegalStateException.class,
        () ->
            fixture
                .jdbi()
                .useTransaction(
                    handle -> {
                      audit.record(handle, fact(1));
                      throw new IllegalStateException("the work failed");
                    }));
    assertEquals(List.of(), audit.before(Long.MAX_VALUE, 10));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update review.audit_entry set actor = 'x'",
        "delete from review.audit_entry",
        "truncate review.audit_entry cascade",
        "update review.audit_seal set hash = previous",
        "delete from review.audit_seal",
        "truncate review.audit_seal"
      })
  void theTablesAreAppendOnly(String statement) {
    record(2);
    audit.seal();
    var refusal =
        assertThrows(
            UnableToExecuteStatementException.class,
            () -> fixture.jdbi().useHandle(handle -> handle.execute(statement)));
    assertTrue(String.valueOf(refusal.getMessage()).contains("append-only"));
    assertEquals(2, audit.verify().entries());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update review.audit_entry set actor = 'x' where id = 3",
        "update review.audit_entry set action = 'LOGOUT' where id = 3",
        "update review.audit_entry set target = 'x' where id = 3",
        "update review.audit_entry set details = '{}' where id = 3",
        "update review.audit_entry set time = time + interval '1 microsecond' where id = 3",
        "update review.audit_seal set hash = previous where entry = 3"
      })
  void whoeverGetsPastThatIsFoundOutByTheChain(String statement) {
    record(5);
    audit.seal();
    asOwner(statement);
    AuditVerification verification = audit.verify();
    assertFalse(verification.intact());
    assertEquals(3, verification.firstBroken().orElseThrow());
  }

  @Test
  void anEntryThatWasTakenOutIsMissed() {
    record(5);
    audit.seal();
    asOwner("delete from review.audit_seal where entry = 3");
    asOwner("delete from review.audit_entry where id = 3");
    assertEquals(4, audit.verify().firstBroken().orElseThrow());
  }

  @Test
  void entriesWhoseLinksWereTakenOffTheEndAreMissed() {
    record(5);
    audit.seal();
    asOwner("delete from review.audit_seal where entry > 3");
    assertEquals(4, audit.verify().firstBroken().orElseThrow());
  }

  @Test
  void recordingAndSealingFromManyThreadsLosesNothing() throws Exception {
    var threads = Executors.newFixedThreadPool(6);
    try {
      List<Callable<Integer>> work = new ArrayList<>();
      for (int i = 0; i < 150; i++) {
        int number = i;
        work.add(
            () -> {
              audit.record(fact(number));
              return number % 10 == 0 ? audit.seal() : 0;
            });
      }
      for (Future<Integer> one : threads.invokeAll(work)) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
    AuditVerification verification = audit.verify();
    assertTrue(verification.intact());
    assertEquals(150, verification.entries());
  }

  @Test
  void aFactIsShort() {
    String document = "x".repeat(AuditFact.MAX_TEXT + 1);
    assertThrows(
        IllegalArgumentException.class,
        () -> AuditFact.of("reader", AuditAction.TASK_OPENED, document));
    assertThrows(
        IllegalArgumentException.class,
        () -> AuditFact.of("reader", AuditAction.TASK_OPENED, "", Map.of("note", document)));
  }

  private void asOwner(String statement) {
    fixture
        .jdbi()
        .useTransaction(
            handle -> {
              handle.execute("set local session_replication_role = replica");
              handle.execute(statement);
            });
  }

  private void record(int entries) {
    fixture
        .jdbi()
        .useTransaction(
            handle -> {
              for (int i = 0; i < entries; i++) {
                audit.record(handle, fact(i));
              }
            });
  }

  private static AuditFact fact(int number) {
    return AuditFact.of(
        "reader", AuditAction.TASK_CLAIMED, "task " + number, Map.of("number", "" + number));
  }
}
