package org.firstpass.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.firstpass.event.CaseSelection;
import org.firstpass.event.PackageReference;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.SegmentAgreement;
import org.firstpass.event.SegmentScore;
import org.firstpass.event.ShadowProposalMade;
import org.firstpass.review.PriorityScore;
import org.firstpass.review.ProposalFixture;
import org.firstpass.review.ReviewCase;
import org.firstpass.review.ReviewState;
import org.firstpass.review.UncertaintyFirst;
import org.firstpass.selection.Strategies;
import org.firstpass.selection.Strategy;
import org.firstpass.study.Sha256;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class InterestsTest {
  private static final QueueFixture fixture = new QueueFixture();

  @BeforeEach
  void clear() {
    fixture.clear();
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @Test
  void whatIsUnlikeWhatWasReadComesFirstAndFallsBackOnceItsLikeIsRead() {
    // Two heaps of cases that the package tells apart by volume, and one that lies alone.
    UUID read = propose(1, 100);
    UUID near = propose(2, 101);
    UUID far = propose(3, 5000);
    UUID nearFar = propose(4, 5100);
    Interests interests = interests(Strategy.DIVERSITY);
    fixture.queue.claim(read, "anna");
    interests.measure();
    assertEquals(List.of(nearFar, far, near), order());
    assertTrue(part(far, "diversity").value() > 0.5, () -> "" + part(far, "diversity"));
    assertTrue(part(near, "diversity").value() < 0.1, () -> "" + part(near, "diversity"));
    assertEquals(nearFar, fixture.queue.claimNext("anna").orElseThrow().id());
    interests.measure();
    assertTrue(part(far, "diversity").value() < 0.1, () -> "" + part(far, "diversity"));
    assertEquals(0, interests.measure(), "nothing changed since");
  }

  @Test
  void aScannerOfWhichLittleWasReadComesFirst() {
    var scanners = new ArrayList<>(List.of("ACME One", "ACME Two"));
    UUID known = propose(1, 100);
    UUID unknown = propose(2, 100);
    Map<UUID, String> bySeries = Map.of(known, scanners.get(0), unknown, scanners.get(1));
    figures("ACME One", 8);
    Interests interests =
        new Interests(
            fixture.database,
            new Strategies(Strategy.NOVELTY, Map.of()),
            new UncertaintyFirst(),
            proposal -> bySeries.get(ReviewCase.taskOf(proposal.id())));
    assertEquals(2, interests.measure());
    assertEquals(List.of(unknown, known), order());
    assertEquals(1.0 / 3, part(known, "novelty").value(), 1e-9);
    assertEquals(1, part(unknown, "novelty").value(), 1e-9);
    assertEquals("novelty-first", score(unknown).strategy());
    fixture.queue.claimNext("anna");
    assertEquals(
        "novelty-first",
        fixture
            .database
            .inTransaction(handle -> Picks.of(handle, unknown))
            .orElseThrow()
            .strategy());
  }

  @Test
  void whereAPackageInShadowDisagreesIsReadFirstWhicheverIsToldFirst() {
    Interests interests = interests(Strategy.DISAGREEMENT);
    fixture.intake.accept(shadow(1, 0.3));
    UUID early = propose(1, 100);
    UUID agreed = propose(2, 100);
    UUID alone = propose(3, 100);
    interests.measure();
    fixture.intake.accept(shadow(2, 0.95));
    interests.measure();
    assertEquals(0.7, part(early, "disagreement").value(), 1e-9);
    assertEquals(0.05, part(agreed, "disagreement").value(), 1e-9);
    assertEquals("uncertainty-first", score(alone).strategy());
    assertEquals(early, order().get(0));
    assertEquals(
        "shadow-net 2.0 in shadow agrees on liver with a Dice of 0.30.",
        part(early, "disagreement").sentence().replace("Liver", "liver"));
  }

  @Test
  void whereTwoReadersDisagreedSuchCasesComeFirst() {
    UUID quiet = propose(1, 100);
    UUID disputed = propose(2, 100);
    Map<UUID, String> bySeries = Map.of(quiet, "ACME One", disputed, "ACME Two");
    Interests interests =
        new Interests(
            fixture.database,
            new Strategies(Strategy.DISAGREEMENT, Map.of()),
            new UncertaintyFirst(),
            proposal -> bySeries.getOrDefault(ReviewCase.taskOf(proposal.id()), ""));
    interests.measure();
    assertEquals("uncertainty-first", score(disputed).strategy(), "nobody read anything twice");
    // Each case is followed by its second reading.
    List<UUID> one = figures("ACME One", 4);
    readTwice(one.get(0), one.get(1), "ACCEPT", "MINOR");
    readTwice(one.get(2), one.get(3), "MAJOR", "REJECT");
    List<UUID> two = figures("ACME Two", 4);
    readTwice(two.get(0), two.get(1), "ACCEPT", "MAJOR");
    readTwice(two.get(2), two.get(3), "MINOR", "ACCEPT");
    interests.measure();
    assertEquals(List.of(disputed, quiet), order());
    assertEquals("uncertainty-first", score(quiet).strategy(), "nobody disagreed there");
    assertEquals(0.25, part(disputed, "disagreement").value(), 1e-9);
    assertEquals(
        "Two readers disagreed on a segment in 1 of 2 second readings of ACME Two with "
            + Strategies.protocol(ProposalFixture.proposal(1))
            + ".",
        part(disputed, "disagreement").sentence());
    fixture.queue.claimNext("anna");
    CaseSelection selection =
        fixture.database.inTransaction(handle -> Picks.of(handle, disputed)).orElseThrow();
    assertEquals("disagreement-first", selection.strategy());
    assertEquals(0.98 + 0.02 / 2, selection.probability(), 1e-12);
    assertEquals(0, interests.measure(), "nothing changed since");
  }

  private static void readTwice(UUID first, UUID second, String said, String saidThen) {
    fixture.database.useTransaction(
        handle -> {
          handle.execute(
              "insert into review.segment_figure (correction, segment, label, verdict, dice)"
                  + " values (?, 1, 'Liver', ?, 1), (?, 1, 'Liver', ?, 1)",
              first,
              said,
              second,
              saidThen);
          handle.execute(
              "insert into review.second_reading (correction, at, share, alarm, task_id)"
                  + " select ?, now(), 1, false, task_id from review.case_figure"
                  + " where correction = ?",
              first,
              second);
        });
  }

  @Test
  void aProtocolMayHaveAStrategyOfItsOwn() {
    ProposalMade proposal = ProposalFixture.proposal(1);
    String protocol = Strategies.protocol(proposal);
    assertEquals(
        Strategy.NOVELTY,
        Strategies.of("uncertainty", List.of(protocol + ":novelty")).of(proposal));
    assertEquals(
        Strategy.UNCERTAINTY, Strategies.of("uncertainty", List.of("x:novelty")).of(proposal));
    for (List<String> wrong :
        List.of(List.of("novelty"), List.of("a:curiosity"), List.of("a:novelty", "a:diversity"))) {
      org.junit.jupiter.api.Assertions.assertThrows(
          IllegalArgumentException.class, () -> Strategies.of("uncertainty", wrong));
    }
  }

  private static Interests interests(Strategy strategy) {
    return new Interests(
        fixture.database,
        new Strategies(strategy, Map.of()),
        new UncertaintyFirst(),
        proposal -> "");
  }

  private static UUID propose(int number, double millilitres) {
    ProposalMade plain = ProposalFixture.proposal(number);
    List<SegmentScore> scores =
        plain.scores().stream()
            .map(one -> new SegmentScore(one.segmentNumber(), 1000, millilitres, 0.1))
            .toList();
    fixture.intake.accept(ProposalFixture.with(plain, scores, plain.notes()));
    return ReviewCase.taskOf(plain.id());
  }

  private static ShadowProposalMade shadow(int number, double dice) {
    ProposalMade shown = ProposalFixture.proposal(number);
    int segment = shown.schema().segments().get(0).number();
    return new ShadowProposalMade(
        new UUID(9, number),
        shown.time(),
        shown.input(),
        new PackageReference("shadow-net", "2.0", Sha256.of(new byte[] {4})),
        shown.modelPackage(),
        shown.labels(),
        List.of(new SegmentAgreement(segment, dice), new SegmentAgreement(segment + 1, 0.99)),
        5);
  }

  /** Corrections of so many other cases, by their ids. */
  private static List<UUID> figures(String scanner, int number) {
    String protocol = Strategies.protocol(ProposalFixture.proposal(1));
    var corrections = new ArrayList<UUID>();
    int known = (int) fixture.count("select count(*) from review.case_figure");
    for (int each = known; each < known + number; each++) {
      UUID task = propose(100 + each, 100);
      UUID id = new UUID(77, each);
      corrections.add(id);
      fixture.database.useTransaction(
          handle -> {
            handle.execute(
                "insert into review.revision (id, task_id, number, kind, base_proposal,"
                    + " transaction_uid, author, at, active_millis, submission, label_digest,"
                    + " outcome) select ?, id, 1, 'ACCEPTED', proposal_id, '1', 'anna', now(), 1,"
                    + " '', '', '{}' from review.task where id = ?",
                id,
                task);
            handle.execute(
                "insert into review.case_figure (correction, task_id, reader, at, version,"
                    + " protocol, scanner, active_millis) values (?, ?, 'anna', now(), 'v', ?, ?,"
                    + " 1)",
                id,
                task,
                protocol,
                scanner);
            handle.execute("delete from review.history where task_id = ?", task);
            handle.execute(
                "update review.task set state = 'ACCEPTED', correction_id = ?, decided_by = 'anna',"
                    + " decided_at = now() where id = ?",
                id,
                task);
          });
    }
    return corrections;
  }

  private static List<UUID> order() {
    return fixture.queue.list(ReviewState.WAITING, 100).stream()
        .map(row -> row.task().id())
        .toList();
  }

  private static PriorityScore score(UUID task) {
    return fixture.queue.find(task).orElseThrow().score();
  }

  private static PriorityScore.Part part(UUID task, String name) {
    return score(task).parts().stream()
        .filter(part -> part.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
