package org.firstpass.server;

import static org.firstpass.server.ForeignFixture.liver;
import static org.firstpass.server.ForeignFixture.on;
import static org.firstpass.server.ForeignFixture.proposed;
import static org.firstpass.server.ForeignFixture.spleen;
import static org.firstpass.server.ForeignFixture.tissue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.firstpass.correction.InconsistentSubmission;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.event.ForeignSeriesFiled.Filing;
import org.firstpass.failure.ReasonCode;
import org.firstpass.foreign.DecisionAnswer;
import org.firstpass.foreign.ForeignItem;
import org.firstpass.foreign.ForeignItem.State;
import org.firstpass.foreign.Overlap;
import org.firstpass.foreign.PersonsWord;
import org.firstpass.review.ProposalFixture;
import org.firstpass.segment.Verdict;
import org.firstpass.testing.ForeignSegmentation.Marked;
import org.junit.jupiter.api.Test;

/** What is kept of objects of other makers until a person says what to do, and what is refused. */
final class ForeignKeptTest extends ForeignScene {
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
