package org.firstpass.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.firstpass.dicom.DicomPeer;
import org.firstpass.dicom.dataset.DataSet;
import org.firstpass.event.ProposalMade;
import org.firstpass.server.RawAssociation.Message;
import org.firstpass.server.WorklistRoom.Caller;
import org.firstpass.testing.Deadline;
import org.firstpass.testing.FreePort;
import org.firstpass.ups.UpsAttribute;
import org.firstpass.ups.UpsUids;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Subscriptions by DIMSE, and event reports on associations to those who are subscribed. */
final class DimseEventsTest {
  private static final String MANAGER = "WS1";
  @TempDir static Path folder;
  private static WatchingEntity watcher;
  private static int latePort;
  private static WorklistRoom room;
  private static WorklistCaller caller;
  private static Caller anna;

  @BeforeAll
  static void start() {
    watcher = new WatchingEntity(0);
    Map<String, DicomPeer> receivers = new HashMap<>();
    for (String title : List.of("STEPS", "GLOBAL", "LOCK", "FILTER", "PRESENT", "REFUSES")) {
      receivers.put(title, watcher.peer(title));
    }
    latePort = FreePort.find();
    for (String title : List.of("AWAY", "RESTART")) {
      receivers.put(title, WatchingEntity.peer(title, latePort));
    }
    room = new WorklistRoom(folder, receivers);
    caller = WorklistCaller.of(room.server.worklistDicomPort().orElseThrow());
    anna = room.as("anna");
  }

  @AfterAll
  static void stop() {
    room.close();
    watcher.close();
  }

  private static DataSet receiver(String title) {
    return new DataSet().put(UpsAttribute.RECEIVING_AE, title);
  }

  private static DataSet locking(String title, String lock) {
    return receiver(title).put(UpsAttribute.DELETION_LOCK, lock);
  }

  @Test
  void aSubscriberIsToldOfEveryStepOnAnAssociationToIt() {
    String uid = room.workitem("dimse-steps");
    assertEquals(0, caller.subscribe(MANAGER, uid, locking("STEPS", "FALSE")).status());
    Message initial = watcher.next("STEPS");
    assertEquals("1.2.840.10008.5.1.4.34.6.1", initial.text(0x0002));
    assertEquals(0x0100, initial.number(0x0100));
    assertEquals(uid, initial.text(0x1000));
    assertEquals(1, initial.number(0x1002));
    DataSet state = data(initial);
    assertEquals("SCHEDULED", state.text(UpsAttribute.STATE).orElseThrow());
    assertEquals("READY", state.text(UpsAttribute.INPUT_READINESS).orElseThrow());
    assertTrue(
        watcher.lastProposal.contains("1.2.840.10008.5.1.4.34.6.4\0\1"), "as SCP of UPS Event");
    anna.state(uid, "IN PROGRESS", "1.2.3");
    assertEquals("1 " + uid + " IN PROGRESS", watcher.nextInShort("STEPS"));
    anna.post(
        "/dicom-web/workitems/" + uid + "?1.2.3",
        "[{\"00741002\":{\"vr\":\"SQ\",\"Value\":[{\"00741004\":{\"vr\":\"DS\",\"Value\":[50]},"
            + "\"00741006\":{\"vr\":\"ST\",\"Value\":[\"Léber fertig\"]}}]}}]");
    Message progress = watcher.next("STEPS");
    assertEquals(3, progress.number(0x1002));
    DataSet item = data(progress).items(UpsAttribute.PROGRESS_INFORMATION).get(0);
    assertEquals("Léber fertig", item.text(UpsAttribute.PROGRESS_DESCRIPTION).orElseThrow());
    DataSet wish =
        new DataSet()
            .put(UpsAttribute.REASON_FOR_CANCELLATION, "Wrong series")
            .put(UpsAttribute.CONTACT_DISPLAY_NAME, "Front desk");
    assertEquals(0, caller.requestCancel(MANAGER, uid, wish).status());
    Message wished = watcher.next("STEPS");
    assertEquals(2, wished.number(0x1002));
    DataSet told = data(wished);
    assertEquals("WS1", told.text(UpsAttribute.REQUESTING_AE).orElseThrow());
    assertEquals("Wrong series", told.text(UpsAttribute.REASON_FOR_CANCELLATION).orElseThrow());
    anna.post("/dicom-web/workitems/" + uid + "?1.2.3", WorklistRoom.performed());
    anna.state(uid, "COMPLETED", "1.2.3");
    assertEquals("1 " + uid + " COMPLETED", watcher.nextInShort("STEPS"));
  }

