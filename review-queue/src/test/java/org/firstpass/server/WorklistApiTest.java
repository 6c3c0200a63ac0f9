package org.firstpass.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.firstpass.database.Database;
import org.firstpass.event.ProposalMade;
import org.firstpass.review.ReviewCase;
import org.firstpass.security.AuditAction;
import org.firstpass.security.AuditEntry;
import org.firstpass.security.NewUser;
import org.firstpass.security.Role;
import org.firstpass.stream.EventPublisher;
import org.firstpass.stream.Topics;
import org.firstpass.testing.Deadline;
import org.firstpass.testing.TestBroker;
import org.firstpass.testing.TestPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worklist over HTTP, at two servers on one database. */
final class WorklistApiTest {
  private static final String PASSWORD = "long enough for a reader";

  @TempDir static Path folder;
  private static TestBroker broker;
  private static Database database;
  private static CaseFixture cases;
  private static ReviewServer server;
  private static ReviewServer other;
  private static EventPublisher publisher;
  private static ApiClient anna;
  private static ApiClient audrey;

  @BeforeAll
  static void start() {
    broker = TestBroker.isolated();
    database = TestPostgres.database();
    cases = new CaseFixture(folder);
    server = startServer();
    other = startServer();
    publisher = new EventPublisher(broker.config(), "/firstpass/worker");
    user("anna", Role.RADIOLOGIST);
    user("audrey", Role.AUDITOR);
    anna = ApiClient.login(server.port(), "anna", PASSWORD);
    audrey = ApiClient.login(server.port(), "audrey", PASSWORD);
    propose("first");
    propose("second");
  }

  private static ReviewServer startServer() {
    var started =
        new ReviewServer(
            ReviewConfig.onLoopback(0).with(ServedQueue.ORDERLY),
            cases.store,
            database,
            broker.config(),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            Clock.systemUTC());
    started.start();
    return started;
  }

  private static void user(String name, Role role) {
    server
        .security()
        .users()
        .create("test", new NewUser(name, name, Set.of(role)), PASSWORD.toCharArray());
  }

  @AfterAll
  static void stop() {
    publisher.close();
    server.close();
    other.close();
    database.close();
    broker.close();
  }

  @Test
  void aPageSaysWhyWhatAndHowManyAndWhereTheNextBegins() {
    JsonNode page = anna.post("/api/worklist", "{\"limit\":1}", 200);
    JsonNode task = page.path("tasks").path(0);
    assertEquals("CT", task.path("modality").asText());
    assertEquals("phantom", task.at("/package/name").asText());
    assertEquals(3, task.path("segments").asInt());
    assertFalse(task.at("/score/parts/0/sentence").asText().isEmpty());
    assertTrue(page.path("count").asLong() >= 2, page.toString());
    JsonNode next =
        anna.post(
            "/api/worklist", "{\"limit\":1,\"after\":\"" + page.path("next").asText() + "\"}", 200);
    assertFalse(next.path("tasks").path(0).path("id").equals(task.path("id")));
    assertTrue(next.path("count").isMissingNode(), next.toString());
    assertEquals(
        "MALFORMED_REQUEST",
        anna.post("/api/worklist", "{\"after\":\"nowhere\"}", 400).path("code").asText());
    assertEquals(
        "MALFORMED_REQUEST",
        anna.post("/api/worklist", "{\"section\":\"SOME\"}", 400).path("code").asText());
  }

  @Test
  void aCaseIsFoundByTheUidsOfItsStudySeriesAndImages() {
    String task = task("first");
    assertEquals(List.of(task), searched(anna, CaseFixture.uid("first", "study")));
    assertEquals(List.of(task), searched(anna, CaseFixture.uid("first", "series")));
    Deadline.await(
        "the index of the images",
        () -> searched(anna, CaseFixture.image("first", 2)).equals(List.of(task)));
    assertEquals(List.of(), searched(anna, "1.2.3.99"));
  }

  @Test
  void aCaseIsFoundByItsAccessionNumberByWhoMayKnowItAndTheSearchIsAudited() {
    database.useTransaction(
        handle ->
            handle.execute(
                """
                insert into dicomweb.study (study_uid, study_date, attributes, terms)
                values (?, '20261102', '{}', '{"00080050": ["RX2026-17"]}')
                on conflict (study_uid) do update set terms = excluded.terms
                """,
                CaseFixture.uid("second", "study")));
    assertEquals(List.of(task("second")), searched(anna, "RX2026-17"));
    assertEquals(List.of(task("second")), searched(anna, "rx2026"));
    assertEquals(List.of(), searched(anna, "RX2027"));
    assertEquals(List.of(), searched(audrey, "RX2026-17"));
    List<AuditEntry> entries = server.security().audit().before(Long.MAX_VALUE, 500);
    assertTrue(
        entries.stream()
            .anyMatch(
                entry ->
                    entry.fact().action() == AuditAction.STUDIES_QUERIED
                        && entry.fact().actor().equals("anna")));
    assertTrue(entries.stream().noneMatch(entry -> entry.toString().contains("RX2026")));
  }

