package org.firstpass.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.event.CaseSelection.Way;
import org.firstpass.review.Fence;
import org.firstpass.review.Marks;
import org.firstpass.review.ReviewTask;
import org.firstpass.review.ReviewWorklist.Entry;
import org.firstpass.review.ReviewWorklist.Page;
import org.firstpass.review.ReviewWorklist.Place;
import org.firstpass.review.UncertaintyFirst;
import org.firstpass.review.WorklistFilter;
import org.firstpass.review.WorklistSection;
import org.firstpass.selection.Drawing;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The list and the claim agree on what is first, and say why. */
final class WorklistNextTest {
  private static final QueueFixture fixture = new QueueFixture();
  private static final WorklistRows worklist = worklist(QueueFixture.ORDERLY);

  @AfterAll
  static void close() {
    fixture.close();
  }

  @BeforeEach
  void clear() {
    fixture.clear();
  }

  @Test
  void whatIsDueIsListedBeforeEverythingElseAsItIsClaimed() {
    propose(12);
    List<UUID> usual = listed(12);
    due(usual.get(7), Duration.ofHours(20));
    due(usual.get(9), Duration.ofHours(2));
    due(usual.get(4), Duration.ofHours(20));
    due(usual.get(11), Duration.ofDays(3));
    List<UUID> listed = listed(5);
    assertEquals(listed, listed(1), "pages may be of any length");
    assertEquals(
        List.of(usual.get(9), usual.get(4), usual.get(7), usual.get(0)), listed.subList(0, 4));
    assertEquals(12, listed.stream().distinct().count());
    for (UUID each : listed) {
      assertEquals(each, fixture.queue.claimNext("anna").orElseThrow().id());
    }
  }

  @Test
  void aPlaceOfAnotherSectionIsRefused() {
    propose(2);
    due(listed(2).get(0), Duration.ofHours(1));
    Place place = page(WorklistSection.NEXT, Optional.empty(), 1).last().orElseThrow();
    for (WorklistSection other : List.of(WorklistSection.READING, WorklistSection.ALL)) {
      assertThrows(
          IllegalArgumentException.class, () -> page(other, Optional.of(place), 1), other::name);
    }
    for (String key : List.of("due:", "due:1", "due:x:1", "due:1:x", "due:1:1:1")) {
      var wrong = Optional.of(new Place(key, place.id()));
      assertThrows(IllegalArgumentException.class, () -> page(WorklistSection.NEXT, wrong, 1), key);
    }
  }

  @Test
  void whatComesNextSaysInWhichWay() {
    propose(3);
    List<UUID> order = listed(3);
    due(order.get(2), Duration.ofHours(1));
    Entry urgent = worklist.next("anna").orElseThrow();
    assertEquals(order.get(2), urgent.row().task().id());
    assertEquals(Optional.of(Way.CLINICAL), urgent.row().marks().way());
    assertEquals(Optional.of(fixture.clock.instant().plus(Duration.ofHours(1))), urgent.due());
    fixture.queue.claimNext("anna");
    Entry first = worklist.next("anna").orElseThrow();
    assertEquals(order.get(0), first.row().task().id());
    assertEquals(Optional.of(Way.ORDER), first.row().marks().way());
    Entry drawn = worklist(new Drawing(1, 3)).next("anna").orElseThrow();
    assertEquals(Optional.of(Way.LOT), drawn.row().marks().way());
  }

  @Test
  void aTaskSaysHowItCameToItsReaderOnlyWhileSomebodyHasIt() {
    propose(1);
    assertEquals(Optional.empty(), only(WorklistSection.NEXT).way());
    ReviewTask.Claimed held = fixture.queue.claimNext("anna").orElseThrow();
    assertEquals(Optional.of(Way.ORDER), only(WorklistSection.READING).way());
    fixture.queue.release(held.id(), new Fence("anna", held.lease().transaction()));
    assertEquals(Optional.empty(), only(WorklistSection.NEXT).way());
    fixture.queue.claim(held.id(), "anna");
    assertEquals(Optional.of(Way.HAND), only(WorklistSection.READING).way());
  }

  @Test
  void aSecondReadingSaysThatItIsOne() {
    propose(1);
    assertFalse(only(WorklistSection.NEXT).secondReading());
    fixture.database.useTransaction(
        handle -> handle.execute("update review.task set not_for = 'ben'"));
    assertTrue(only(WorklistSection.NEXT).secondReading());
  }

  private static WorklistRows worklist(Drawing drawing) {
    return new WorklistRows(fixture.database, new UncertaintyFirst(), drawing, fixture.clock);
  }

  private static void propose(int number) {
    for (int each = 1; each <= number; each++) {
      fixture.propose(each);
    }
  }

  private static void due(UUID task, Duration in) {
    fixture.database.useTransaction(
        handle ->
            handle.execute(
                "update review.task set due_at = ? where id = ?",
                fixture.clock.instant().plus(in),
                task));
  }

  private static Marks only(WorklistSection section) {
    List<Entry> entries = page(section, Optional.empty(), 9).entries();
    assertEquals(1, entries.size());
    return entries.get(0).row().marks();
  }

  private static List<UUID> listed(int size) {
    var all = new ArrayList<UUID>();
    Optional<Place> after = Optional.empty();
    do {
      Page page = page(WorklistSection.NEXT, after, size);
      page.entries().forEach(entry -> all.add(entry.row().task().id()));
      after = page.last();
    } while (after.isPresent());
    return all;
  }

  private static Page page(WorklistSection section, Optional<Place> after, int limit) {
    return worklist.page(section, WorklistFilter.NONE, after, limit);
  }
}
