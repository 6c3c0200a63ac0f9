package org.firstpass.dataset.split;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.firstpass.database.Database;
import org.firstpass.study.PatientKey;
import org.firstpass.testing.TestPostgres;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SplitLedgerTest {
  private static final DatasetSecret SECRET = secret("a secret of the first kind");
  private static final DatasetSecret OTHER_SECRET = secret("a secret of another kind");

  private Database database;
  private SplitLedger ledger;

  @BeforeEach
  void open() {
    database = TestPostgres.database();
    ledger = new SplitLedger(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aPatientsSplitStaysWhenProportionsAndSecretChange() {
    List<PatientKey> patients = patients(0, 200);
    Sides first = ledger.decide(patients, SplitRule.of(SECRET));

    var allForTest = new SplitRule(OTHER_SECRET, new SplitProportions(0, 0, 100));

    assertEquals(first, ledger.decide(patients, allForTest));
    assertEquals(first, new SplitLedger(database).decide(patients, allForTest));
  }

  @Test
  void newPatientsGoByTheRuleOfTheDayAndOldOnesDoNot() {
    Sides first = ledger.decide(patients(0, 50), SplitRule.of(SECRET));
    var allForTest = new SplitRule(SECRET, new SplitProportions(0, 0, 100));

    Sides second = ledger.decide(patients(0, 100), allForTest);

    patients(0, 50).forEach(one -> assertEquals(first.of(one), second.of(one)));
    patients(50, 100).forEach(one -> assertEquals(Split.TEST, second.of(one)));
  }

  @Test
  void splitsComeCloseToTheirProportions() {
    Sides splits = ledger.decide(patients(0, 3000), SplitRule.of(SECRET));

    // Three standard deviations of 3000 draws are 2.5 % of 70 % and 2 % of 15 %.
    assertEquals(0.70, share(splits, Split.TRAINING), 0.03);
    assertEquals(0.15, share(splits, Split.VALIDATION), 0.02);
    assertEquals(0.15, share(splits, Split.TEST), 0.02);
  }

  @Test
  void anotherSecretDecidesOtherwise() {
    List<PatientKey> patients = patients(0, 200);
    var here = ledger.decide(patients, SplitRule.of(SECRET));
    try (Database elsewhere = TestPostgres.database()) {
      var there = new SplitLedger(elsewhere).decide(patients, SplitRule.of(OTHER_SECRET));
      assertNotEquals(here, there);
    }
  }

  @Test
  void exportsThatRaceWithDifferentRulesAgree() throws Exception {
    List<PatientKey> patients = patients(0, 2500);
    int racers = 6;
    var start = new CyclicBarrier(racers);
    var threads = Executors.newFixedThreadPool(racers);
    try {
      var racing = new ArrayList<Callable<Sides>>();
      for (int racer = 0; racer < racers; racer++) {
        var rule = new SplitRule(secret("the secret of racer number " + racer), someRule(racer));
        racing.add(
            () -> {
              start.await();
              return ledger.decide(patients, rule);
            });
      }
      List<Future<Sides>> results = threads.invokeAll(racing);
      Sides first = results.get(0).get();
      assertEquals(2500, first.entries().size());
      for (Future<Sides> result : results) {
        assertEquals(first, result.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void theTableItselfRefusesChanges() {
    ledger.decide(patients(0, 3), SplitRule.of(SECRET));

    for (String statement :
        List.of(
            "update dataset.split_ledger set split = 'TEST'",
            "delete from dataset.split_ledger",
            "truncate dataset.split_ledger")) {
      var refusal =
          assertThrows(
              JdbiException.class,
              () -> database.jdbi().useHandle(handle -> handle.execute(statement)));
      assertTrue(refusal.getMessage().contains("permanent"), refusal.getMessage());
    }
  }

  @Test
  void proportionsThatAreNotAWholeAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new SplitProportions(70, 15, 14));
    assertThrows(IllegalArgumentException.class, () -> new SplitProportions(120, -10, -10));
  }

  @Test
  void aShortSecretIsRefusedAndNoSecretIsPrinted() {
    assertThrows(IllegalArgumentException.class, () -> secret("short"));
    assertEquals("DatasetSecret[hidden]", SECRET.toString());
  }

  private static SplitProportions someRule(int racer) {
    return racer % 2 == 0 ? SplitProportions.DEFAULT : new SplitProportions(10, 10, 80);
  }

  private static double share(Sides splits, Split split) {
    long count = splits.entries().stream().filter(one -> one.split() == split).count();
    return (double) count / splits.entries().size();
  }

  private static List<PatientKey> patients(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> new PatientKey("patient-" + i)).toList();
  }

  private static DatasetSecret secret(String text) {
    return new DatasetSecret(text.getBytes(StandardCharsets.UTF_8));
  }
}
