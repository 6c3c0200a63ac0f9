package org.firstpass.server;

import static org.firstpass.server.WorklistRoom.performed;
import static org.firstpass.server.WorklistRoom.state;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.firstpass.correction.SubmittedLabels;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.event.ProposalMade;
import org.firstpass.review.ReviewCase;
import org.firstpass.segment.Verdict;
import org.firstpass.server.WorklistRoom.Answer;
import org.firstpass.server.WorklistRoom.Caller;
import org.firstpass.volume.LabelMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Claims, updates and ends of workitems over HTTP, and how each is refused. */
final class WorklistStatesTest {
  private static final String INCONSISTENT =
      "The submitted request is inconsistent with the state of the UPS Instance.";
  private static final String UPDATE_INCONSISTENT =
      "The submitted request is inconsistent with the current state of the Workitem.";
  private static final String WORKITEMS = "/dicom-web/workitems";

  @TempDir static Path folder;
  private static WorklistRoom room;
  private static Caller anna;
  private static Caller ben;
  private static Caller scheduler;

  @BeforeAll
  static void start() {
    room = new WorklistRoom(folder);
    anna = room.as("anna");
    ben = room.as("ben");
    scheduler = room.as("scheduler");
  }

  @AfterAll
  static void stop() {
    room.close();
  }

  private static String at(String uid) {
    return WORKITEMS + "/" + uid;
  }

  @Test
  void aClaimNeedsATransactionAndASecondOneIsAConflict() {
    String uid = room.workitem("claim");
    Answer missing =
        anna.put(
            at(uid) + "/state", "[{\"00741000\":{\"vr\":\"CS\",\"Value\":[\"IN PROGRESS\"]}}]");
    assertEquals(400, missing.status());
    assertEquals("The Transaction UID is missing.", missing.warning());
    Answer malformed = anna.state(uid, "IN PROGRESS", "a.b");
    assertEquals(400, malformed.status());
    assertEquals("The Transaction UID is incorrect.", malformed.warning());
    Answer early = anna.state(uid, "COMPLETED", "1.2.3");
    assertEquals(409, early.status());
    assertEquals(INCONSISTENT, early.warning());
    assertEquals(409, anna.state(uid, "CANCELED", "1.2.3").status());
    assertEquals(200, anna.state(uid, "IN PROGRESS", "1.2.3").status());
    for (Caller caller : List.of(anna, ben)) {
      for (String transaction : List.of("1.2.3", "1.2.4")) {
        Answer second = caller.state(uid, "IN PROGRESS", transaction);
        assertEquals(409, second.status());
        assertEquals(INCONSISTENT, second.warning());
      }
    }
    assertEquals(400, anna.state(uid, "SCHEDULED", "1.2.3").status());
    assertEquals(INCONSISTENT, anna.state(uid, "SCHEDULED", "1.2.3").warning());
    assertTrue(
        anna.state(uid, "IN PROGRESS", "1.2.3")
            .header("Warning")
            .startsWith("299 http://127.0.0.1:"));
  }

  @Test
  void aClaimedWorkitemIsHeldForTheOtherDoorToo() {
    ProposalMade proposal = room.propose("doors");
    String uid = WorklistRoom.uid(proposal);
    String task = "/api/tasks/" + ReviewCase.taskOf(proposal.id());
    assertEquals(200, anna.state(uid, "IN PROGRESS", "1.2.3.9").status());
    assertEquals(409, ben.api(task + "/claim", "{}").status());
    assertEquals(200, anna.api(task + "/release", "{\"transaction\":\"1.2.3.9\"}").status());
    assertEquals("SCHEDULED", anna.stateOf(uid));
    assertEquals(200, ben.api(task + "/claim", "{}").status());
    assertEquals(409, anna.state(uid, "IN PROGRESS", "1.2.3.9").status());
  }

