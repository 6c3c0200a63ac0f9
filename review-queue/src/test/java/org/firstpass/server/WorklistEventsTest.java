package org.firstpass.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import org.firstpass.event.ProposalMade;
import org.firstpass.review.ReviewCase;
import org.firstpass.server.WorklistRoom.Caller;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Subscriptions and event reports over a real WebSocket, across both doors and two processes. */
final class WorklistEventsTest {
  private static final String WORKITEMS = "/dicom-web/workitems/";
  private static final String GLOBAL = WORKITEMS + "1.2.840.10008.5.1.4.34.5/subscribers/";
  private static final String FILTERED = WORKITEMS + "1.2.840.10008.5.1.4.34.5.1/subscribers/";

  @TempDir static Path folder;
  private static WorklistRoom room;
  private static Caller anna;
  private static Caller ben;

  @BeforeAll
  static void start() {
    room = new WorklistRoom(folder);
    anna = room.as("anna");
    ben = room.as("ben");
  }

  @AfterAll
  static void stop() {
    room.close();
  }

  private static void subscribe(Caller caller, String uid, String aeTitle) {
    assertEquals(201, caller.post(WORKITEMS + uid + "/subscribers/" + aeTitle, "").status());
  }

  @Test
  void aSubscriberHearsOfEveryStepOfAWorkitem() {
    String uid = room.workitem("steps");
    try (var channel = EventChannelClient.open(ben, "WATCHER")) {
      WorklistRoom.Answer subscribed = ben.post(WORKITEMS + uid + "/subscribers/WATCHER", "");
      assertEquals(201, subscribed.status());
      assertTrue(subscribed.header("Content-Location").startsWith("ws://127.0.0.1:"));
      assertTrue(subscribed.header("Content-Location").endsWith("/dicom-web/subscribers/WATCHER"));
      JsonNode initial = channel.next();
      assertEquals("1.2.840.10008.5.1.4.34.6.1", initial.at("/00000002/Value/0").asText());
      assertEquals(1, initial.at("/00000110/Value/0").asInt());
      assertEquals(uid, initial.at("/00001000/Value/0").asText());
      assertEquals(1, initial.at("/00001002/Value/0").asInt());
      assertEquals("READY", initial.at("/00404041/Value/0").asText());
      assertEquals("SCHEDULED", initial.at("/00741000/Value/0").asText());
      anna.state(uid, "IN PROGRESS", "1.2.3");
      assertEquals("1 " + uid + " IN PROGRESS", channel.nextInShort());
      anna.post(
          WORKITEMS + uid + "?1.2.3",
          "[{\"00741002\":{\"vr\":\"SQ\",\"Value\":[{\"00741004\":{\"vr\":\"DS\",\"Value\":[50]},"
              + "\"00741006\":{\"vr\":\"ST\",\"Value\":[\"Liver done\"]}}]}}]");
      JsonNode progress = channel.next();
      assertEquals(3, progress.at("/00001002/Value/0").asInt());
      assertEquals(3, progress.at("/00000110/Value/0").asInt());
      assertEquals("Liver done", progress.at("/00741002/Value/0/00741006/Value/0").asText());
      anna.post(
          WORKITEMS + uid + "?1.2.3",
          "[{\"00404034\":{\"vr\":\"SQ\",\"Value\":[{\"00404009\":{\"vr\":\"SQ\",\"Value\":["
              + WorklistRoom.code("anna", "99FIRSTPASS", "anna")
              + "]}}]}}]");
      JsonNode assigned = channel.next();
      assertEquals(5, assigned.at("/00001002/Value/0").asInt());
      assertEquals("anna", assigned.at("/00404009/Value/0/00080100/Value/0").asText());
      room.as("scheduler")
          .post(
              WORKITEMS + uid + "/cancelrequest",
              "[{\"00741238\":{\"vr\":\"LT\",\"Value\":[\"Wrong series\"]},"
                  + "\"0074100C\":{\"vr\":\"LO\",\"Value\":[\"Front desk\"]}}]");
      JsonNode wish = channel.next();
      assertEquals(2, wish.at("/00001002/Value/0").asInt());
      assertEquals("scheduler", wish.at("/00741236/Value/0").asText());
      assertEquals("Wrong series", wish.at("/00741238/Value/0").asText());
      assertEquals("Front desk", wish.at("/0074100C/Value/0").asText());
      anna.post(WORKITEMS + uid + "?1.2.3", WorklistRoom.performed());
      assertEquals(200, anna.state(uid, "COMPLETED", "1.2.3").status());
      assertEquals("1 " + uid + " COMPLETED", channel.nextInShort());
    }
  }

