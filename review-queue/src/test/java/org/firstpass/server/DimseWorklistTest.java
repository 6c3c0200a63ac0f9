package org.firstpass.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.firstpass.dicom.ProcedureStepService.Answer;
import org.firstpass.dicom.dataset.DataSet;
import org.firstpass.event.ProposalMade;
import org.firstpass.review.ReviewCase;
import org.firstpass.security.AuditAction;
import org.firstpass.ups.UpsAttribute;
import org.firstpass.ups.WorkitemJson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worklist over real associations, beside the other two doors. */
final class DimseWorklistTest {
  private static final String AE = "WS1";

  @TempDir static Path folder;
  private static WorklistRoom room;
  private static WorklistCaller scu;

  @BeforeAll
  static void start() {
    room = new WorklistRoom(folder);
    scu = WorklistCaller.of(room.server.worklistDicomPort().orElseThrow());
  }

  @AfterAll
  static void stop() {
    room.close();
  }

  @Test
  void aPerformerFindsClaimsUpdatesAndCompletes() {
    ProposalMade proposal = room.propose("pull");
    String uid = WorklistRoom.uid(proposal);
    List<DataSet> found =
        find(
            new DataSet()
                .put(UpsAttribute.STATE, "SCHEDULED")
                .put(UpsAttribute.STUDY_INSTANCE_UID, proposal.input().reference().study().value())
                .putItems(UpsAttribute.INPUT_INFORMATION, List.of()));
    assertEquals(1, found.size());
    assertEquals(uid, found.get(0).text(UpsAttribute.SOP_INSTANCE_UID).orElseThrow());
    assertEquals("Doe^Jane", found.get(0).text(UpsAttribute.PATIENT_NAME).orElseThrow());
    DataSet input = found.get(0).items(UpsAttribute.INPUT_INFORMATION).get(0);
    assertEquals(
        proposal.series().value(), input.text(UpsAttribute.SERIES_INSTANCE_UID).orElseThrow());
    assertEquals(4, input.items(UpsAttribute.REFERENCED_SOP_SEQUENCE).size());
    assertEquals(0xC310, changeState(uid, "COMPLETED", "1.2.3"));
    assertEquals(0, changeState(uid, "IN PROGRESS", "1.2.3"));
    assertEquals(0xC302, changeState(uid, "IN PROGRESS", "1.2.4"));
    String task = "/api/tasks/" + ReviewCase.taskOf(proposal.id());
    assertEquals(409, room.as("anna").api(task + "/claim", "{}").status(), "held for all doors");
    assertEquals(0xC301, changeState(uid, "COMPLETED", "1.2.4"));
    assertEquals(0xC304, changeState(uid, "COMPLETED", "1.2.3"));
    DataSet performed = WorkitemJson.parse(WorklistRoom.performed());
    assertEquals(0xC301, scu.set(AE, uid, with(performed, "1.2.9")).status());
    assertEquals(0, scu.set(AE, uid, with(performed, "1.2.3")).status());
    assertEquals(0, changeState(uid, "COMPLETED", "1.2.3"));
    assertEquals(0xB306, changeState(uid, "COMPLETED", "1.2.3"));
    assertEquals(0xC300, changeState(uid, "CANCELED", "1.2.3"));
    assertEquals(0xC300, changeState(uid, "IN PROGRESS", "1.2.5"));
    assertEquals(0xC300, scu.set(AE, uid, with(performed, "1.2.3")).status());
    Answer got = scu.get(AE, uid);
    assertEquals(0, got.status());
    DataSet ended = got.attributes().get(0);
    assertEquals("COMPLETED", ended.text(UpsAttribute.STATE).orElseThrow());
    assertFalse(ended.contains(UpsAttribute.TRANSACTION_UID));
    assertEquals(1, room.corrections(proposal.series()).size());
    assertEquals("ae:WS1", room.corrections(proposal.series()).get(0).reader());
    assertTrue(
        room.server.security().audit().before(Long.MAX_VALUE, 100).stream()
            .anyMatch(
                entry ->
                    entry.fact().action() == AuditAction.TASK_SUBMITTED
                        && entry.fact().actor().equals("ae:WS1")
                        && entry.fact().target().equals(uid)));
  }

  @Test
  void aStepIsCreatedAndCanceledByAnotherSystem() {
    ProposalMade proposal = room.propose("push");
    DataSet creation = WorkitemJson.parse(WorklistTest.creation(proposal.series().value(), "LOW"));
    Answer created = scu.create(AE, "1.2.3.77", creation);
    assertEquals(0xB300, created.status(), created.comment());
    assertEquals("1.2.3.77", created.uid());
    assertEquals(0x0111, scu.create(AE, "1.2.3.77", creation).status());
    Answer unnamed = scu.create(AE, "", creation);
    assertEquals(0xB300, unnamed.status());
    assertEquals(0, scu.get(AE, unnamed.uid()).status());
    var nothing = new DataSet();
    assertEquals(0x0106, scu.create(AE, "1.2.3.78", nothing).status());
    assertEquals(0, scu.requestCancel(AE, "1.2.3.77", nothing).status());
    assertEquals("CANCELED", room.as("anna").stateOf("1.2.3.77"));
    assertEquals(0xB304, scu.requestCancel(AE, "1.2.3.77", nothing).status());
    assertEquals(0xC307, scu.requestCancel(AE, "1.2.3.79", nothing).status());
    assertEquals(0xC307, scu.get(AE, "1.2.3.79").status());
  }

  @Test
  void allThatMatchesIsFoundHoweverMuchItIs() {
    var uids = new HashSet<String>();
    for (int number = 0; number < 5; number++) {
      uids.add(room.workitem("many-" + number));
    }
    var found = new HashSet<String>();
    for (DataSet workitem : find(new DataSet().put(UpsAttribute.SOP_INSTANCE_UID))) {
      found.add(workitem.text(UpsAttribute.SOP_INSTANCE_UID).orElseThrow());
    }
    assertTrue(found.containsAll(uids));
  }

  @Test
  void whatIsNoKeyIsRefusedAndAnUnknownTitleIsNotLetIn() {
    Answer refused = scu.find(AE, new DataSet().put(UpsAttribute.ADMISSION_ID, "7"), match -> true);
    assertEquals(0xA900, refused.status());
    assertThrows(UncheckedIOException.class, () -> scu.get("STRANGER", "1.2.3"));
  }

  private static List<DataSet> find(DataSet keys) {
    List<DataSet> found = new ArrayList<>();
    Answer end = scu.find(AE, keys, match -> found.add(match));
    assertEquals(0, end.status(), end.comment());
    return found;
  }

  private static int changeState(String uid, String state, String transaction) {
    return scu.changeState(AE, uid, WorkitemJson.parse(WorklistRoom.state(state, transaction)))
        .status();
  }

  private static DataSet with(DataSet performed, String transaction) {
    return performed.with(new DataSet().put(UpsAttribute.TRANSACTION_UID, transaction));
  }
}
