package org.firstpass.server;

import static org.firstpass.server.ForeignFixture.liver;
import static org.firstpass.server.ForeignFixture.on;
import static org.firstpass.server.ForeignFixture.proposed;
import static org.firstpass.server.ForeignFixture.spleen;
import static org.firstpass.server.ForeignFixture.tissue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import org.firstpass.dicom.SegmentationReader;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.event.ForeignSeriesFiled;
import org.firstpass.event.ForeignSeriesFiled.Filing;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.TryAgainLater;
import org.firstpass.foreign.DecisionAnswer;
import org.firstpass.foreign.ForeignItem;
import org.firstpass.foreign.ForeignItem.State;
import org.firstpass.foreign.PersonsWord;
import org.firstpass.foreign.SegmentMatch.By;
import org.firstpass.postgres.QueueFixture;
import org.firstpass.review.ReviewState;
import org.firstpass.review.ReviewTask;
import org.firstpass.security.AuditFact;
import org.firstpass.segment.Verdict;
import org.firstpass.study.Sender;
import org.junit.jupiter.api.Test;

/** Which objects of other makers become corrections. */
final class ForeignObjectsTest extends ForeignScene {
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
        fixture.send("z", corrected("z", "1.2.9.28"), Sender.ofReader(ForeignFixture.READER));
    assertEquals(State.TAKEN, item.filed().state(), item::toString);
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
}