  @Test
  void anUpdateIsForWhoHasClaimedOrWhileNobodyHas() {
    String uid = room.workitem("update");
    String label = "[{\"00741204\":{\"vr\":\"LO\",\"Value\":[\"Please look\"]}}]";
    assertEquals(200, anna.post(at(uid), label).status());
    assertEquals("Please look", anna.get(at(uid)).text("00741204"));
    Answer notClaimed = anna.post(at(uid) + "?1.2.3", label);
    assertEquals(409, notClaimed.status());
    assertEquals("The target URI did not reference a claimed Workitem.", notClaimed.warning());
    anna.state(uid, "IN PROGRESS", "1.2.3");
    Answer missing = anna.post(at(uid), label);
    assertEquals(400, missing.status());
    assertEquals(UPDATE_INCONSISTENT, missing.warning());
    assertEquals(400, anna.post(at(uid) + "?1.2.4", label).status());
    assertEquals(400, ben.post(at(uid) + "?1.2.3", label).status());
    assertEquals(200, anna.post(at(uid) + "?1.2.3", label).status());
    assertEquals(200, anna.post(at(uid) + "?transaction=1.2.3", label).status());
    Answer more = anna.post(at(uid) + "?1.2.3", "[{\"00100010\":{\"vr\":\"PN\",\"Value\":[{}]}}]");
    assertEquals(200, more.status());
    assertEquals("Requested optional Attributes are not supported.", more.warning());
    assertEquals(400, anna.post(at(uid) + "?1.2.3", state("COMPLETED", "1.2.3")).status());
    assertEquals(
        400,
        anna.post(at(uid) + "?1.2.3", "[{\"00741200\":{\"vr\":\"CS\",\"Value\":[\"STAT\"]}}]")
            .status());
    String large = "[{\"00400400\":{\"vr\":\"LT\",\"Value\":[\"" + "x".repeat(70_000) + "\"]}}]";
    assertEquals(413, anna.post(at(uid) + "?1.2.3", large).status());
  }

  @Test
  void completingWithoutAnOutputAcceptsEverySegmentOnce() {
    ProposalMade proposal = room.propose("accept-all");
    String uid = WorklistRoom.uid(proposal);
    anna.state(uid, "IN PROGRESS", "1.2.3");
    Answer unmet = anna.state(uid, "COMPLETED", "1.2.3");
    assertEquals(409, unmet.status());
    assertEquals(INCONSISTENT, unmet.warning());
    assertEquals("FINAL_STATE_UNMET", unmet.json().path("code").asText());
    assertEquals(200, anna.post(at(uid) + "?1.2.3", performed()).status());
    Answer wrong = anna.state(uid, "COMPLETED", "1.2.4");
    assertEquals(400, wrong.status());
    assertEquals("The Transaction UID is incorrect.", wrong.warning());
    room.clock.advance(Duration.ofSeconds(20));
    assertEquals(200, anna.state(uid, "COMPLETED", "1.2.3").status());
    assertEquals("COMPLETED", anna.stateOf(uid));
    Answer again = anna.state(uid, "COMPLETED", "1.2.3");
    assertEquals(200, again.status());
    assertEquals("The UPS is already in the requested state of COMPLETED.", again.warning());
    assertEquals(400, anna.state(uid, "COMPLETED", "1.2.4").status());
    assertEquals(409, anna.state(uid, "CANCELED", "1.2.3").status());
    assertEquals(409, anna.state(uid, "IN PROGRESS", "1.2.5").status());
    Answer late = anna.post(at(uid) + "?1.2.3", performed());
    assertEquals(400, late.status());
    assertEquals(UPDATE_INCONSISTENT, late.warning());
    Answer cancel = scheduler.post(at(uid) + "/cancelrequest", "");
    assertEquals(409, cancel.status());
    assertEquals("The UPS is already COMPLETED.", cancel.warning());
    List<CorrectionAccepted> corrections = room.corrections(proposal.series());
    assertEquals(1, corrections.size());
    CorrectionAccepted correction = corrections.get(0);
    assertEquals(proposal.labels(), correction.acceptedLabels());
    assertTrue(correction.decisions().stream().allMatch(d -> d.verdict() == Verdict.ACCEPT));
    assertEquals(5000, correction.activeMillis());
    assertEquals("anna", correction.reader());
  }

  @Test
  void completingWithAStoredSegmentationCorrectsTheProposal() throws Exception {
    ProposalMade proposal = room.propose("output");
    String uid = WorklistRoom.uid(proposal);
    short[] labels = CaseFixture.proposedLabels();
    labels[119] = 1;
    java.util.Arrays.fill(labels, 30, 42, (short) 0);
    var painted = new LabelMap(CaseFixture.grid("output"), labels);
    anna.state(uid, "IN PROGRESS", "1.2.3");
    String unknown = WorklistRoom.output("1.2", "1.2.99", "1.2.99.1");
    anna.post(at(uid) + "?1.2.3", performed(unknown));
    assertEquals(409, anna.state(uid, "COMPLETED", "1.2.3").status());
    byte[] file =
        ForeignFixture.on("output")
            .with(
                ForeignFixture.liver(
                    1,
                    (column, row, slice) ->
                        painted.labelAt(CaseFixture.SIZE.index(column, row, slice)) == 1))
            .binary("1.2.9.76");
    anna.post(at(uid) + "?1.2.3", performed(room.storedOutput(proposal, file)));
    Answer completed = anna.state(uid, "COMPLETED", "1.2.3");
    assertEquals(200, completed.status(), completed.body());
    List<CorrectionAccepted> corrections = room.corrections(proposal.series());
    assertEquals(1, corrections.size());
    assertEquals(Verdict.MINOR, corrections.get(0).decisions().get(0).verdict());
    assertEquals(1, corrections.get(0).decisions().get(0).voxelsAdded());
    assertEquals(Verdict.REJECT, corrections.get(0).decisions().get(1).verdict());
    LabelMap accepted =
        org.firstpass.volume.LabelMapCodec.decode(
            room.cases.store.read(corrections.get(0).acceptedLabels().digest()));
    assertEquals(SubmittedLabels.digest(painted), SubmittedLabels.digest(accepted));
  }

