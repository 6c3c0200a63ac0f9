package org.firstpass.dataset.split;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.firstpass.database.Database;
import org.firstpass.study.PatientKey;
import org.firstpass.testing.TestPostgres;
import org.junit.jupiter.api.Test;

/**
 * Exports, merges of patient ids, changed rules and machines that come and go, in random order: one
 * person is never on two sides of one export.
 */
class RandomHistoriesTest {
  private static final int HISTORIES = 30;
  private static final int STEPS = 60;
  private static final int PATIENTS = 24;

  @Test
  void nobodyIsEverOnTwoSidesAndNoSideEverChanges() {
    long seed = System.nanoTime();
    try (Database database = TestPostgres.database()) {
      for (int history = 0; history < HISTORIES; history++) {
        new History(database, new Random(seed + history), "seed " + (seed + history)).run();
      }
    }
  }

  /** One history, and a model of who is whom that is as plain as can be. */
  private static final class History {
    private final Database database;
    private final Random random;
    private final String name;
    private final Map<PatientKey, Set<PatientKey>> links = new HashMap<>();
    private final Map<PatientKey, Split> decided = new HashMap<>();
    private SplitLedger ledger;

    History(Database database, Random random, String name) {
      this.database = database;
      this.random = random;
      this.name = name;
      this.ledger = new SplitLedger(database);
    }

    void run() {
      for (int step = 0; step < STEPS; step++) {
        if (random.nextInt(4) == 0) {
          merge();
        } else {
          export();
        }
      }
      ledger = new SplitLedger(database);
      export();
    }

    private void merge() {
      PatientKey one = mine(random.nextInt(PATIENTS));
      PatientKey other = mine(random.nextInt(PATIENTS));
      ledger.link(one, other, LinkReason.MERGED);
      links.computeIfAbsent(one, key -> new HashSet<>()).add(other);
      links.computeIfAbsent(other, key -> new HashSet<>()).add(one);
    }

    private void export() {
      List<PatientKey> patients =
          IntStream.range(0, PATIENTS)
              .filter(i -> random.nextInt(3) == 0)
              .mapToObj(this::mine)
              .toList();
      Sides sides = ledger.decide(patients, rule());
      for (PatientKey patient : patients) {
        Split before = decided.putIfAbsent(patient, sides.of(patient));
        assertTrue(before == null || before == sides.of(patient), name);
        for (PatientKey other : personOf(patient)) {
          boolean bothUsed =
              patients.contains(other) && !sides.isHeldBack(other) && !sides.isHeldBack(patient);
          assertTrue(!bothUsed || sides.of(other) == sides.of(patient), name);
        }
        if (sides.isHeldBack(patient)) {
          assertTrue(isOnTwoSides(personOf(patient)), name + " is held back for a reason");
        }
      }
    }

    private boolean isOnTwoSides(Set<PatientKey> person) {
      return person.stream().map(decided::get).filter(one -> one != null).distinct().count() > 1;
    }

    private Set<PatientKey> personOf(PatientKey patient) {
      var seen = new HashSet<PatientKey>(List.of(patient));
      var next = new ArrayDeque<PatientKey>(seen);
      while (!next.isEmpty()) {
        for (PatientKey other : links.getOrDefault(next.pop(), Set.of())) {
          if (seen.add(other)) {
            next.add(other);
          }
        }
      }
      return seen;
    }

    private PatientKey mine(int number) {
      return new PatientKey(name + ", patient " + number);
    }

    private SplitRule rule() {
      int training = random.nextInt(101);
      int validation = random.nextInt(101 - training);
      var secret =
          new DatasetSecret(
              ("a secret for tests only, " + random.nextInt(3)).getBytes(StandardCharsets.UTF_8));
      return new SplitRule(
          secret, new SplitProportions(training, validation, 100 - training - validation));
    }
  }

  @Test
  void whoComesLaterFollowsThePersonDecidedFirst() {
    try (Database database = TestPostgres.database()) {
      var ledger = new SplitLedger(database);
      ledger.decide(List.of(patient(1)), only(Split.TEST));
      ledger.link(patient(1), patient(2), LinkReason.MERGED);
      ledger.link(patient(3), patient(2), LinkReason.MERGED);

      Sides sides = ledger.decide(List.of(patient(3)), only(Split.TRAINING));

      assertEquals(new LedgerEntry(patient(3), Split.TEST, patient(1)), sides.entry(patient(3)));
    }
  }

  @Test
  void patientsWhoAreMergedBeforeAnyDecisionGoTogether() {
    try (Database database = TestPostgres.database()) {
      var ledger = new SplitLedger(database);
      var patients = new ArrayList<PatientKey>();
      for (int i = 0; i < PATIENTS; i++) {
        patients.add(patient(i));
        ledger.link(patient(0), patient(i), LinkReason.MERGED);
      }
      Sides sides =
          ledger.decide(
              patients, SplitRule.of(new DatasetSecret(new byte[DatasetSecret.MIN_BYTES])));
      assertEquals(1, patients.stream().map(sides::of).distinct().count());
    }
  }

  private static SplitRule only(Split split) {
    var secret = new DatasetSecret(new byte[DatasetSecret.MIN_BYTES]);
    return new SplitRule(
        secret,
        split == Split.TEST ? new SplitProportions(0, 0, 100) : new SplitProportions(100, 0, 0));
  }

  private static PatientKey patient(int number) {
    return new PatientKey("patient-" + number);
  }
}
