package org.firstpass.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.firstpass.event.ProposalMade;
import org.firstpass.journal.JournalEntry;
import org.firstpass.journal.JournalTestEntries;
import org.firstpass.postgres.QueueFixture;
import org.firstpass.review.ReviewCase;
import org.firstpass.security.Role;
import org.firstpass.stream.Topics;
import org.firstpass.testing.Deadline;
import org.firstpass.testing.SettableClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looking at what became of a task, over HTTP. */
final class TaskHistoryTest {
  private static final String DRAWN =
      "{\"segments\":[{\"number\":1,\"verdict\":\"ACCEPT\"},{\"number\":2,\"verdict\":\"AS_PAINTED\"}],"
          + "\"activeMillis\":9000,\"journal\":2,\"graceMillis\":%d}";
  private static final String ACCEPTED =
      "{\"segments\":[{\"number\":1,\"verdict\":\"ACCEPT\"},{\"number\":2,\"verdict\":\"ACCEPT\"}]}";
  private static final String COMMENT =
      "{\"id\":\"00000000-0000-4000-8000-000000000007\",\"after\":{"
          + "\"id\":\"00000000-0000-4000-8000-000000000007\",\"kind\":\"comment\",\"segment\":0,"
          + "\"concept\":{\"value\":\"121106\",\"scheme\":\"DCM\",\"meaning\":\"Comment\"},"
          + "\"text\":\"seen before\"}}";

  /** Behind what was proposed for the second segment. */
  private static final int DRAWN_AT = 50;

  @TempDir static Path folder;
  private static final SettableClock clock =
      new SettableClock(Instant.parse("2026-11-02T08:00:00Z"));
  private static ServedQueue served;
  private static ApiClient anna;
  private static ApiClient ben;
  private static ApiClient lead;
  private static ApiClient engineer;
  private static ApiClient auditor;