  private static DataSet data(Message message) {
    return Objects.requireNonNull(message.data());
  }

  @Test
  void theGlobalWorklistIsOfWhatComesUntilItIsSuspended() {
    // Nobody is to hear of what other tests left.
    Deadline.await(
        "that leases that are over were told of",
        () ->
            room.count(
                    "select count(*) from review.task where state = 'CLAIMED'"
                        + " and lease_until <= ? and expiry_told is distinct from lease_until",
                    room.clock.instant())
                == 0);
    String before = room.workitem("dimse-before");
    assertEquals(
        0,
        caller
            .subscribe(MANAGER, UpsUids.GLOBAL_SUBSCRIPTION, locking("GLOBAL", "FALSE"))
            .status());
    String created = room.workitem("dimse-after");
    assertEquals(
        "1 " + created + " SCHEDULED", watcher.nextInShort("GLOBAL"), "no initial reports");
    anna.state(before, "IN PROGRESS", "1.2.3");
    assertEquals("1 " + before + " IN PROGRESS", watcher.nextInShort("GLOBAL"));
    assertEquals(
        0, caller.suspend(MANAGER, UpsUids.GLOBAL_SUBSCRIPTION, receiver("GLOBAL")).status());
    room.workitem("dimse-suspended");
    anna.state(created, "IN PROGRESS", "1.2.3");
    assertEquals("1 " + created + " IN PROGRESS", watcher.nextInShort("GLOBAL"));
    assertEquals(0, caller.unsubscribe(MANAGER, created, receiver("GLOBAL")).status());
    assertEquals(0xC314, caller.unsubscribe(MANAGER, created, receiver("GLOBAL")).status());
    anna.post("/dicom-web/workitems/" + created + "?1.2.3", WorklistRoom.givenUp("110531"));
    anna.state(created, "CANCELED", "1.2.3");
    anna.post("/dicom-web/workitems/" + before + "?1.2.3", WorklistRoom.givenUp("110531"));
    assertEquals("3 " + before, watcher.nextInShort("GLOBAL"));
    anna.state(before, "CANCELED", "1.2.3");
    Message canceled = watcher.next("GLOBAL");
    DataSet reason = data(canceled).items(UpsAttribute.DISCONTINUATION_REASONS).get(0);
    assertEquals("110531", reason.text(UpsAttribute.CODE_VALUE).orElseThrow());
  }

  @Test
  void aLockOnTheGlobalWorklistBeginsWithAllThatIsThere() {
    String first = room.workitem("dimse-locked-1");
    String second = room.workitem("dimse-locked-2");
    caller.subscribe(MANAGER, UpsUids.GLOBAL_SUBSCRIPTION, locking("LOCK", "TRUE"));
    var there = new HashSet<>(List.of(first, second));
    while (!there.isEmpty()) {
      there.remove(watcher.next("LOCK").text(0x1000));
    }
    long locked =
        room.count(
            "select count(*) from review.workitem_subscription where deletion_lock"
                + " and ae_title = 'LOCK'");
    assertTrue(locked >= 2);
  }

  @Test
  void theFilteredWorklistIsOfWhatMatches() {
    ProposalMade first = room.propose("dimse-filter-1");
    ProposalMade second = room.propose("dimse-filter-2");
    String study = first.input().reference().study().value();
    DataSet filter =
        locking("FILTER", "FALSE")
            .put(UpsAttribute.STUDY_INSTANCE_UID, study, "1.2.3")
            .put(UpsAttribute.LABEL, "Review, of*");
    assertEquals(0x0106, subscribeFiltered(locking("FILTER", "TRUE")));
    assertEquals(
        0x0106,
        subscribeFiltered(locking("FILTER", "TRUE").put(UpsAttribute.PATIENT_NAME, "Doe^Jane")));
    assertEquals(0, subscribeFiltered(filter), "a comma is part of a value");
    filter.put(UpsAttribute.LABEL, "Review of*").put(UpsAttribute.DELETION_LOCK, "TRUE");
    assertEquals(0, subscribeFiltered(filter));
    assertEquals("1 " + WorklistRoom.uid(first) + " SCHEDULED", watcher.nextInShort("FILTER"));
    anna.state(WorklistRoom.uid(second), "IN PROGRESS", "1.2.3");
    anna.state(WorklistRoom.uid(first), "IN PROGRESS", "1.2.3");
    assertEquals("1 " + WorklistRoom.uid(first) + " IN PROGRESS", watcher.nextInShort("FILTER"));
  }