  @Test
  void whatTheOtherDoorDoesIsReportedToo() {
    ProposalMade proposal = room.propose("other-door");
    String uid = WorklistRoom.uid(proposal);
    String task = "/api/tasks/" + ReviewCase.taskOf(proposal.id());
    try (var channel = EventChannelClient.open(ben, "DOOR")) {
      subscribe(ben, uid, "DOOR");
      channel.nextInShort();
      String transaction = anna.api(task + "/claim", "{}").json().path("transaction").asText();
      assertEquals("1 " + uid + " IN PROGRESS", channel.nextInShort());
      anna.api(task + "/release", "{\"transaction\":\"" + transaction + "\"}");
      assertEquals("1 " + uid + " SCHEDULED", channel.nextInShort());
      transaction = anna.api(task + "/claim", "{}").json().path("transaction").asText();
      assertEquals("1 " + uid + " IN PROGRESS", channel.nextInShort());
      anna.api(
          task + "/discontinue", "{\"transaction\":\"" + transaction + "\",\"reason\":\"110531\"}");
      JsonNode canceled = channel.next();
      assertEquals("CANCELED", canceled.at("/00741000/Value/0").asText());
      assertEquals("110531", canceled.at("/0074100E/Value/0/00080100/Value/0").asText());
    }
  }

  @Test
  void aScheduledWorkitemIsCanceledByWayOfInProgress() {
    String uid = room.workitem("by-way");
    try (var channel = EventChannelClient.open(ben, "WAY")) {
      subscribe(ben, uid, "WAY");
      channel.nextInShort();
      assertEquals(202, ben.post(WORKITEMS + uid + "/cancelrequest", "").status());
      assertEquals("1 " + uid + " IN PROGRESS", channel.nextInShort());
      assertEquals("1 " + uid + " CANCELED", channel.nextInShort());
    }
  }

  @Test
  void anExpiredLeaseIsReportedOnceAndItsRenewalToo() {
    String uid = room.workitem("lease");
    try (var channel = EventChannelClient.open(ben, "LEASE")) {
      subscribe(ben, uid, "LEASE");
      channel.nextInShort();
      anna.state(uid, "IN PROGRESS", "1.2.3");
      assertEquals("1 " + uid + " IN PROGRESS", channel.nextInShort());
      room.clock.advance(WorklistRoom.LEASE.plus(Duration.ofSeconds(1)));
      assertEquals("1 " + uid + " SCHEDULED", channel.nextInShort());
      assertEquals(200, anna.post(WORKITEMS + uid + "?1.2.3", "[{}]").status());
      assertEquals("1 " + uid + " IN PROGRESS", channel.nextInShort());
      room.clock.advance(WorklistRoom.LEASE.plus(Duration.ofSeconds(1)));
      assertEquals("1 " + uid + " SCHEDULED", channel.nextInShort());
      ben.state(uid, "IN PROGRESS", "1.2.4");
      assertEquals("1 " + uid + " IN PROGRESS", channel.nextInShort());
    }
  }

  @Test
  void aGlobalSubscriptionIsOfWhatIsThereAndWhatComesUntilItIsSuspended() {
    String before = room.workitem("global-before");
    try (var channel = EventChannelClient.open(anna, "GLOBAL")) {
      assertEquals(201, anna.post(GLOBAL + "GLOBAL", "").status());
      String created = room.workitem("global-after");
      assertEquals("1 " + created + " SCHEDULED", channel.nextInShort(), "no initial reports");
      anna.state(before, "IN PROGRESS", "1.2.3");
      assertEquals("1 " + before + " IN PROGRESS", channel.nextInShort());
      assertEquals(
          200, anna.send("DELETE", WORKITEMS + before + "/subscribers/GLOBAL", "", "").status());
      assertEquals(
          404, anna.send("DELETE", WORKITEMS + before + "/subscribers/GLOBAL", "", "").status());
      anna.post(WORKITEMS + before + "?1.2.3", WorklistRoom.givenUp("110531"));
      anna.state(before, "CANCELED", "1.2.3");
      assertEquals(200, anna.post(GLOBAL + "GLOBAL/suspend", "").status());
      assertEquals(404, anna.post(GLOBAL + "GLOBAL/suspend", "").status());
      room.workitem("global-suspended");
      anna.state(created, "IN PROGRESS", "1.2.3");
      assertEquals("1 " + created + " IN PROGRESS", channel.nextInShort());
      assertEquals(200, anna.send("DELETE", GLOBAL + "GLOBAL", "", "").status());
      assertEquals(404, anna.send("DELETE", GLOBAL + "GLOBAL", "", "").status());
      anna.post(WORKITEMS + created + "?1.2.3", WorklistRoom.givenUp("110531"));
      anna.state(created, "CANCELED", "1.2.3");
      String last = room.workitem("global-last");
      subscribe(anna, last, "GLOBAL");
      assertEquals("1 " + last + " SCHEDULED", channel.nextInShort());
    }
  }

