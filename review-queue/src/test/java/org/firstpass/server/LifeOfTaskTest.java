package org.firstpass.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.firstpass.event.ProposalMade;
import org.firstpass.review.ReviewCase;
import org.firstpass.security.Role;
import org.firstpass.stream.Topics;
import org.firstpass.testing.Deadline;
import org.firstpass.testing.SettableClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Undoing, handing over and marking, over HTTP. */
final class LifeOfTaskTest {
  private static final String ALL_RIGHT =
      "{\"segments\":[{\"number\":1,\"verdict\":\"ACCEPT\"},{\"number\":2,\"verdict\":\"ACCEPT\"}],"
          + "\"graceMillis\":3600000}";

  @TempDir static Path folder;
  private static final SettableClock clock =
      new SettableClock(Instant.parse("2026-11-02T08:00:00Z"));
  private static ServedQueue served;
  private static CaseFixture cases;
  private static ApiClient anna;
  private static ApiClient ben;
  private static ApiClient auditor;

  @BeforeAll
  static void start() {
    served = new ServedQueue(folder, clock);
    cases = served.cases;
    anna = served.user("anna", Role.RADIOLOGIST);
    ben = served.user("ben", Role.RADIOLOGIST);
    auditor = served.user("audrey", Role.AUDITOR);
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  @Test
  void aSubmissionIsUndoneWithinTheTimeThatTheInstallationAllows() {
    String task = claimable("undo");
    String transaction = claim(anna, task);
    JsonNode receipt = anna.submit(submit(task, transaction), ALL_RIGHT, new byte[0], 200);
    assertEquals(10_000, receipt.path("undoMillis").asLong());
    assertEquals("SUBMITTED", state(task));
    assertEquals(
        "STALE_LEASE", ben.post(task + "/undo", fence(transaction), 409).path("code").asText());
    JsonNode again = anna.post(task + "/undo", fence(transaction), 200);
    assertEquals("CLAIMED", again.at("/task/state").asText());
    assertNotEquals(transaction, again.path("transaction").asText());
    assertEquals(
        "UNDONE",
        anna.submit(submit(task, transaction), ALL_RIGHT, new byte[0], 409).path("code").asText());
    String next = again.path("transaction").asText();
    anna.submit(submit(task, next), ALL_RIGHT, new byte[0], 200);
    clock.advance(Duration.ofSeconds(10));
    Deadline.await("acceptance", () -> state(task).equals("ACCEPTED"));
    assertEquals("TOO_LATE", anna.post(task + "/undo", fence(next), 409).path("code").asText());
  }

  @Test
  void aTaskIsHandedToAColleagueWhoSeesItFirstAndWhy() {
    claimable("other");
    String task = claimable("handed");
    String transaction = claim(anna, task);
    assertEquals("[\"anna\",\"ben\"]", anna.get("/api/readers", 200).toString());
    for (String wrong : new String[] {"anna", "audrey", "nobody", ""}) {
      assertEquals(
          "NO_SUCH_READER",
          anna.post(task + "/hand-over", handOver(transaction, wrong, ""), 422)
              .path("code")
              .asText());
    }
    anna.post(task + "/hand-over", handOver(transaction, "ben", "the dome, please"), 200);
    JsonNode first = ben.get("/api/tasks", 200).path(0);
    assertEquals(task, "/api/tasks/" + first.path("id").asText());
    assertEquals("ben", first.path("handedTo").asText());
    assertEquals("anna", first.path("handedBy").asText());
    assertEquals("the dome, please", first.path("handoverNote").asText());
    JsonNode page = ben.post("/api/worklist", "{}", 200).path("tasks");
    assertEquals(first.path("id"), page.path(0).path("id"));
    assertEquals("anna", page.path(0).path("handedBy").asText());
    long times =
        StreamSupport.stream(page.spliterator(), false)
            .filter(one -> one.path("id").equals(first.path("id")))
            .count();
    assertEquals(1, times);
    assertEquals(
        "STALE_LEASE",
        anna.post(task + "/hand-over", handOver(transaction, "ben", ""), 409)
            .path("code")
            .asText());
    JsonNode claimed = ben.post("/api/tasks/next", "{}", 200);
    assertEquals(first.path("id"), claimed.at("/task/id"));
    assertEquals("anna", claimed.at("/task/handedBy").asText());
  }

  @Test
  void aTaskIsMarkedForDiscussion() {
    String task = claimable("flagged");
    assertFalse(anna.get(task, 200).has("flag"));
    assertEquals("MALFORMED_REQUEST", put(anna, task + "/flag", "{\"comment\":\" \"}", 400));
    put(anna, task + "/flag", "{\"comment\":\"a cyst?\"}", 204);
    assertEquals("a cyst?", ben.get(task, 200).at("/flag/comment").asText());
    assertEquals("anna", ben.get(task, 200).at("/flag/by").asText());
    assertEquals(204, ben.status("DELETE", task + "/flag"));
    assertFalse(anna.get(task, 200).has("flag"));
    assertEquals(403, auditor.status("DELETE", task + "/flag"));
    assertEquals(403, auditor.status("GET", "/api/readers"));
  }

  @Test
  void theAuditTrailTellsOfIt() {
    String task = claimable("audited");
    String transaction = claim(anna, task);
    anna.submit(submit(task, transaction), ALL_RIGHT, new byte[0], 200);
    transaction = anna.post(task + "/undo", fence(transaction), 200).path("transaction").asText();
    anna.post(task + "/hand-over", handOver(transaction, "ben", "not in the trail"), 200);
    put(ben, task + "/flag", "{\"comment\":\"not in the trail\"}", 204);
    String trail = auditor.get("/api/audit", 200).toString();
    for (String action :
        new String[] {"TASK_SUBMISSION_UNDONE", "TASK_HANDED_OVER", "TASK_FLAGGED"}) {
      assertTrue(trail.contains(action), action);
    }
    assertFalse(trail.contains("not in the trail"));
  }

  private static String claimable(String name) {
    ProposalMade proposal = cases.proposal(name);
    served.publisher.publish(Topics.PROPOSALS, proposal);
    UUID id = ReviewCase.taskOf(proposal.id());
    Deadline.await("a task of " + name, () -> anna.status("GET", "/api/tasks/" + id) == 200);
    return "/api/tasks/" + id;
  }

  private static String claim(ApiClient reader, String task) {
    return reader.post(task + "/claim", "{}", 200).path("transaction").asText();
  }

  private static String state(String task) {
    return anna.get(task, 200).path("state").asText();
  }

  private static String submit(String task, String transaction) {
    return task + "/submit?transaction=" + transaction;
  }

  private static String fence(String transaction) {
    return "{\"transaction\":\"" + transaction + "\"}";
  }

  private static String handOver(String transaction, String to, String note) {
    return String.format(
        "{\"transaction\":\"%s\",\"to\":\"%s\",\"note\":\"%s\"}", transaction, to, note);
  }

  /** The code of a refusal; nothing if it was done. */
  private static String put(ApiClient reader, String path, String body, int status) {
    var answer = reader.send("PUT", path, body);
    assertEquals(status, answer.statusCode());
    String text = new String(answer.body(), StandardCharsets.UTF_8);
    return text.replaceAll(".*\"code\":\"([A-Z_]+)\".*", "$1");
  }
}
