package org.firstpass.server;

import static org.firstpass.server.ForeignFixture.liver;
import static org.firstpass.server.ForeignFixture.on;
import static org.firstpass.server.ForeignFixture.proposed;
import static org.firstpass.server.ForeignFixture.spleen;
import static org.firstpass.server.ForeignFixture.tissue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.firstpass.correction.InconsistentSubmission;
import org.firstpass.dicom.SegmentationReader;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.event.ForeignSeriesFiled;
import org.firstpass.event.ForeignSeriesFiled.Filing;
import org.firstpass.event.SegmentDecision;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.TryAgainLater;
import org.firstpass.foreign.DecisionAnswer;
import org.firstpass.foreign.ForeignItem;
import org.firstpass.foreign.ForeignItem.State;
import org.firstpass.foreign.Overlap;
import org.firstpass.foreign.PersonsWord;
import org.firstpass.foreign.SegmentMatch.By;
import org.firstpass.foreign.Senders;
import org.firstpass.postgres.QueueFixture;
import org.firstpass.review.ProposalFixture;
import org.firstpass.review.ReviewState;
import org.firstpass.review.ReviewTask;
import org.firstpass.security.AuditFact;
import org.firstpass.segment.SegmentAlgorithmType;
import org.firstpass.segment.Verdict;
import org.firstpass.testing.ForeignSegmentation.Marked;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.LabelMapCodec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of objects of other makers, with a real database and a real store. */
final class ForeignObjectsTest {
  /** The liver without its first voxel and with one of the third slice. */
  private static final Marked CORRECTED_LIVER =
      (column, row, slice) ->
          proposed(1).at(column, row, slice) && (column != 0 || row != 0)
              || column == 3 && row == 2 && slice == 2;

  @TempDir static Path folder;
  private static ForeignFixture fixture;

  @BeforeAll
  static void open() {
    fixture = new ForeignFixture(folder);
  }