  private static int subscribeFiltered(DataSet action) {
    return caller.subscribe(MANAGER, UpsUids.FILTERED_SUBSCRIPTION, action).status();
  }

  @Test
  void whoCannotBeReachedAndWhatIsNotThereIsNotSubscribed() {
    String uid = room.workitem("dimse-unknown");
    assertEquals(0xC308, caller.subscribe(MANAGER, uid, receiver("NOWHERE")).status());
    assertEquals(0xC308, caller.subscribe(MANAGER, uid, new DataSet()).status());
    assertEquals(0xC307, caller.subscribe(MANAGER, "1.2.3.9", receiver("PRESENT")).status());
    assertEquals(0xC314, caller.suspend(MANAGER, uid, receiver("PRESENT")).status());
    assertEquals(0xC314, caller.unsubscribe(MANAGER, uid, receiver("PRESENT")).status());
  }

  @Test
  void anEntityThatIsAwayIsToldInOrderWhenItIsBackAndHoldsUpNobody() {
    String uid = room.workitem("dimse-away");
    caller.subscribe(MANAGER, uid, locking("AWAY", "FALSE"));
    caller.subscribe(MANAGER, uid, locking("PRESENT", "FALSE"));
    assertEquals("1 " + uid + " SCHEDULED", watcher.nextInShort("PRESENT"));
    anna.state(uid, "IN PROGRESS", "1.2.3");
    assertEquals("1 " + uid + " IN PROGRESS", watcher.nextInShort("PRESENT"));
    assertEquals(2, waiting("AWAY"));
    try (var late = new WatchingEntity(latePort)) {
      room.clock.advance(Duration.ofSeconds(60));
      assertEquals("1 " + uid + " IN PROGRESS", late.nextInShort("AWAY"), "initial: as it is now");
      assertEquals("1 " + uid + " IN PROGRESS", late.nextInShort("AWAY"));
      Deadline.await("an empty lane", () -> waiting("AWAY") == 0);
    }
  }

  @Test
  void aReportThatIsAlwaysRefusedIsGivenUpAndTheNextOneGoes() {
    String uid = room.workitem("dimse-refused");
    watcher.answer("REFUSES", 0x0110);
    caller.subscribe(MANAGER, uid, locking("REFUSES", "FALSE"));
    for (int refusals = 1; refusals <= 3; refusals++) {
      assertEquals("1 " + uid + " SCHEDULED", watcher.nextInShort("REFUSES"));
      int before = refusals;
      Deadline.await(
          "that it was put back or given up",
          () ->
              room.count(
                      "select count(*) from review.event_report where ae_title = 'REFUSES'"
                          + " and (refusals < ? or claimed_until is not null)",
                      before)
                  == 0);
      room.clock.advance(Duration.ofSeconds(60));
    }
    assertEquals(0, waiting("REFUSES"));
    watcher.answer("REFUSES", 0);
    anna.state(uid, "IN PROGRESS", "1.2.3");
    room.clock.advance(Duration.ofSeconds(60));
    assertEquals("1 " + uid + " IN PROGRESS", watcher.nextInShort("REFUSES"));
  }

  @Test
  void whatWasNotToldBeforeTheEndIsToldAfterARestart() {
    String uid = room.workitem("dimse-restart");
    caller.subscribe(MANAGER, uid, locking("RESTART", "FALSE"));
    Deadline.await("an attempt", () -> waiting("RESTART") == 1);
    try (var late = new WatchingEntity(latePort);
        ReviewServer second = room.server()) {
      second.start();
      assertEquals("1 " + uid + " SCHEDULED", late.nextInShort("RESTART"));
      Message restarted = late.next("RESTART");
      assertEquals(4, restarted.number(0x1002));
      assertEquals(UpsUids.GLOBAL_SUBSCRIPTION, restarted.text(0x1000));
      assertEquals("RESTARTED", data(restarted).text(UpsAttribute.SCP_STATUS).orElseThrow());
    }
  }

  private static long waiting(String title) {
    return room.count("select count(*) from review.event_report where ae_title = ?", title);
  }
}
