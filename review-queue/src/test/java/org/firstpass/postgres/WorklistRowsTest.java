package org.firstpass.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.event.ImageFinding;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.ProposalNotes;
import org.firstpass.event.RouteTaken;
import org.firstpass.event.SeriesArrived;
import org.firstpass.review.DiscontinuationReason;
import org.firstpass.review.Fence;
import org.firstpass.review.ProposalFixture;
import org.firstpass.review.ReviewCase;
import org.firstpass.review.ReviewState;
import org.firstpass.review.ReviewTask;
import org.firstpass.review.ReviewWorklist.Choices;
import org.firstpass.review.ReviewWorklist.Entry;
import org.firstpass.review.ReviewWorklist.Page;
import org.firstpass.review.ReviewWorklist.Place;
import org.firstpass.review.UncertaintyFirst;
import org.firstpass.review.WorklistFilter;
import org.firstpass.review.WorklistFilter.Kind;
import org.firstpass.review.WorklistFilter.Search;
import org.firstpass.review.WorklistSection;
import org.firstpass.segment.CodedConcept;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class WorklistRowsTest {
  private static final Optional<String> ANY = Optional.empty();
  private static QueueFixture fixture;
  private static WorklistRows worklist;

  @BeforeAll
  static void open() {
    fixture = new QueueFixture();
    worklist =
        new WorklistRows(
            fixture.database, new UncertaintyFirst(), QueueFixture.ORDERLY, fixture.clock);
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @BeforeEach
  void clear() {
    fixture.clear();
  }

  @Test
  void pagesOneAfterTheOtherAreTheOrderOfTheClaims() {
    proposeMany(23);
    assertEquals(
        fixture.queue.list(ReviewState.WAITING, 100).stream().map(row -> row.task().id()).toList(),
        throughout(WorklistSection.NEXT, 5));
    assertEquals(23, worklist.count(WorklistSection.NEXT, WorklistFilter.NONE, 100));
    assertEquals(10, worklist.count(WorklistSection.NEXT, WorklistFilter.NONE, 10));
  }

  @Test
  void whatWasClaimedMeanwhileMakesThePageThatFollowsSkipNothing() {
    proposeMany(9);
    List<UUID> order = throughout(WorklistSection.NEXT, 9);
    Page first = page(WorklistSection.NEXT, WorklistFilter.NONE, Optional.empty(), 3);
    fixture.queue.claimNext("anna");
    fixture.queue.claimNext("anna");
    assertEquals(
        order.subList(3, 6), ids(page(WorklistSection.NEXT, WorklistFilter.NONE, first.last(), 3)));
  }

  @Test
  void tasksOfOneTimeAndOneScoreAreAllShownOnce() {
    proposeMany(6);
    fixture.database.useTransaction(
        handle -> handle.execute("update review.task set order_key = 1, changed_at = arrived"));
    assertEquals(6, throughout(WorklistSection.NEXT, 2).stream().distinct().count());
    List<UUID> all = throughout(WorklistSection.ALL, 2);
    assertEquals(6, all.stream().distinct().count());
    assertEquals(6, all.size());
  }

  @Test
  void eachSectionHasItsStates() {
    proposeMany(4);
    ReviewTask.Claimed held = fixture.queue.claimNext("anna").orElseThrow();
    ReviewTask.Claimed ended = fixture.queue.claimNext("ben").orElseThrow();
    fixture.queue.discontinue(
        ended.id(),
        new Fence("ben", ended.lease().transaction()),
        DiscontinuationReason.UNSPECIFIED);
    assertEquals(2, throughout(WorklistSection.NEXT, 9).size());
    assertEquals(List.of(held.id()), throughout(WorklistSection.READING, 9));
    assertEquals(List.of(ended.id()), throughout(WorklistSection.DISCONTINUED, 9));
    assertEquals(List.of(), throughout(WorklistSection.DECIDED, 9));
    assertEquals(4, throughout(WorklistSection.ALL, 9).size());
    var mine = filter(Kind.ANY, Optional.of("ben"), Optional.empty(), Optional.empty());
    assertEquals(List.of(ended.id()), found(WorklistSection.ALL, mine));
  }

  @Test
  void aKindIsFoundByWhatTheProposalAndTheSeriesSay() {
    UUID liver = ReviewCase.taskOf(fixture.propose(1).id());
    UUID chest = propose(2, "chest", "nodules", "Nodule");
    assertEquals(List.of(chest), of(new Kind(ANY, Optional.of("chest"), ANY, ANY)));
    assertEquals(List.of(chest), of(new Kind(ANY, ANY, Optional.of("nodules"), ANY)));
    assertEquals(List.of(chest), of(new Kind(ANY, ANY, ANY, Optional.of("Nodule"))));
    assertEquals(List.of(), of(new Kind(ANY, ANY, ANY, Optional.of("Effusion"))));
    arrive(1, "MR");
    assertEquals(List.of(liver), of(new Kind(Optional.of("MR"), ANY, ANY, ANY)));
    assertEquals(
        new Choices(
            List.of("MR"), List.of("chest", "phantom"), List.of("nodules"), List.of("Nodule")),
        worklist.choices());
  }

  @Test
  void theModalityIsKnownWhetherTheArrivalWasToldFirstOrLast() {
    arrive(1, "CT");
    fixture.propose(1);
    fixture.propose(2);
    arrive(2, "CT");
    assertEquals(2, of(new Kind(Optional.of("CT"), ANY, ANY, ANY)).size());
  }

  @Test
  void aStudyOrSeriesIsFoundByHowItsUidBeginsOrEnds() {
    UUID one = ReviewCase.taskOf(fixture.propose(123).id());
    UUID other = ReviewCase.taskOf(fixture.propose(129).id());
    assertEquals(List.of(one), searched("1.2.3.123"));
    assertEquals(List.of(one), searched("3.4.123"));
    assertEquals(List.of(one), searched("23"));
    assertEquals(2, searched("1.2.3.12").size());
    assertEquals(List.of(), searched("1.2.3.1234"));
    assertEquals(List.of(), searched("9.9"));
    var named = new Search(Optional.empty(), List.of("1.2.3.129"), List.of("1.2.3.4.123"));
    assertEquals(2, found(WorklistSection.ALL, searching(named)).size());
    assertEquals(
        List.of(other),
        found(
            WorklistSection.ALL,
            searching(new Search(Optional.empty(), List.of("1.2.3.129"), List.of()))));
    assertEquals(
        List.of(),
        found(WorklistSection.ALL, searching(new Search(Optional.empty(), List.of(), List.of()))));
  }

  @Test
  void whatIsDueIsFoundByItsTime() {
    UUID due = ReviewCase.taskOf(fixture.propose(1).id());
    fixture.propose(2);
    Instant time = fixture.clock.instant().plus(Duration.ofHours(3));
    fixture.database.useTransaction(
        handle -> handle.execute("update review.task set due_at = ? where id = ?", time, due));
    assertEquals(List.of(due), found(WorklistSection.NEXT, dueBefore(time)));
    assertEquals(List.of(), found(WorklistSection.NEXT, dueBefore(time.minusSeconds(1))));
    Page page = page(WorklistSection.NEXT, dueBefore(time), Optional.empty(), 5);
    assertEquals(Optional.of(time), page.entries().get(0).due());
  }

  @Test
  void whatAColleagueMeantForAReaderIsFoundUntilItIsTaken() {
    UUID handed = ReviewCase.taskOf(fixture.propose(1).id());
    fixture.propose(2);
    fixture.database.useTransaction(
        handle -> handle.execute("update review.task set handed_to = 'ben' where id = ?", handed));
    assertEquals(List.of(handed), found(WorklistSection.NEXT, handedTo("ben")));
    assertEquals(List.of(), found(WorklistSection.NEXT, handedTo("anna")));
    fixture.queue.claim(handed, "ben");
    assertEquals(List.of(), found(WorklistSection.ALL, handedTo("ben")));
  }

  @Test
  void whatIsMarkedForDiscussionIsFoundUntilTheMarkIsLifted() {
    UUID flagged = ReviewCase.taskOf(fixture.propose(1).id());
    fixture.propose(2);
    var marked =
        new WorklistFilter(
            Kind.ANY, ANY, Optional.empty(), Optional.empty(), true, Optional.empty());
    fixture.database.useTransaction(
        handle ->
            handle.execute(
                "insert into review.flag (task_id, by_reader, comment, at)"
                    + " values (?, 'anna', 'which lobe?', now())",
                flagged));
    assertEquals(List.of(flagged), found(WorklistSection.NEXT, marked));
    fixture.database.useTransaction(
        handle -> handle.execute("update review.flag set lifted_by = 'anna', lifted_at = now()"));
    assertEquals(List.of(), found(WorklistSection.NEXT, marked));
  }

  private static WorklistFilter handedTo(String reader) {
    return new WorklistFilter(
        Kind.ANY, ANY, Optional.of(reader), Optional.empty(), false, Optional.empty());
  }

  @Test
  void theNextIsWhatAClaimGivesAndLookingClaimsNothing() {
    assertTrue(worklist.next("anna").isEmpty());
    proposeMany(3);
    UUID first = worklist.next("anna").orElseThrow().row().task().id();
    assertEquals(first, worklist.next("ben").orElseThrow().row().task().id());
    assertEquals(first, fixture.queue.claimNext("anna").orElseThrow().id());
    UUID second = worklist.next("anna").orElseThrow().row().task().id();
    assertEquals(second, fixture.queue.claimNext("ben").orElseThrow().id());
    fixture.clock.advance(QueueFixture.LEASE);
    assertEquals(first, worklist.next("cleo").orElseThrow().row().task().id());
    assertEquals(first, fixture.queue.claimNext("cleo").orElseThrow().id());
  }

  @Test
  void aPlaceOfAnotherOrderIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            page(
                WorklistSection.DECIDED,
                WorklistFilter.NONE,
                Optional.of(new Place("1.5", new UUID(1, 1))),
                5));
  }

  private static void proposeMany(int number) {
    for (int each = 0; each < number; each++) {
      fixture.intake.accept(ProposalFixture.proposal(each, 1, (each * 7 % number) / 100.0));
    }
  }

  private static UUID propose(int number, String packageName, String protocol, String tag) {
    ProposalMade plain =
        ProposalFixture.by(
            ProposalFixture.proposal(number),
            ProposalFixture.model(packageName, "1"),
            ProposalFixture.TIME);
    var finding = new CodedConcept("1", "SCT", tag);
    var notes =
        new ProposalNotes(
            List.of(
                new ImageFinding(finding, 0.9, true),
                new ImageFinding(new CodedConcept("2", "SCT", "Effusion"), 0.1, false)),
            null,
            List.of(),
            new RouteTaken("rule", protocol, 0, null),
            null);
    fixture.intake.accept(ProposalFixture.with(plain, plain.scores(), notes));
    return ReviewCase.taskOf(plain.id());
  }

  private static void arrive(int number, String modality) {
    fixture.intake.accept(
        new SeriesArrived(
            new UUID(3, number),
            ProposalFixture.TIME,
            ProposalFixture.input(number, 1),
            modality,
            12));
  }

  private static List<UUID> searched(String uid) {
    return found(
        WorklistSection.ALL, searching(new Search(Optional.of(uid), List.of(), List.of())));
  }

  private static WorklistFilter searching(Search search) {
    return filter(Kind.ANY, ANY, Optional.empty(), Optional.of(search));
  }

  private static WorklistFilter dueBefore(Instant time) {
    return filter(Kind.ANY, ANY, Optional.of(time), Optional.empty());
  }

  private static WorklistFilter filter(
      Kind kind, Optional<String> reader, Optional<Instant> due, Optional<Search> search) {
    return new WorklistFilter(kind, reader, Optional.empty(), due, false, search);
  }

  private static List<UUID> of(Kind kind) {
    return found(WorklistSection.NEXT, filter(kind, ANY, Optional.empty(), Optional.empty()));
  }

  private static List<UUID> found(WorklistSection section, WorklistFilter filter) {
    return ids(page(section, filter, Optional.empty(), 100));
  }

  private static List<UUID> throughout(WorklistSection section, int size) {
    var all = new ArrayList<UUID>();
    Optional<Place> after = Optional.empty();
    do {
      Page page = page(section, WorklistFilter.NONE, after, size);
      all.addAll(ids(page));
      after = page.last();
    } while (after.isPresent());
    return all;
  }

  private static Page page(
      WorklistSection section, WorklistFilter filter, Optional<Place> after, int limit) {
    return worklist.page(section, filter, after, limit);
  }

  private static List<UUID> ids(Page page) {
    return page.entries().stream().map(Entry::row).map(row -> row.task().id()).toList();
  }
}