  @BeforeAll
  static void start() {
    served = new ServedQueue(folder, clock);
    anna = served.user("anna", Role.RADIOLOGIST);
    ben = served.user("ben", Role.RADIOLOGIST);
    lead = served.user("lena", Role.LEAD);
    engineer = served.user("emil", Role.ML_ENGINEER);
    auditor = served.user("audrey", Role.AUDITOR);
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  @Test
  void whoHadItWhenIsToldInOrderWithHandOversFlagsAndUndoneSubmissions() {
    String task = claimable("story");
    String first = claim(anna, task);
    tick();
    anna.send("PUT", task + "/flag", "{\"comment\":\"a cyst?\"}");
    tick();
    anna.submit(
        submit(task, first), ACCEPTED.replace("]}", "],\"graceMillis\":9000}"), none(), 200);
    tick();
    String second = anna.post(task + "/undo", fence(first), 200).path("transaction").asText();
    tick();
    anna.post(task + "/hand-over", handOver(second, "ben", "the dome, please"), 200);
    tick();
    String third = claim(ben, task);
    tick();
    ben.status("DELETE", task + "/flag");
    ben.submit(submit(task, third), ACCEPTED, none(), 200);
    JsonNode history = ben.get(task + "/history", 200);
    assertEquals(
        List.of(
            "CLAIMED anna",
            "FLAGGED anna: a cyst?",
            "SUBMITTED anna",
            "UNDONE anna",
            "HANDED_OVER anna > ben: the dome, please",
            "CLAIMED ben",
            "UNFLAGGED ben",
            "SUBMITTED ben",
            "ACCEPTED ben"),
        texts(history.path("entries"), TaskHistoryTest::told));
    assertEquals(
        List.of("1 UNDONE anna", "2 ACCEPTED ben"),
        texts(history.path("revisions"), TaskHistoryTest::named));
  }

  @Test
  void whoTookATaskWhoseLeaseWasOverIsToldAndWhatCameTooLateIsASideRevision() {
    String task = claimable("late");
    String stale = claim(anna, task);
    clock.advance(QueueFixture.LEASE.plusSeconds(1));
    String next = claim(ben, task);
    anna.submit(submit(task, stale), ACCEPTED, none(), 409);
    ben.post(task + "/release", fence(next), 200);
    JsonNode history = lead.get(task + "/history", 200);
    assertEquals(
        List.of("CLAIMED anna", "CLAIMED ben", "RELEASED ben"),
        texts(history.path("entries"), TaskHistoryTest::told));
    assertEquals(List.of("1 SIDE anna"), texts(history.path("revisions"), TaskHistoryTest::named));
  }

  @Test
  void aRevisionIsOpenedWithItsLabelsDecisionsAndFindings() {
    String task = claimable("opened");
    JsonNode revision = drawn(task);
    JsonNode opened = anna.get(path(task, revision), 200);
    assertEquals("seen before", opened.at("/findings/0/text").asText());
    assertEquals("MINOR", opened.at("/decisions/1/verdict").asText());
    assertEquals(3, opened.at("/decisions/1/voxelsAdded").asInt());
    assertEquals(15, opened.at("/voxels/2").asInt());
    byte[] expected = anna.bytes(task + "/labels");
    for (int voxel = DRAWN_AT; voxel < DRAWN_AT + 3; voxel++) {
      assertEquals(0, expected[2 * voxel]);
      expected[2 * voxel] = 2;
    }
    assertArrayEquals(expected, anna.bytes(path(task, revision) + "/labels"));
  }

  @Test
  void lookingTakesNoLeaseChangesNothingAndIsInTheAuditTrail() {
    String task = claimable("looked-at");
    JsonNode revision = drawn(task);
    JsonNode before = anna.get(task, 200);
    lead.get(task + "/history", 200);
    lead.get(path(task, revision), 200);
    lead.bytes(path(task, revision) + "/labels");
    assertEquals(before, anna.get(task, 200));
    String trail = auditor.get("/api/audit", 200).toString();
    assertTrue(trail.contains("TASK_VIEWED"));
    assertTrue(trail.contains("\"revision\":\"" + revision.path("id").asText() + "\""));
    assertFalse(trail.contains("seen before"));
  }

  @Test
  void theEffortOfAReaderIsForThatReaderAndTheLead() {
    String task = claimable("effort");
    drawn(task);
    assertEquals(2, revision(anna, task).at("/effort/edits").asInt());
    assertEquals(2, revision(lead, task).at("/effort/edits").asInt());
    assertTrue(revision(lead, task).path("activeMillis").isNumber());
    JsonNode ofAnother = revision(ben, task);
    assertEquals("anna", ofAnother.path("author").asText());
    assertFalse(ofAnother.hasNonNull("effort"));
    assertFalse(ofAnother.hasNonNull("activeMillis"));
  }

  @Test
  void anEngineerSeesNoNamesNotesOrFindingsAndAnAuditorNothing() {
    String task = claimable("roles");
    anna.send("PUT", task + "/flag", "{\"comment\":\"of somebody\"}");
    JsonNode revision = drawn(task);
    String seen =
        engineer.get(task + "/history", 200).toString()
            + engineer.get(path(task, revision), 200).toString();
    assertTrue(seen.contains("\"edits\":2"));
    for (String hidden : List.of("anna", "of somebody", "seen before")) {
      assertFalse(seen.contains(hidden), hidden);
    }
    for (String path : List.of(task + "/history", path(task, revision))) {
      assertEquals(403, auditor.status("GET", path));
    }
  }

  @Test
  void theLeadSeesHowFarTheReaderIsWhoHoldsTheTaskAndOtherReadersDoNot() {
    String task = claimable("draft");
    assertEquals("NO_DRAFT", lead.get(task + "/draft", 404).path("code").asText());
    claim(anna, task);
    assertEquals("NO_DRAFT", lead.get(task + "/draft", 404).path("code").asText());
    steps(task);
    JsonNode draft = lead.get(task + "/draft", 200);
    assertEquals("anna", draft.path("reader").asText());
    assertEquals(2, draft.path("steps").asInt());
    assertEquals("seen before", draft.at("/findings/0/text").asText());
    byte[] expected = anna.bytes(task + "/labels");
    assertEquals(0, expected[2 * DRAWN_AT]);
    byte[] labels = lead.bytes(task + "/draft/labels");
    assertEquals(2, labels[2 * DRAWN_AT]);
    assertEquals(expected.length, labels.length);
    assertEquals(403, ben.status("GET", task + "/draft"));
    assertEquals(403, engineer.status("GET", task + "/draft/labels"));
  }

  @Test
  void whatIsNotThereIsSaidByItsCode() {
    String one = claimable("one");
    JsonNode ofOther = drawn(claimable("another"));
    assertEquals("NO_SUCH_REVISION", anna.get(path(one, ofOther), 404).path("code").asText());
    String nowhere = "/api/tasks/" + new UUID(1, 2) + "/history";
    assertEquals("NO_SUCH_TASK", anna.get(nowhere, 404).path("code").asText());
    assertEquals(400, anna.status("GET", one + "/revisions/first"));
  }

  /** Anna draws three voxels, comments, and submits; the revision. */
  private static JsonNode drawn(String task) {
    String transaction = claim(anna, task);
    steps(task);
    tick();
    anna.submit(submit(task, transaction), DRAWN.formatted(0), none(), 200);
    return revision(anna, task);
  }

  private static void steps(String task) {
    JournalEntry edit = JournalTestEntries.edit(1, DRAWN_AT, 3, 2);
    String runs = Base64.getEncoder().encodeToString(edit.runs().toBytes());
    String step =
        "{\"number\":%d,\"kind\":\"edit\",\"of\":0,\"tool\":\"%s\",\"segment\":%d,\"at\":0,"
            + "\"activeMillis\":10,\"pathMm\":2.5,\"runs\":\"%s\"%s}";
    String steps =
        step.formatted(1, "brush", 2, runs, "")
            + ","
            + step.formatted(2, "finding", 0, "", ",\"finding\":" + COMMENT);
    anna.post(task + "/journal", "{\"entries\":[" + steps + "]}", 200);
  }

  private static JsonNode revision(ApiClient user, String task) {
    return user.get(task + "/history", 200).at("/revisions/0");
  }

  private static String path(String task, JsonNode revision) {
    return task + "/revisions/" + revision.path("id").asText();
  }

  private static String told(JsonNode entry) {
    String to = entry.hasNonNull("to") ? " > " + entry.path("to").asText() : "";
    String words = entry.hasNonNull("words") ? ": " + entry.path("words").asText() : "";
    return entry.path("kind").asText() + " " + entry.path("by").asText() + to + words;
  }

  private static String named(JsonNode revision) {
    return revision.path("number").asInt()
        + " "
        + revision.path("standing").asText()
        + " "
        + revision.path("author").asText();
  }

  private static List<String> texts(
      JsonNode list, java.util.function.Function<JsonNode, String> text) {
    return StreamSupport.stream(list.spliterator(), false).map(text).toList();
  }

  private static String claimable(String name) {
    ProposalMade proposal = served.cases.proposal(name);
    served.publisher.publish(Topics.PROPOSALS, proposal);
    UUID id = ReviewCase.taskOf(proposal.id());
    Deadline.await("a task of " + name, () -> anna.status("GET", "/api/tasks/" + id) == 200);
    return "/api/tasks/" + id;
  }

  private static void tick() {
    clock.advance(Duration.ofSeconds(1));
  }

  private static String claim(ApiClient reader, String task) {
    return reader.post(task + "/claim", "{}", 200).path("transaction").asText();
  }

  private static String submit(String task, String transaction) {
    return task + "/submit?transaction=" + transaction;
  }

  private static byte[] none() {
    return new byte[0];
  }

  private static String fence(String transaction) {
    return "{\"transaction\":\"" + transaction + "\"}";
  }

  private static String handOver(String transaction, String to, String note) {
    return String.format(
        "{\"transaction\":\"%s\",\"to\":\"%s\",\"note\":\"%s\"}", transaction, to, note);
  }
}