  @Test
  void completingWithAStoredStructureSetCorrectsTheProposal() {
    ProposalMade proposal = room.propose("structures");
    String uid = WorklistRoom.uid(proposal);
    byte[] file =
        ForeignFixture.structuresOn("structures")
            .with(4, "LIVER", ForeignScene.CORRECTED_LIVER)
            .file("1.2.9.77");
    String output = room.storedOutput(proposal, file);
    anna.state(uid, "IN PROGRESS", "1.2.3");
    anna.post(at(uid) + "?1.2.3", performed(output));
    room.clock.advance(Duration.ofSeconds(20));
    Answer completed = anna.state(uid, "COMPLETED", "1.2.3");
    assertEquals(200, completed.status(), completed.body());
    List<CorrectionAccepted> corrections = room.corrections(proposal.series());
    assertEquals(1, corrections.size());
    assertEquals(Verdict.MINOR, corrections.get(0).decisions().get(0).verdict());
    assertEquals(1, corrections.get(0).decisions().get(0).voxelsAdded());
    assertEquals(1, corrections.get(0).decisions().get(0).voxelsRemoved());
    assertEquals(Verdict.REJECT, corrections.get(0).decisions().get(1).verdict(), "not in it");
    assertEquals(5000, corrections.get(0).activeMillis());
    assertEquals(
        1,
        room.count(
            "select count(*) from review.foreign_object where instance_uid = '1.2.9.77'"
                + " and state = 'TAKEN'"));
  }

  @Test
  void aStructureSetThatIsNotClearDoesNotComplete() {
    ProposalMade proposal = room.propose("unclear");
    String uid = WorklistRoom.uid(proposal);
    byte[] file =
        ForeignFixture.structuresOn("unclear")
            .with(4, "Something", ForeignScene.CORRECTED_LIVER)
            .file("1.2.9.78");
    String output = room.storedOutput(proposal, file);
    anna.state(uid, "IN PROGRESS", "1.2.3");
    anna.post(at(uid) + "?1.2.3", performed(output));
    Answer refused = anna.state(uid, "COMPLETED", "1.2.3");
    assertEquals(409, refused.status());
    assertTrue(refused.body().contains("FP1061"), refused.body());
    assertEquals("IN PROGRESS", anna.stateOf(uid));
    assertTrue(room.corrections(proposal.series()).isEmpty());
  }

  @Test
  void aSegmentationOfAnotherSeriesDoesNotCompleteThisOne() {
    ProposalMade proposal = room.propose("mine");
    ProposalMade other = room.propose("other");
    String uid = WorklistRoom.uid(proposal);
    anna.state(uid, "IN PROGRESS", "1.2.3");
    byte[] file =
        ForeignFixture.on("other")
            .with(ForeignFixture.liver(1, ForeignScene.CORRECTED_LIVER))
            .binary("1.2.9.79");
    String output = room.storedOutput(other, file);
    anna.post(at(uid) + "?1.2.3", performed(output));
    Answer refused = anna.state(uid, "COMPLETED", "1.2.3");
    assertEquals(409, refused.status());
    assertEquals("IN PROGRESS", anna.stateOf(uid));
    assertTrue(room.corrections(proposal.series()).isEmpty());
  }

