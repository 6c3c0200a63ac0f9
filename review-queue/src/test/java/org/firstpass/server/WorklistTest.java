package org.firstpass.server;

import static org.firstpass.server.WorklistRoom.performed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.spi.ILoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.firstpass.event.ProposalMade;
import org.firstpass.security.AuditAction;
import org.firstpass.server.WorklistRoom.Answer;
import org.firstpass.server.WorklistRoom.Caller;
import org.firstpass.study.DicomUid;
import org.firstpass.study.NameBasedUuid;
import org.firstpass.testing.Deadline;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * UPS-RS over HTTP, with a real broker, database and store: every transaction and how it says no.
 */
final class WorklistTest {
  private static final String WORKITEMS = "/dicom-web/workitems";

  @TempDir static Path folder;
  private static WorklistRoom room;
  private static Caller anna;
  private static Caller scheduler;

  @BeforeAll
  static void start() {
    room = new WorklistRoom(folder);
    logIn();
  }

  private static void logIn() {
    anna = room.as("anna");
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
  void aTaskIsAWorkitemWithWhatTheStandardAsksFor() {
    ProposalMade proposal = room.propose("shown");
    String uid = WorklistRoom.uid(proposal);
    Answer answer = anna.get(at(uid));
    assertEquals(200, answer.status(), answer.body());
    assertTrue(answer.header("Content-Type").startsWith("application/dicom+json"));
    assertEquals("1.2.840.10008.5.1.4.34.6.1", answer.text("00080016"));
    assertEquals(uid, answer.text("00080018"));
    assertEquals("SCHEDULED", answer.text("00741000"));
    assertEquals("READY", answer.text("00404041"));
    assertEquals("Firstpass review", answer.text("00741202"));
    assertEquals("Review of abdomen", answer.text("00741204"));
    assertEquals(proposal.input().reference().study().value(), answer.text("0020000D"));
    JsonNode workitem = answer.json().get(0);
    assertEquals("110005", workitem.at("/00404018/Value/0/00080100/Value/0").asText());
    JsonNode source = workitem.at("/00404021/Value/0");
    assertEquals(proposal.series().value(), source.at("/0020000E/Value/0").asText());
    assertEquals(4, source.at("/00081199/Value").size());
    assertTrue(
        source
            .at("/0040E025/Value/0/00081190/Value/0")
            .asText()
            .endsWith(proposal.series().value()));
    assertEquals(
        DicomUid.of(NameBasedUuid.of("segmentation instance", proposal.id().toString())),
        workitem.at("/00404021/Value/1/00081199/Value/0/00081155/Value/0").asText());
    assertEquals("phantom", workitem.at("/00741210/Value/0/0040A160/Value/0").asText());
    assertFalse(workitem.path("00404025").has("Value"), "an empty attribute has no Value");
  }

  @Test
  void aPatientIsShownToWhoReadsAndNotToWhoOnlyFollows() {
    String uid = room.workitem("patient");
    JsonNode shown = anna.get(at(uid)).json().get(0);
    assertEquals("Doe^Jane", shown.at("/00100010/Value/0/Alphabetic").asText());
    assertEquals("PID-patient", shown.at("/00100020/Value/0").asText());
    for (String user : List.of("mia", "admin")) {
      JsonNode hidden = room.as(user).get(at(uid)).json().get(0);
      assertTrue(hidden.has("00100010"));
      assertFalse(hidden.toString().contains("Jane"), user);
      assertFalse(hidden.toString().contains("PID-"), user);
    }
  }

  @Test
  void theTransactionIsToldToNobody() {
    String uid = room.workitem("secret");
    assertEquals(200, anna.state(uid, "IN PROGRESS", "1.2.3.77777").status());
    assertEquals("IN PROGRESS", anna.stateOf(uid));
    assertFalse(anna.get(at(uid)).body().contains("1.2.3.77777"));
    assertFalse(anna.get(WORKITEMS + "?includefield=all").body().contains("1.2.3.77777"));
  }

  @Test
  void whatIsNotThereIsNotFoundAndWhatIsNoRequestIsBad() {
    String uid = room.workitem("bad");
    for (String unknown : List.of("1.2.3.4", "2.25.1", "no-uid", "2.25.1.1")) {
      assertEquals(404, anna.get(at(unknown)).status(), unknown);
      assertEquals(404, anna.post(at(unknown), "[{}]").status(), unknown);
      assertEquals(404, anna.state(unknown, "IN PROGRESS", "1.2.3").status(), unknown);
      assertEquals(404, anna.post(at(unknown) + "/cancelrequest", "").status(), unknown);
    }
    String state = at(uid) + "/state";
    assertEquals(400, anna.put(state, "no json").status());
    assertEquals(400, anna.put(state, "[{},{}]").status());
    assertEquals(400, anna.put(state, "{\"0074\":{}}").status());
    assertEquals(400, anna.put(state, "{\"00741000\":\"IN PROGRESS\"}").status());
    assertEquals(400, anna.put(state, "{\"00741000\":{\"vr\":\"SQ\",\"Value\":[{}]}}").status());
    assertEquals(400, anna.put(state, "[".repeat(500) + "]".repeat(500)).status());
    assertEquals(400, anna.state(uid, "DONE", "1.2.3").status());
    assertEquals("SCHEDULED", anna.stateOf(uid));
  }

  @Test
  void whatIsSentIsDicomJsonByEitherNameAndXmlIsNot() {
    String uid = room.workitem("posted-type");
    String label = "[{\"00741204\":{\"vr\":\"LO\",\"Value\":[\"Please look\"]}}]";
    for (String type :
        List.of("application/dicom+json", "application/json", "Application/JSON;charset=utf-8")) {
      assertEquals(200, anna.send("POST", at(uid), label, type).status(), type);
    }
    for (String type :
        List.of("application/dicom+xml", "text/xml", "multipart/related", "text/plain", "")) {
      for (String path : List.of(at(uid), at(uid) + "/cancelrequest")) {
        assertEquals(415, anna.send("POST", path, label, type).status(), path + " " + type);
      }
      assertEquals(415, scheduler.send("POST", WORKITEMS, label, type).status(), type);
      assertEquals(415, anna.send("PUT", at(uid) + "/state", label, type).status(), type);
    }
    assertEquals("SCHEDULED", anna.stateOf(uid));
  }

  @Test
  void whatIsAnsweredIsDicomJsonByEitherNameAndXmlIsNot() {
    String uid = room.workitem("accepted-type");
    for (String path : List.of(at(uid), WORKITEMS + "?SOPInstanceUID=" + uid)) {
      for (String accept :
          List.of(
              "application/dicom+json",
              "application/json",
              "application/*",
              "*/*",
              "application/dicom+xml, application/dicom+json;q=0.1")) {
        Answer answer = anna.send("GET", path, "", "", "Accept", accept);
        assertEquals(200, answer.status(), accept);
        assertTrue(answer.header("Content-Type").startsWith("application/dicom+json"), accept);
      }
      for (String accept :
          List.of(
              "application/dicom+xml",
              "text/html",
              "multipart/related; type=\"application/dicom+json\"",
              "application/dicom+xml, application/dicom+json;q=0")) {
        assertEquals(406, anna.send("GET", path, "", "", "Accept", accept).status(), accept);
      }
      String parameter = path + (path.contains("?") ? "&" : "?") + "accept=";
      assertEquals(406, anna.get(parameter + "application/dicom%2Bxml").status());
      assertEquals(
          200,
          anna.send(
                  "GET", parameter + "application/json", "", "", "Accept", "application/dicom+xml")
              .status());
    }
  }

  @Test
  void aCreatedWorkitemIsOneMoreReadingOfAProposedSeries() {
    ProposalMade proposal = room.propose("again");
    String uid = "1.2.826.0.1.55." + System.identityHashCode(proposal);
    String request = creation(proposal.series().value(), "HIGH");
    Answer created = scheduler.post(WORKITEMS + "?" + uid, request);
    assertEquals(201, created.status(), created.body());
    assertTrue(created.header("Location").endsWith("/dicom-web/workitems/" + uid));
    assertEquals("The Workitem was created with modifications.", created.warning());
    Answer shown = anna.get(at(uid));
    assertEquals("SCHEDULED", shown.text("00741000"));
    assertEquals("HIGH", shown.text("00741200"));
    assertEquals("Second look", shown.text("00741204"));
    UUID task = NameBasedUuid.of("review-task", "workitem", uid);
    assertEquals(404, anna.get(at(DicomUid.of(task))).status());
    JsonNode parts = anna.get("/api/tasks/" + task).json().at("/score/parts");
    assertEquals("asked", parts.get(parts.size() - 1).path("name").asText());
    assertEquals(409, scheduler.post(WORKITEMS + "?" + uid, request).status());
    String known = WorklistRoom.uid(proposal);
    assertEquals(409, scheduler.post(WORKITEMS + "?workitem=" + known, request).status());
    Answer unnamed = scheduler.post(WORKITEMS, request);
    assertEquals(201, unnamed.status());
    assertEquals(200, anna.get(path(unnamed.header("Location"))).status());
    complete(uid, "1.2.3");
    complete(known, "1.2.4");
    assertEquals(2, room.corrections(proposal.series()).size());
  }

  private static String path(String url) {
    return java.net.URI.create(url).getPath();
  }

  private static void complete(String uid, String transaction) {
    assertEquals(200, anna.state(uid, "IN PROGRESS", transaction).status());
    assertEquals(200, anna.post(at(uid) + "?" + transaction, performed()).status());
    assertEquals(200, anna.state(uid, "COMPLETED", transaction).status());
  }

  static String creation(String series, String priority) {
    return "[{\"00741000\":{\"vr\":\"CS\",\"Value\":[\"SCHEDULED\"]},"
        + "\"00741200\":{\"vr\":\"CS\",\"Value\":[\""
        + priority
        + "\"]},\"00741204\":{\"vr\":\"LO\",\"Value\":[\"Second look\"]},"
        + "\"00404005\":{\"vr\":\"DT\",\"Value\":[\"20261102\"]},"
        + "\"00404041\":{\"vr\":\"CS\",\"Value\":[\"READY\"]},"
        + "\"00404021\":{\"vr\":\"SQ\",\"Value\":[{\"0020000E\":{\"vr\":\"UI\",\"Value\":[\""
        + series
        + "\"]}}]}}]";
  }

  @Test
  void whatCannotBeCreatedIsRefused() {
    ProposalMade proposal = room.propose("refused");
    String request = creation(proposal.series().value(), "HIGH");
    assertEquals(400, scheduler.post(WORKITEMS, creation("1.2.3.4", "HIGH")).status());
    for (String tag : List.of("00741000", "00741200", "00741204", "00404005", "00404041")) {
      String without = request.replace(tag, "00400400");
      assertEquals(400, scheduler.post(WORKITEMS, without).status(), tag);
    }
    assertEquals(
        400, scheduler.post(WORKITEMS, request.replace("SCHEDULED", "IN PROGRESS")).status());
    assertEquals(400, scheduler.post(WORKITEMS, request.replace("HIGH", "STAT")).status());
    assertEquals(400, scheduler.post(WORKITEMS + "?a.b", request).status());
    String withTransaction =
        request.replace("[{\"0074", "[{\"00081195\":{\"vr\":\"UI\",\"Value\":[\"1.2\"]},\"0074");
    assertEquals(400, scheduler.post(WORKITEMS, withTransaction).status());
    assertEquals(403, anna.post(WORKITEMS, request).status());
    assertEquals(403, room.as("mia").post(WORKITEMS, request).status());
    assertEquals(403, room.as("mia").state("1.2.3", "IN PROGRESS", "1.2.3").status());
    assertEquals(401, room.new Caller(room.server.port(), "").get(WORKITEMS).status());
  }

  @Test
  void aSearchMatchesPagesAndIncludes() {
    List<String> uids = new ArrayList<>();
    String label = "Search " + System.identityHashCode(uids);
    for (int number = 0; number < 3; number++) {
      String uid = room.workitem("search-" + number);
      uids.add(uid);
      anna.post(
          at(uid), "[{\"00741204\":{\"vr\":\"LO\",\"Value\":[\"" + label + " " + number + "\"]}}]");
    }
    anna.state(uids.get(1), "IN PROGRESS", "1.2.3");
    String all = WORKITEMS + "?ProcedureStepLabel=" + label.replace(" ", "%20") + "*";
    assertEquals(3, anna.get(all).json().size());
    assertEquals(uids.get(1), anna.get(all).text("00080018"), "what is claimed comes first");
    assertEquals(2, anna.get(all + "&ProcedureStepState=SCHEDULED").json().size());
    assertEquals(1, anna.get(all + "&00741000=IN%20PROGRESS").json().size());
    assertEquals(204, anna.get(all + "&ProcedureStepState=COMPLETED").status());
    assertEquals(1, anna.get(all + "&limit=1").json().size());
    assertEquals(1, anna.get(all + "&limit=5&offset=2").json().size());
    String first = WORKITEMS + "?SOPInstanceUID=" + uids.get(0) + "," + uids.get(2);
    assertEquals(2, anna.get(first).json().size());
    Answer found = anna.get(WORKITEMS + "?SOPInstanceUID=" + uids.get(0));
    assertFalse(found.json().get(0).has("00404021"));
    String study = found.text("0020000D");
    Answer included =
        anna.get(
            WORKITEMS + "?StudyInstanceUID=" + study + "&includefield=InputInformationSequence");
    assertEquals(4, included.json().at("/0/00404021/Value/0/00081199/Value").size());
    String series = included.json().at("/0/00404021/Value/0/0020000E/Value/0").asText();
    assertEquals(
        1,
        anna.get(WORKITEMS + "?InputInformationSequence.SeriesInstanceUID=" + series)
            .json()
            .size());
    assertEquals(
        3,
        anna.get(all + "&ScheduledWorkitemCodeSequence.CodeValue=110005&00404005=20261102-")
            .json()
            .size());
    assertEquals(204, anna.get(all + "&00404005=-20201231").status());
    for (String bad : List.of("AdmissionID=7", "Colour=red", "limit=0", "limit=x", "offset=-1")) {
      assertEquals(400, anna.get(WORKITEMS + "?" + bad).status(), bad);
    }
  }

  @Test
  void aPatientOrAnOrderIsMatchedByTheStudyOfTheSource() {
    String uid = room.workitem("of-patient");
    room.workitem("of-another");
    String found = WORKITEMS + "?PatientID=PID-of-patient";
    Deadline.await("that the study is indexed", () -> anna.get(found).status() == 200);
    assertEquals(1, anna.get(found).json().size());
    assertEquals(uid, anna.get(found).text("00080018"));
    String study = anna.get(found).text("0020000D");
    assertEquals(200, anna.get(found + "&PatientName=doe*&StudyInstanceUID=" + study).status());
    assertEquals(204, anna.get(found + "&PatientName=Roe*").status());
    assertEquals(204, anna.get(found + "&PatientName=jane").status());
    Answer fuzzy = anna.get(found + "&PatientName=jane&fuzzymatching=true");
    assertEquals(1, fuzzy.json().size());
    assertEquals("", fuzzy.warning(), "names are matched fuzzily");
    assertEquals(204, anna.get(found + "&ProcedureStepState=COMPLETED").status());
    assertEquals(204, anna.get(found + "&StudyInstanceUID=1.2.3").status());
    assertEquals(204, anna.get(found + "&AccessionNumber=NONE").status());
    assertEquals(400, room.as("mia").get(found).status(), "she sees no patients");
  }

  @Test
  void whatEndedLongAgoIsGoneUnlessSomebodyKeepsIt() {
    String gone = room.workitem("gone");
    String kept = room.workitem("kept");
    complete(gone, "1.2.3");
    complete(kept, "1.2.3");
    assertEquals(201, anna.post(at(kept) + "/subscribers/KEEPER?deletionlock=true", "").status());
    room.clock.advance(Duration.ofDays(31));
    logIn();
    assertEquals(410, anna.get(at(gone)).status());
    assertEquals(410, anna.post(at(gone) + "?1.2.3", "[{}]").status());
    assertEquals(410, anna.state(gone, "COMPLETED", "1.2.3").status());
    assertEquals(200, anna.get(at(kept)).status());
    assertEquals(204, anna.get(WORKITEMS + "?SOPInstanceUID=" + gone).status());
    assertEquals(1, anna.get(WORKITEMS + "?SOPInstanceUID=" + kept).json().size());
    assertEquals(200, anna.send("DELETE", at(kept) + "/subscribers/KEEPER", "", "").status());
    assertEquals(410, anna.get(at(kept)).status());
  }

  @Test
  void noLogLineAndNoEventNamesThePatient() {
    var root =
        (ch.qos.logback.classic.Logger)
            org.slf4j.LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    var lines = new ch.qos.logback.core.read.ListAppender<ILoggingEvent>();
    lines.start();
    root.addAppender(lines);
    ProposalMade proposal = room.propose("nameless");
    String uid = WorklistRoom.uid(proposal);
    assertTrue(anna.get(at(uid)).body().contains("Doe^Jane"));
    anna.get(WORKITEMS + "?PatientName=Doe^Jane".replace("^", "%5E"));
    anna.state(uid, "IN PROGRESS", "1.2.3");
    anna.post(
        at(uid) + "?1.2.3",
        "[{\"00100010\":{\"vr\":\"PN\",\"Value\":[{\"Alphabetic\":\"Doe^Jane\"}]}}]");
    anna.post(at(uid) + "?1.2.3", "[{\"Doe^Jane\":7}]");
    anna.put(at(uid) + "/state", "Doe^Jane");
    anna.post(at(uid) + "?1.2.3", performed());
    anna.state(uid, "COMPLETED", "1.2.3");
    assertEquals(1, room.corrections(proposal.series()).size());
    root.detachAppender(lines);
    assertFalse(lines.list.isEmpty());
    for (ILoggingEvent line : List.copyOf(lines.list)) {
      String text = line.getFormattedMessage() + line.getThrowableProxy();
      assertFalse(text.contains("Jane") || text.contains("PID-"), text);
    }
    long named =
        room.count(
            "select count(*) from review.outbox where data::text like '%Jane%'"
                + " or data::text like '%PID-%'");
    assertEquals(0, named);
    assertEquals(
        0, room.count("select count(*) from review.workitem where attributes like '%Jane%'"));
  }

  @Test
  void whoDidWhatIsAudited() {
    ProposalMade proposal = room.propose("audited");
    String uid = WorklistRoom.uid(proposal);
    anna.state(uid, "IN PROGRESS", "1.2.3");
    anna.post(at(uid) + "?1.2.3", performed());
    anna.state(uid, "COMPLETED", "1.2.3");
    List<AuditAction> actions =
        room.server.security().audit().before(Long.MAX_VALUE, 200).stream()
            .filter(entry -> entry.fact().target().equals(uid))
            .map(entry -> entry.fact().action())
            .toList();
    assertEquals(
        List.of(AuditAction.TASK_SUBMITTED, AuditAction.WORKITEM_UPDATED, AuditAction.TASK_CLAIMED),
        actions);
  }
}