  @Test
  void aGlobalSubscriptionWithALockBeginsWithWhatIsThere() {
    String there = room.workitem("locked");
    try (var channel = EventChannelClient.open(anna, "LOCK")) {
      assertEquals(201, anna.post(GLOBAL + "LOCK?deletionlock=true", "").status());
      String report = channel.nextInShort();
      while (!report.equals("1 " + there + " SCHEDULED")) {
        report = channel.nextInShort();
      }
      assertEquals(400, anna.post(GLOBAL + "LOCK?deletionlock=maybe", "").status());
      assertEquals(200, anna.send("DELETE", GLOBAL + "LOCK", "", "").status());
    }
  }

  @Test
  void aFilteredSubscriptionIsOfWhatMatches() {
    ProposalMade first = room.propose("filter-first");
    ProposalMade second = room.propose("filter-second");
    String study = first.input().reference().study().value();
    assertEquals(400, anna.post(FILTERED + "FILTER", "").status());
    assertEquals(400, anna.post(FILTERED + "FILTER?filter=PatientName%3DDoe", "").status());
    try (var channel = EventChannelClient.open(anna, "FILTER")) {
      String filter = "?filter=StudyInstanceUID%3D" + study + "&deletionlock=true";
      assertEquals(201, anna.post(FILTERED + "FILTER" + filter, "").status());
      assertEquals("1 " + WorklistRoom.uid(first) + " SCHEDULED", channel.nextInShort());
      anna.state(WorklistRoom.uid(second), "IN PROGRESS", "1.2.3");
      String created =
          room.as("scheduler")
              .post("/dicom-web/workitems", WorklistTest.creation(first.series().value(), "LOW"))
              .header("Location");
      String uid = created.substring(created.lastIndexOf('/') + 1);
      assertEquals("1 " + uid + " SCHEDULED", channel.nextInShort());
      anna.send("DELETE", FILTERED + "FILTER", "", "");
    }
  }

  @Test
  void anotherUserOfTheSameTitleHearsNothing() {
    String uid = room.workitem("same-title");
    try (var hers = EventChannelClient.open(anna, "TITLE");
        var his = EventChannelClient.open(ben, "TITLE")) {
      subscribe(anna, uid, "TITLE");
      assertEquals("1 " + uid + " SCHEDULED", hers.nextInShort());
      anna.state(uid, "IN PROGRESS", "1.2.3");
      assertEquals("1 " + uid + " IN PROGRESS", hers.nextInShort());
      String other = room.workitem("same-title-other");
      subscribe(ben, other, "TITLE");
      assertEquals("1 " + other + " SCHEDULED", his.nextInShort(), "the first that he hears");
    }
  }

  @Test
  void aChannelOfOneProcessHearsOfAnotherAndOfItsEnd() {
    String uid = room.workitem("two");
    try (ReviewServer second = room.server()) {
      second.start();
      Caller there = room.as("ben", second);
      try (var channel = EventChannelClient.open(there, "TWO")) {
        subscribe(there, uid, "TWO");
        assertEquals("1 " + uid + " SCHEDULED", channel.nextInShort());
        anna.state(uid, "IN PROGRESS", "1.2.3");
        assertEquals("1 " + uid + " IN PROGRESS", channel.nextInShort());
        second.close();
        JsonNode end = channel.next();
        assertEquals(4, end.at("/00001002/Value/0").asInt());
        assertEquals("GOING DOWN", end.at("/00741242/Value/0").asText());
      }
    }
    try (ReviewServer third = room.server()) {
      third.start();
      try (var channel = EventChannelClient.open(room.as("ben", third), "TWO")) {
        JsonNode begin = channel.next();
        assertEquals("RESTARTED", begin.at("/00741242/Value/0").asText());
        assertEquals("WARM START", begin.at("/00741244/Value/0").asText());
        assertEquals("WARM START", begin.at("/00741246/Value/0").asText());
      }
    }
  }

  @Test
  void aChannelIsForWhoShowsATokenAndAnAeTitle() {
    int port = room.server.port();
    String path = "/dicom-web/subscribers/ANNA";
    String bearer = "Bearer " + anna.token;
    assertEquals(401, EventChannelClient.handshake(port, path));
    assertEquals(401, EventChannelClient.handshake(port, path, "Authorization", "Bearer x"));
    assertEquals(
        403, EventChannelClient.handshake(port, path, "Cookie", "firstpass=" + anna.token));
    assertEquals(
        400,
        EventChannelClient.handshake(
            port, "/dicom-web/subscribers/seventeen-letters", "Authorization", bearer));
    assertEquals(101, EventChannelClient.handshake(port, path, "Authorization", bearer));
    assertEquals(426, anna.get(path).status());
    assertEquals(400, anna.post(WORKITEMS + "1.2.3/subscribers/seventeen-letters", "").status());
    assertEquals(404, anna.post(WORKITEMS + "1.2.3/subscribers/ANNA", "").status());
    assertEquals(400, anna.post(WORKITEMS + "1.2.3/subscribers/ANNA/suspend", "").status());
  }
}