  @BeforeEach
  void clear() {
    fixture.clear();
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  private static ForeignItem assertKept(ReasonCode reason, ForeignItem item) {
    assertEquals(State.KEPT, item.filed().state(), item::toString);
    assertEquals(reason, item.filed().reason(), item::toString);
    assertEquals(List.of(), fixture.corrections());
    return item;
  }

  private static void assertRefused(ReasonCode reason, ForeignItem item) {
    assertEquals(State.REFUSED, item.filed().state(), item::toString);
    assertEquals(reason, item.filed().reason(), item::toString);
    assertEquals(List.of(), fixture.corrections());
    ForeignSeriesFiled told = lastFiled();
    assertEquals(Filing.REFUSED, told.filing());
    assertEquals(reason, told.reason());
  }

  private static ForeignSeriesFiled lastFiled() {
    List<ForeignSeriesFiled> told = fixture.filed();
    return told.get(told.size() - 1);
  }

  private static CorrectionAccepted onlyCorrection() {
    List<CorrectionAccepted> corrections = fixture.corrections();
    assertEquals(1, corrections.size(), corrections::toString);
    return corrections.get(0);
  }

  private static SegmentDecision decision(CorrectionAccepted event, int segment) {
    return event.decisions().stream()
        .filter(one -> one.segmentNumber() == segment)
        .findFirst()
        .orElseThrow();
  }

  /** The accepted labels are those proposed but for the changed liver. */
  private static void assertCorrectedLiver(CorrectionAccepted event) {
    LabelMap accepted =
        LabelMapCodec.decode(fixture.cases.store.read(event.acceptedLabels().digest()));
    short[] expected = CaseFixture.proposedLabels();
    expected[CaseFixture.SIZE.index(0, 0, 0)] = 0;
    expected[CaseFixture.SIZE.index(3, 2, 2)] = 1;
    for (int at = 0; at < expected.length; at++) {
      assertEquals(expected[at], accepted.labelAt(at), "voxel " + at);
    }
    assertEquals(1, decision(event, 1).voxelsAdded());
    assertEquals(1, decision(event, 1).voxelsRemoved());
    assertEquals(Verdict.MINOR, decision(event, 1).verdict());
    assertEquals(SegmentAlgorithmType.SEMIAUTOMATIC, decision(event, 1).algorithmType());
    assertEquals(Verdict.ACCEPT, decision(event, 2).verdict());
    assertEquals(SegmentAlgorithmType.AUTOMATIC, decision(event, 2).algorithmType());
  }

  private static byte[] corrected(String name, String instance) {
    return on(name).with(liver(1, CORRECTED_LIVER)).with(spleen(2, proposed(2))).binary(instance);
  }

  @Test
  void theHoldersObjectIsACorrectionWithTheProtocolsCodes() {
    ReviewTask.Claimed task = fixture.held("a");
    ForeignItem item = fixture.send("a", corrected("a", "1.2.9.1"));
    assertEquals(State.TAKEN, item.filed().state(), item::toString);
    CorrectionAccepted event = onlyCorrection();
    assertEquals(event.id(), item.filed().correction());
    assertEquals(ForeignFixture.READER, event.reader());
    assertEquals(task.id(), event.taskId());
    assertCorrectedLiver(event);
    var segments =
        SegmentationReader.read(() -> fixture.cases.store.open(event.segmentation().digest()))
            .segments();
    assertEquals("10200004", segments.get(0).type().value());
    assertEquals("78961009", segments.get(1).type().value());
    assertEquals(
        ReviewState.ACCEPTED, fixture.queue.queue.find(task.id()).orElseThrow().task().state());
    ForeignSeriesFiled told = lastFiled();
    assertEquals(Filing.TAKEN, told.filing());
    assertEquals(event.id(), told.correctionId());
    AuditFact fact = fixture.security.audit().before(Long.MAX_VALUE, 1).get(0).fact();
    assertEquals(ForeignFixture.READER, fact.actor());
    assertEquals(task.id().toString(), fact.target());
  }

  @Test
  void whoLoggedInAndPostedItIsItsSender() {
    fixture.held("z");
    ForeignItem item =
        fixture.send("z", corrected("z", "1.2.9.28"), Senders.ofUser(ForeignFixture.READER));
    assertEquals(State.TAKEN, item.filed().state(), item::toString);
    assertTrue(Senders.ofUser("a").length() > 16, "no AE title is so long");
  }

  @Test
  void whatOhifCallsTissueGetsItsCodesBackAndTheMatchSaysSo() {
    fixture.held("b");
    byte[] file =
        on("b")
            .with(tissue(1, CORRECTED_LIVER))
            .with(tissue(2, proposed(2)))
            .labelMapInRle("1.2.9.2");
    ForeignItem item = fixture.send("b", file);
    assertEquals(State.TAKEN, item.filed().state(), item::toString);
    assertCorrectedLiver(onlyCorrection());
    Objects.requireNonNull(item.filed().examination())
        .matches()
        .forEach(
            match -> {
              assertTrue(match.restored());
              assertEquals(By.NUMBER, match.by());
            });
  }

  @Test
  void reversedTurnedAndCroppedFramesLandWhereTheyLie() {
    fixture.held("c");
    byte[] file =
        on("c")
            .with(liver(1, CORRECTED_LIVER))
            .with(spleen(2, proposed(2)))
            .reversed()
            .turned()
            .binary("1.2.9.3");
    fixture.send("c", file);
    assertCorrectedLiver(onlyCorrection());
  }

  @Test
  void regionsOfAStructureSetAreKnownByTheirNames() {
    fixture.held("y");
    byte[] file =
        ForeignFixture.structuresOn("y")
            .with(4, "LIVER", CORRECTED_LIVER)
            .with(9, "spleen", proposed(2))
            .file("1.2.9.27");
    ForeignItem item = fixture.send("y", file);
    assertEquals(State.TAKEN, item.filed().state(), item::toString);
    assertCorrectedLiver(onlyCorrection());
    Objects.requireNonNull(item.filed().examination())
        .matches()
        .forEach(match -> assertEquals(By.LABEL, match.by()));
  }

  @Test
  void whatACroppedFrameLeavesOutIsNotDrawn() {
    fixture.held("d");
    byte[] file =
        on("d")
            .with(liver(1, proposed(1)))
            .with(spleen(2, proposed(2)))
            .cropped(1)
            .binary("1.2.9.4");
    fixture.send("d", file);
    CorrectionAccepted event = onlyCorrection();
    // A plane of 6 x 5 without its edge is 4 x 3.
    assertEquals(30 - 12, decision(event, 1).voxelsRemoved());
    assertEquals(0, decision(event, 1).voxelsAdded());
    assertEquals(Verdict.MAJOR, decision(event, 1).verdict());
  }

  @Test
  void toldTwiceAndSentTwiceItIsOneCorrection() {
    fixture.held("e");
    byte[] file = corrected("e", "1.2.9.5");
    fixture.send("e", file);
    fixture.send("e", file);
    assertEquals(State.TAKEN, fixture.send("e", file).filed().state());
    assertCorrectedLiver(onlyCorrection());
    assertEquals(1, fixture.filed().size());
  }

  @Test
  void aSenderWithoutALeaseIsConfirmedByAReaderOnce() {
    fixture.propose("f");
    byte[] file = corrected("f", "1.2.9.6");
    ForeignItem item =
        assertKept(ReasonCode.FOREIGN_TO_BE_CONFIRMED, fixture.send("f", file, "SOME_PACS"));
    assertEquals(Filing.KEPT, lastFiled().filing());
    var taken =
        assertInstanceOf(
            DecisionAnswer.Taken.class, fixture.desk().decide(item.id(), "ben", PersonsWord.NONE));
    CorrectionAccepted event = onlyCorrection();
    assertEquals(taken.receipt().correctionId(), event.id());
    assertEquals("ben", event.reader());
    assertCorrectedLiver(event);
    fixture.desk().decide(item.id(), "ben", PersonsWord.NONE);
    fixture.desk().decide(item.id(), "carl", PersonsWord.NONE);
    onlyCorrection();
    assertEquals(Filing.TAKEN, lastFiled().filing());
  }

  @Test
  void theHolderOfAnotherWorkstationIsNotTheSender() {
    fixture.propose("g");
    assertTrue(fixture.queue.queue.claimNext("ben").isPresent());
    ForeignItem item =
        assertKept(
            ReasonCode.FOREIGN_TO_BE_CONFIRMED, fixture.send("g", corrected("g", "1.2.9.7")));
    var held =
        assertInstanceOf(
            DecisionAnswer.Held.class, fixture.desk().decide(item.id(), "carl", PersonsWord.NONE));
    assertEquals("ben", held.lease().holder());
    assertEquals(List.of(), fixture.corrections());
  }

  @Test
  void aLeaseThatIsLostMeanwhileLeavesASideRevisionAndTheObjectIsKept() {
    ReviewTask.Claimed task = fixture.held("h");
    byte[] file = corrected("h", "1.2.9.8");
    var losing =
        new LosingLedger(
            fixture.queue.corrections,
            () -> {
              fixture.queue.clock.advance(QueueFixture.LEASE.plusMinutes(1));
              fixture.queue.queue.claim(task.id(), "ben");
            });
    var intake = fixture.intake(fixture.desk(losing));
    intake.accept(fixture.arrival("h", file, ForeignFixture.WORKSTATION));
    ForeignItem item = assertKept(ReasonCode.FOREIGN_TO_BE_CONFIRMED, fixture.item(file));
    assertNotNull(item.filed().correction());
    assertEquals(
        1, fixture.queue.count("select count(*) from review.revision where kind = 'SIDE'"));
    assertInstanceOf(
        DecisionAnswer.Taken.class, fixture.desk().decide(item.id(), "ben", PersonsWord.NONE));
    assertEquals("ben", onlyCorrection().reader());
  }

  @Test
  void aCrashAfterTheCorrectionIsMadeGoodWithTheSameOne() {
    fixture.held("i");
    byte[] file = corrected("i", "1.2.9.9");
    var crashing = new CrashingForeignLedger(fixture.rows);
    var intake = fixture.intake(fixture.desk(fixture.queue.corrections, crashing));
    assertThrows(
        TryAgainLater.class,
        () -> intake.accept(fixture.arrival("i", file, ForeignFixture.WORKSTATION)));
    assertEquals(State.ARRIVED, fixture.item(file).filed().state());
    CorrectionAccepted event = onlyCorrection();
    fixture.intake().resume();
    assertEquals(State.TAKEN, fixture.item(file).filed().state());
    assertEquals(event.id(), fixture.item(file).filed().correction());
    onlyCorrection();
    assertEquals(Filing.TAKEN, lastFiled().filing());
  }

  @Test
  void aSegmentThatIsNotThereIsNobodysVerdictUntilAReaderSaysIt() {
    fixture.held("j");
    byte[] file = on("j").with(liver(1, CORRECTED_LIVER)).binary("1.2.9.10");
    ForeignItem item = assertKept(ReasonCode.FOREIGN_TO_BE_CONFIRMED, fixture.send("j", file));
    assertEquals(List.of(2), Objects.requireNonNull(item.filed().examination()).missing());
    assertInstanceOf(
        DecisionAnswer.Open.class,
        fixture.desk().decide(item.id(), ForeignFixture.READER, PersonsWord.NONE));
    var kept = new PersonsWord(null, Map.of(), List.of(), Map.of(2, Verdict.ACCEPT));
    assertInstanceOf(
        DecisionAnswer.Taken.class, fixture.desk().decide(item.id(), ForeignFixture.READER, kept));
    assertCorrectedLiver(onlyCorrection());
  }

  @Test
  void aSegmentThatIsRejectedIsRemoved() {
    fixture.held("k");
    byte[] file = on("k").with(liver(1, CORRECTED_LIVER)).binary("1.2.9.11");
    ForeignItem item = fixture.send("k", file);
    var rejected = new PersonsWord(null, Map.of(), List.of(), Map.of(2, Verdict.REJECT));
    fixture.desk().decide(item.id(), ForeignFixture.READER, rejected);
    assertEquals(Verdict.REJECT, decision(onlyCorrection(), 2).verdict());
    assertEquals(12, decision(onlyCorrection(), 2).voxelsRemoved());
  }

  @Test
  void whatMatchesNothingIsKeptWithItsCandidatesUntilAReaderMapsIt() {
    fixture.held("l");
    byte[] file =
        on("l")
            .with(tissue(1, CORRECTED_LIVER))
            .with(tissue(7, proposed(2)))
            .labelMapInRle("1.2.9.12");
    ForeignItem item = assertKept(ReasonCode.FOREIGN_UNMATCHED, fixture.send("l", file));
    assertNull(Objects.requireNonNull(item.filed().examination()).matches().get(1).target());
    var word = new PersonsWord(null, Map.of(7, 2), List.of(), Map.of());
    assertInstanceOf(
        DecisionAnswer.Taken.class, fixture.desk().decide(item.id(), ForeignFixture.READER, word));
    assertCorrectedLiver(onlyCorrection());
  }

  @Test
  void numbersThatChangedPlacesAreNotBelieved() {
    fixture.held("m");
    byte[] file =
        on("m").with(tissue(1, proposed(2))).with(tissue(2, proposed(1))).binary("1.2.9.13");
    assertKept(ReasonCode.FOREIGN_UNMATCHED, fixture.send("m", file));
  }

  @Test
  void overlappingSegmentsAreToldInVoxelsAndAReaderSaysWhichWins() {
    fixture.held("n");
    byte[] file =
        on("n")
            .with(
                liver(
                    1,
                    (column, row, slice) ->
                        proposed(1).at(column, row, slice) || proposed(2).at(column, row, slice)))
            .with(spleen(2, proposed(2)))
            .binary("1.2.9.14");
    ForeignItem item = assertKept(ReasonCode.FOREIGN_OVERLAP, fixture.send("n", file));
    assertEquals(
        List.of(new Overlap(1, 2, 12)),
        Objects.requireNonNull(item.filed().examination()).overlaps());
    var word = new PersonsWord(null, Map.of(), List.of(2), Map.of());
    assertInstanceOf(
        DecisionAnswer.Taken.class, fixture.desk().decide(item.id(), ForeignFixture.READER, word));
    assertEquals(Verdict.ACCEPT, decision(onlyCorrection(), 1).verdict());
    assertEquals(Verdict.ACCEPT, decision(onlyCorrection(), 2).verdict());
  }

  @Test
  void whatIsSaidOneAfterTheOtherAddsUp() {
    fixture.held("w");
    Marked bothOfThem =
        (column, row, slice) ->
            proposed(1).at(column, row, slice) || proposed(2).at(column, row, slice);
    byte[] file =
        on("w").with(tissue(8, bothOfThem)).with(tissue(9, proposed(1))).binary("1.2.9.25");
    ForeignItem item = assertKept(ReasonCode.FOREIGN_UNMATCHED, fixture.send("w", file));
    say(item, new PersonsWord(null, Map.of(8, 3, 9, 1), List.of(), Map.of()));
    assertKept(ReasonCode.FOREIGN_OVERLAP, fixture.item(file));
    say(item, new PersonsWord(null, Map.of(), List.of(1), Map.of()));
    assertKept(ReasonCode.FOREIGN_TO_BE_CONFIRMED, fixture.item(file));
    say(item, new PersonsWord(null, Map.of(), List.of(), Map.of(2, Verdict.REJECT)));
    assertEquals(State.TAKEN, fixture.item(file).filed().state());
    CorrectionAccepted event = onlyCorrection();
    assertEquals(Verdict.ACCEPT, decision(event, 1).verdict());
    assertEquals(Verdict.REJECT, decision(event, 2).verdict());
    assertEquals(Verdict.MISSING, decision(event, 3).verdict());
    assertEquals(12, decision(event, 3).voxelsAdded());
  }

  private static void say(ForeignItem item, PersonsWord word) {
    fixture.desk().decide(item.id(), ForeignFixture.READER, word);
  }

  @Test
  void aWordOfSegmentsThatTheProtocolDoesNotHaveIsNotTaken() {
    fixture.held("x");
    ForeignItem item = fixture.send("x", on("x").with(tissue(8, proposed(1))).binary("1.2.9.26"));
    var word = new PersonsWord(null, Map.of(8, 99), List.of(), Map.of());
    assertThrows(
        InconsistentSubmission.class,
        () -> fixture.desk().decide(item.id(), ForeignFixture.READER, word));
    assertKept(ReasonCode.FOREIGN_UNMATCHED, fixture.rows.find(item.id()).orElseThrow());
  }

  @Test
  void anObjectInAnotherFrameOfReferenceIsRefused() {
    fixture.held("o");
    byte[] file =
        ForeignFixture.onAnother("o", "1.2.3.4.5").with(liver(1, proposed(1))).binary("1.2.9.15");
    assertRefused(ReasonCode.OFF_GRID, fixture.send("o", file));
  }

  @Test
  void anObjectOfAnotherPatientIsRefused() {
    fixture.held("p");
    byte[] file = corrected("p", "1.2.9.16");
    fixture.intake().accept(fixture.arrival("somebody else", file, ForeignFixture.WORKSTATION));
    assertRefused(ReasonCode.FOREIGN_OTHER_PATIENT, fixture.item(file));
  }

  @Test
  void anObjectOfAnUnknownSeriesIsKeptAndLookedAtAgainWhenThereIsAProposal() {
    byte[] file = corrected("q", "1.2.9.17");
    ForeignItem item = assertKept(ReasonCode.FOREIGN_UNKNOWN_SERIES, fixture.send("q", file));
    assertEquals(ReasonCode.FOREIGN_UNKNOWN_SERIES, lastFiled().reason());
    fixture.intake().proposed(fixture.propose("q"));
    assertKept(ReasonCode.FOREIGN_TO_BE_CONFIRMED, fixture.item(file));
    assertEquals(ReasonCode.FOREIGN_TO_BE_CONFIRMED, lastFiled().reason());
    fixture.desk().decide(item.id(), "ben", PersonsWord.NONE);
    assertCorrectedLiver(onlyCorrection());
  }

  @Test
  void whatIsDecidedAlreadyStaysAndTheObjectIsKeptBesideIt() {
    fixture.held("r");
    fixture.send("r", corrected("r", "1.2.9.18"));
    ForeignItem later = fixture.send("r", corrected("r", "1.2.9.19"));
    assertEquals(State.KEPT, later.filed().state());
    assertEquals(ReasonCode.FOREIGN_TASK_CLOSED, later.filed().reason());
    onlyCorrection();
  }

  @Test
  void whatAPersonDiscardsIsRefusedAndStaysSo() {
    fixture.propose("s");
    byte[] file = corrected("s", "1.2.9.20");
    ForeignItem item = fixture.send("s", file);
    fixture.desk().discard(item.id(), "ben");
    assertRefused(ReasonCode.FOREIGN_DISCARDED, fixture.send("s", file));
    fixture.desk().decide(item.id(), "ben", PersonsWord.NONE);
    assertEquals(List.of(), fixture.corrections());
    assertTrue(fixture.cases.store.contains(item.object().content().digest()));
  }

  @Test
  void ofSeveralOpenProposalsTheOneThatItWasMadeFromIsCorrected() {
    var first = fixture.propose("t");
    var second = ProposalFixture.by(first, ProposalFixture.model("other", "1.0"), first.time());
    fixture.queue.intake.accept(second);
    assertKept(ReasonCode.FOREIGN_SEVERAL_PROPOSALS, fixture.send("t", corrected("t", "1.2.9.21")));
    byte[] named =
        on("t")
            .with(liver(1, CORRECTED_LIVER))
            .with(spleen(2, proposed(2)))
            .madeFrom(second.segmentationInstance().value())
            .binary("1.2.9.22");
    ForeignItem item = fixture.send("t", named);
    assertKept(ReasonCode.FOREIGN_TO_BE_CONFIRMED, item);
    fixture.desk().decide(item.id(), "ben", PersonsWord.NONE);
    assertEquals(second.id(), onlyCorrection().proposalId());
  }

  @Test
  void newerContentOfAnInstanceTakesThePlaceOfWhatWasKept() {
    fixture.propose("u");
    byte[] first = corrected("u", "1.2.9.23");
    byte[] second =
        on("u").with(liver(1, proposed(1))).with(spleen(2, proposed(2))).binary("1.2.9.23");
    fixture.send("u", first);
    fixture.send("u", second);
    assertEquals(ReasonCode.FOREIGN_REPLACED, fixture.item(first).filed().reason());
    assertKept(ReasonCode.FOREIGN_TO_BE_CONFIRMED, fixture.item(second));
    assertEquals(Filing.KEPT, lastFiled().filing());
  }

  @Test
  void whatIsNoDrawingIsRefusedWithACode() {
    fixture.held("v");
    byte[] broken = corrected("v", "1.2.9.24");
    byte[] cut = Arrays.copyOf(broken, broken.length - 4);
    ForeignItem item = fixture.send("v", cut);
    assertEquals(State.REFUSED, item.filed().state(), item::toString);
    assertEquals(ReasonCode.MALFORMED_INSTANCE, item.filed().reason());
  }
}