  @Test
  void givingUpNeedsACodedReason() {
    ProposalMade proposal = room.propose("give-up");
    String uid = WorklistRoom.uid(proposal);
    anna.state(uid, "IN PROGRESS", "1.2.3");
    assertEquals(409, anna.state(uid, "CANCELED", "1.2.3").status());
    assertEquals(400, anna.post(at(uid) + "?1.2.3", WorklistRoom.givenUp("999999")).status());
    assertEquals(200, anna.post(at(uid) + "?1.2.3", WorklistRoom.givenUp("110531")).status());
    assertEquals(200, anna.state(uid, "CANCELED", "1.2.3").status());
    Answer again = anna.state(uid, "CANCELED", "1.2.3");
    assertEquals(200, again.status());
    assertEquals("The UPS is already in the requested state of CANCELED.", again.warning());
    assertEquals(400, anna.state(uid, "CANCELED", "1.2.4").status());
    assertEquals(409, anna.state(uid, "COMPLETED", "1.2.3").status());
    JsonNode ended = anna.get(at(uid)).json().get(0);
    assertEquals(
        "110531", ended.at("/00741002/Value/0/0074100E/Value/0/00080100/Value/0").asText());
    assertTrue(ended.at("/00741002/Value/0").has("00404052"));
    JsonNode task = anna.get("/api/tasks/" + ReviewCase.taskOf(proposal.id())).json();
    assertEquals("110531", task.at("/ended/reason").asText());
    Answer cancel = scheduler.post(at(uid) + "/cancelrequest", "");
    assertEquals(202, cancel.status());
    assertEquals("The UPS is already in the requested state of CANCELED.", cancel.warning());
  }

  @Test
  void aCancelRequestEndsWhatNobodyHasAndIsOnlyAWishOtherwise() {
    String waiting = room.workitem("cancel-waiting");
    String reason =
        "[{\"0074100E\":{\"vr\":\"SQ\",\"Value\":["
            + WorklistRoom.code("110510", "DCM", "Duplicate order")
            + "]},\"0074100C\":{\"vr\":\"LO\",\"Value\":[\"Front desk\"]}}]";
    assertEquals(202, scheduler.post(at(waiting) + "/cancelrequest", reason).status());
    assertEquals("CANCELED", anna.stateOf(waiting));
    assertTrue(anna.get(at(waiting)).body().contains("110510"));
    String held = room.workitem("cancel-held");
    anna.state(held, "IN PROGRESS", "1.2.3");
    Answer nobody = scheduler.post(at(held) + "/cancelrequest", reason);
    assertEquals(409, nobody.status());
    assertEquals("The performer cannot be contacted.", nobody.warning());
    assertEquals(201, anna.post(at(held) + "/subscribers/ANNA", "").status());
    assertEquals(202, scheduler.post(at(held) + "/cancelrequest", reason).status());
    assertEquals("IN PROGRESS", anna.stateOf(held));
    String unknownCode = reason.replace("110510", "4711");
    assertEquals(400, scheduler.post(at(held) + "/cancelrequest", unknownCode).status());
    String long5k = reason.replace("Front desk", "x".repeat(5000));
    assertEquals(413, scheduler.post(at(held) + "/cancelrequest", long5k).status());
  }

  @Test
  void anExpiredLeaseIsScheduledAgainUntilItsHolderOrSomebodyElseGoesOn() {
    String uid = room.workitem("expiry");
    anna.state(uid, "IN PROGRESS", "1.2.3");
    room.clock.advance(WorklistRoom.LEASE.minusSeconds(1));
    assertEquals(200, anna.get(at(uid) + "?1.2.3").status());
    room.clock.advance(WorklistRoom.LEASE.minusSeconds(1));
    assertEquals("IN PROGRESS", anna.stateOf(uid), "asking with the transaction renews");
    room.clock.advance(Duration.ofSeconds(2));
    assertEquals("SCHEDULED", anna.stateOf(uid));
    assertEquals(409, ben.state(uid, "CANCELED", "1.2.9").status());
    assertEquals(200, anna.post(at(uid) + "?1.2.3", "[{}]").status());
    assertEquals("IN PROGRESS", anna.stateOf(uid));
    room.clock.advance(WorklistRoom.LEASE.plusSeconds(1));
    assertEquals(200, ben.state(uid, "IN PROGRESS", "1.2.9").status());
    assertEquals(400, anna.post(at(uid) + "?1.2.3", "[{}]").status());
    assertEquals(400, anna.get(at(uid) + "?1.2.3").status());
  }

  @Test
  void whatAnEarlierPerformerToldIsNotTheNextOnes() {
    String uid = room.workitem("next-performer");
    anna.state(uid, "IN PROGRESS", "1.2.3");
    anna.post(at(uid) + "?1.2.3", performed());
    assertTrue(anna.get(at(uid)).json().at("/0/00741216").has("Value"));
    room.clock.advance(WorklistRoom.LEASE.plusSeconds(1));
    assertEquals(200, ben.state(uid, "IN PROGRESS", "1.2.4").status());
    assertFalse(anna.get(at(uid)).json().at("/0/00741216").has("Value"));
    assertEquals(409, ben.state(uid, "COMPLETED", "1.2.4").status());
    String waiting = room.workitem("no-performer");
    assertEquals(
        "Requested optional Attributes are not supported.",
        anna.post(at(waiting), performed()).warning());
    assertFalse(anna.get(at(waiting)).json().at("/0/00741216").has("Value"));
  }
}