  @Test
  void theNextIsShownWithoutBeingClaimedAndItsImageIsAuditedAsLoadedAhead() {
    JsonNode next = anna.get("/api/tasks/next", 200);
    String id = next.path("id").asText();
    assertEquals("WAITING", anna.get("/api/tasks/" + id, 200).path("state").asText());
    assertEquals(403, audrey.status("GET", "/api/tasks/next"));
    anna.bytes("/api/tasks/" + id + "/image?ahead=true");
    AuditEntry entry =
        server.security().audit().before(Long.MAX_VALUE, 500).stream()
            .filter(one -> one.fact().action() == AuditAction.TASK_OPENED)
            .findFirst()
            .orElseThrow();
    assertEquals(id, entry.fact().target());
    assertEquals("true", entry.fact().details().get("ahead"));
  }

  @Test
  void theListBeginsWithWhatTheNextClaimGivesAndSaysInWhichWayItCame() {
    database.useTransaction(
        handle ->
            handle.execute(
                "update review.task set due_at = now() where id = (select id from review.task"
                    + " where state = 'WAITING' order by order_key limit 1)"));
    String first = anna.get("/api/tasks/next", 200).path("id").asText();
    JsonNode listed = anna.post("/api/worklist", "{}", 200).path("tasks");
    assertEquals(first, listed.path(0).path("id").asText());
    assertEquals("CLINICAL", listed.path(0).path("way").asText());
    assertTrue(listed.path(1).path("way").isMissingNode(), listed.toString());
    JsonNode claim = anna.post("/api/tasks/next", "{}", 200);
    assertEquals(first, claim.at("/task/id").asText());
    assertEquals("CLINICAL", claim.at("/task/way").asText());
    assertFalse(claim.at("/task/secondReading").asBoolean(true));
    anna.post(
        "/api/tasks/" + first + "/release",
        "{\"transaction\":\"" + claim.path("transaction").asText() + "\"}",
        200);
    database.useTransaction(handle -> handle.execute("update review.task set due_at = null"));
  }

  @Test
  void priorsAreForThoseWhoMayReadThePatientAndAreAudited() {
    String task = task("first");
    assertEquals(0, anna.get("/api/tasks/" + task + "/priors", 200).size());
    assertEquals(403, audrey.status("GET", "/api/tasks/" + task + "/priors"));
    assertEquals(404, anna.status("GET", "/api/tasks/" + new UUID(0, 1) + "/priors"));
    assertTrue(
        server.security().audit().before(Long.MAX_VALUE, 500).stream()
            .anyMatch(
                entry ->
                    entry.fact().action() == AuditAction.PRIORS_LISTED
                        && entry.fact().target().equals(task)));
  }

  @Test
  void whatOneServerChangesIsHeardAtTheOtherAndSaysNothingOfThePatient() {
    try (var listener = EventListener.on("http://127.0.0.1:" + other.port(), anna.token())) {
      ProposalMade proposal = propose("live");
      String id = ReviewCase.taskOf(proposal.id()).toString();
      listener.await("the arrival", line -> line.contains(id) && line.contains("\"arrived\""));
      JsonNode claim = anna.post("/api/tasks/" + id + "/claim", "{}", 200);
      listener.await("the claim", line -> line.contains(id) && line.contains("\"CLAIMED\""));
      anna.post(
          "/api/tasks/" + id + "/discontinue",
          "{\"transaction\":\"" + claim.path("transaction").asText() + "\",\"reason\":\"110513\"}",
          200);
      listener.await("the end", line -> line.contains(id) && line.contains("\"gone\""));
      listener.await("a beat", line -> line.equals("event: beat"));
      String all = String.join("\n", listener.heard());
      for (String secret :
          List.of("anna", "Doe", "PID-", "pk-", CaseFixture.uid("live", "series"))) {
        assertFalse(all.contains(secret), secret);
      }
    }
  }

  @Test
  void afterAGapWhoFollowsIsAskedToReadAnew() {
    try (var listener = EventListener.on("http://127.0.0.1:" + server.port(), anna.token())) {
      database.useTransaction(
          handle ->
              handle.execute(
                  "select pg_terminate_backend(pid) from pg_stat_activity"
                      + " where datname = current_database() and query = 'listen firstpass_tasks'"));
      listener.await("that nothing is heard", line -> line.equals("event: deaf"));
      listener.await("that it is to be read anew", line -> line.equals("event: reread"));
    }
  }

  private static ProposalMade propose(String name) {
    ProposalMade proposal = cases.proposal(name);
    publisher.publish(Topics.ARRIVALS, cases.arrived(name));
    publisher.publish(Topics.PROPOSALS, proposal);
    String task = "/api/tasks/" + ReviewCase.taskOf(proposal.id());
    Deadline.await(
        "the task and its modality",
        () ->
            anna.status("GET", task) == 200
                && anna.get(task, 200).path("modality").asText().equals("CT"));
    return proposal;
  }

  private static String task(String name) {
    return ReviewCase.taskOf(cases.proposal(name).id()).toString();
  }

  private static List<String> searched(ApiClient client, String text) {
    JsonNode page = client.post("/api/worklist", "{\"search\":\"" + text + "\"}", 200);
    var ids = new ArrayList<String>();
    page.path("tasks").forEach(one -> ids.add(one.path("id").asText()));
    return ids;
  }
}
