package org.firstpass.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.firstpass.drift.DriftAlarm;
import org.firstpass.drift.DriftGroup;
import org.firstpass.drift.DriftGroup.Axis;
import org.firstpass.drift.DriftMeasure;
import org.firstpass.drift.DriftSearch;
import org.firstpass.drift.ReviewRate;
import org.firstpass.review.Fence;
import org.firstpass.review.ReviewCase;
import org.firstpass.review.ReviewTask;
import org.firstpass.review.TaskAnswer;
import org.firstpass.review.UncertaintyFirst;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DriftRowsTest {
  private static final QueueFixture fixture = new QueueFixture();
  private static final DriftRows drift =
      new DriftRows(fixture.database, new DriftSearch(500), fixture.clock);

  private final Random random = new Random(31);
  private int number;

  @BeforeEach
  void clear() {
    fixture.clear();
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @Test
  void aScannerThatBecameWorseIsNamedWithItsEvidenceAndNothingElseIs() {
    read(200, "ACME One", 0);
    read(200, "ACME Two", 0);
    assertEquals(List.of(), drift.look());
    read(80, "ACME One", 0);
    read(80, "ACME Two", 1.5);
    Set<DriftGroup> groups = new TreeSet<>(java.util.Comparator.comparing(DriftGroup::toString));
    List<DriftAlarm> raised = drift.look();
    raised.forEach(alarm -> groups.add(alarm.finding().group()));
    var two = new DriftGroup("abdomen", Axis.SCANNER, "ACME Two");
    assertTrue(groups.contains(two), groups::toString);
    assertFalse(groups.contains(new DriftGroup("abdomen", Axis.SCANNER, "ACME One")));

    DriftAlarm alarm =
        raised.stream().filter(one -> one.finding().group().equals(two)).findFirst().orElseThrow();
    var time =
        alarm.finding().evidence().stream()
            .filter(one -> one.measure() == DriftMeasure.ACTIVE_TIME)
            .findFirst()
            .orElseThrow();
    assertEquals(60, time.reference(), 5);
    assertEquals(90, time.recent(), 8);
    assertTrue(time.low() > 20 && time.high() < 40, time::toString);
    assertTrue(Math.abs(time.referenceCases() - 200) <= 10, time::toString);
    assertEquals(List.of("phantom 1.0"), alarm.finding().versions());
    assertEquals(10, alarm.finding().worst().size());
  }

  @Test
  void anAlarmStandsOnceUntilSomebodyTakesNoteAndThenTheGroupIsWatchedAnew() {
    read(150, "ACME One", 0);
    read(80, "ACME One", 2);
    List<DriftAlarm> raised = drift.look();
    assertFalse(raised.isEmpty());
    assertEquals(List.of(), drift.look(), "told once");
    assertEquals(raised.size(), drift.open());
    UUID first = raised.get(0).id();
    assertTrue(drift.acknowledge(first, "lead", "new tube"));
    assertFalse(drift.acknowledge(first, "lead", "again"));
    assertEquals(raised.size() - 1, drift.open());
    DriftAlarm noted =
        drift.alarms(10).stream().filter(one -> one.id().equals(first)).findFirst().orElseThrow();
    assertEquals("new tube", noted.acknowledged().orElseThrow().note());
    read(100, "ACME One", 2);
    assertEquals(List.of(), drift.look(), "what is usual by now is no alarm");
  }

  @Test
  void whileAnAlarmIsOpenMoreIsReadASecondTimeAndBySomebodyElse() {
    var second =
        new SecondReadings(
            fixture.database, new UncertaintyFirst(), new ReviewRate(0, 0.5), fixture.clock);
    read(150, "ACME One", 0);
    assertEquals(0, drawn(second), "nothing alarms");
    read(80, "ACME One", 2);
    assertEquals(0, drawn(second), "nobody looked yet");
    assertFalse(drift.look().isEmpty());
    read(60, "ACME One", 2);
    int asked = drawn(second);
    assertTrue(asked > 15 && asked < 45, () -> asked + " of 60");
    assertEquals(0, drawn(second), "each is drawn for once");

    ReviewTask.Claimed claimed = fixture.queue.claimNext("ben").orElseThrow();
    fixture.queue.release(claimed.id(), new Fence("ben", claimed.lease().transaction()));
    assertTrue(fixture.queue.claimNext("anna").isEmpty(), "anna read all of them first");
    assertInstanceOf(TaskAnswer.Barred.class, fixture.queue.claim(claimed.id(), "anna"));
  }

  private static int drawn(SecondReadings second) {
    int all = 0;
    int before;
    do {
      before = all;
      all += second.draw();
    } while (all > before || undrawn() > 0);
    return all;
  }

  private static long undrawn() {
    return fixture.count(
        "select count(*) from review.case_figure f where not exists"
            + " (select from review.second_reading s where s.correction = f.correction)");
  }

  /** Corrections by anna, a minute apart, that take 60 s and 20 s more for each step of worse. */
  private void read(int cases, String scanner, double worse) {
    for (int each = 0; each < cases; each++) {
      number++;
      fixture.clock.advance(Duration.ofMinutes(1));
      UUID task = ReviewCase.taskOf(fixture.propose(number).id());
      var id = new UUID(random.nextLong(), random.nextLong());
      double seconds = 60 + 20 * (worse + random.nextGaussian());
      double dice = 0.9 - 0.03 * (worse + random.nextGaussian());
      fixture.database.useTransaction(
          handle -> {
            handle.execute(
                "insert into review.revision (id, task_id, number, kind, base_proposal,"
                    + " transaction_uid, author, at, active_millis, submission, label_digest,"
                    + " outcome) select ?, id, 1, 'ACCEPTED', proposal_id, '1', 'anna', ?, 1,"
                    + " '', '', '{}' from review.task where id = ?",
                id,
                fixture.clock.instant(),
                task);
            handle.execute(
                "insert into review.case_figure (correction, task_id, reader, at, version,"
                    + " protocol, scanner, active_millis)"
                    + " values (?, ?, 'anna', ?, 'phantom 1.0', 'abdomen', ?, ?)",
                id,
                task,
                fixture.clock.instant(),
                scanner,
                (long) (1000 * seconds));
            handle.execute(
                "insert into review.segment_figure (correction, segment, label, verdict, dice)"
                    + " values (?, 1, 'Liver', 'MINOR', ?)",
                id,
                Math.min(1, dice));
            handle.execute(
                "update review.task set state = 'ACCEPTED', correction_id = ?, decided_by = 'anna',"
                    + " decided_at = changed_at where id = ?",
                id,
                task);
          });
    }
  }
}
