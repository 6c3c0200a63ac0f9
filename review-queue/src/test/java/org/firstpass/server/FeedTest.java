package org.firstpass.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.event.ProposalMade;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.feed.TrainingFiles;
import org.firstpass.postgres.ErasedCorrections;
import org.firstpass.review.ReviewCase;
import org.firstpass.security.AuditAction;
import org.firstpass.security.AuditEntry;
import org.firstpass.security.Role;
import org.firstpass.stream.EventReplay;
import org.firstpass.stream.Topics;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.Sha256;
import org.firstpass.testing.Deadline;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ML engineers read without a broker, over HTTP from a real server. */
final class FeedTest {
  @TempDir static Path folder;
  private static ServedQueue served;
  private static ApiClient anna;
  private static ApiClient emil;

  @BeforeAll
  static void start() {
    served = new ServedQueue(folder, Clock.systemUTC());
    served.server.teachFrom(new SmallFiles());
    anna = served.user("anna", Role.RADIOLOGIST);
    emil = served.user("emil", Role.ML_ENGINEER);
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  /** Each file says of which correction it is; a case named "flat" has no place in space. */
  private static final class SmallFiles implements TrainingFiles {
    static final Sha256 DATASET = Sha256.of(new byte[0]);

    @Override
    public String readerName(String user) {
      return "reader_of_" + user.length() + "_letters";
    }

    @Override
    public String tag(CorrectionAccepted correction, Form form) {
      return correction.id() + "-" + form;
    }

    @Override
    public Content open(CorrectionAccepted correction, Form form) {
      if (correction.input().patient().value().equals("pk-flat")) {
        throw new StudyRefused(ReasonCode.NO_PATIENT_GEOMETRY, "flat");
      }
      byte[] said = (form + " of " + correction.id()).getBytes(StandardCharsets.UTF_8);
      return out -> out.write(said);
    }

    @Override
    public String datasets() {
      return "[]";
    }

    @Override
    public Optional<byte[]> manifest(Sha256 dataset) {
      return dataset.equals(DATASET) ? Optional.of(new byte[] {'{', '}'}) : Optional.empty();
    }
  }

  @Test
  void aFollowerGetsEverythingOnceInOrderAndGoesOnWhereItWasAlsoAfterARestart() {
    List<String> told = new ArrayList<>();
    String cursor = last();
    for (String name : List.of("one", "two", "three")) {
      told.add(correct(name));
    }
    awaitTold(told.get(2));
    JsonNode first = emil.get("/api/corrections?limit=2&after=" + cursor, 200);
    assertEquals(told.subList(0, 2), ids(first));
    assertTrue(first.path("more").asBoolean());
    try (ReviewServer other = anotherServer()) {
      var again = new ApiClient(other.port(), emil.token());
      assertEquals(first, again.get("/api/corrections?limit=2&after=" + cursor, 200));
      String next = first.path("next").asText();
      JsonNode second = again.get("/api/corrections?limit=2&after=" + next, 200);
      assertEquals(told.subList(2, 3), ids(second));
      assertFalse(second.path("more").asBoolean());
      JsonNode end = again.get("/api/corrections?after=" + second.path("next").asText(), 200);
      assertEquals(List.of(), ids(end));
      assertEquals(second.path("next"), end.path("next"));
    }
  }

  @Test
  void whatIsToldIsTheEventOfTheTopicButForTheReadersName() {
    String id = correct("named");
    awaitTold(id);
    JsonNode event = emil.get("/api/corrections/" + id, 200);
    assertEquals("org.firstpass.correction-accepted.v1", event.path("type").asText());
    assertEquals("1.0", event.path("specversion").asText());
    assertEquals("reader_of_4_letters", event.at("/data/reader").asText());
    assertEquals("pk-named", event.at("/data/input/patient").asText());
    assertEquals(id, event.at("/data/id").asText());
    assertEquals(event.path("subject"), event.at("/data/input/reference/series"));
    String all = emil.get("/api/corrections", 200).toString();
    for (String secret : List.of("anna", "Doe", "PID-")) {
      assertFalse(all.contains(secret), secret);
    }
    emil.get(event.path("dataschema").asText(), 200);
  }

  @Test
  void aFollowerWaitsUntilSomethingIsTold() throws Exception {
    String cursor = last();
    CompletableFuture<JsonNode> answer =
        CompletableFuture.supplyAsync(
            () -> emil.get("/api/corrections?wait=30&after=" + cursor, 200));
    String id = correct("awaited");
    assertEquals(List.of(id), ids(answer.get()));
  }

  @Test
  void whoFollowsBySentEventsHearsAllInOrderAndGoesOnBehindTheLastOne() {
    String cursor = last();
    String one = correct("sent-one");
    List<String> heard;
    try (var follower = following(cursor, Optional.empty())) {
      follower.await("what was there", line -> line.startsWith("data: ") && line.contains(one));
      String two = correct("sent-two");
      follower.await("what is told", line -> line.startsWith("data: ") && line.contains(two));
      heard = follower.heard();
    }
    List<String> places = lines(heard, "id: ");
    assertEquals(2, places.size(), heard::toString);
    assertEquals(last(), places.get(1), "the id is what a page has as its next");
    String three = correct("sent-three");
    try (var again = following(cursor, Optional.of(places.get(1)))) {
      again.await("the rest", line -> line.startsWith("data: ") && line.contains(three));
      assertEquals(1, lines(again.heard(), "data: ").size(), "nothing comes twice");
    }
    assertEquals(
        "MALFORMED_REQUEST",
        code(emil.get("/api/corrections?accept=text/event-stream&after=7", 400)));
  }

  private static List<String> lines(List<String> heard, String name) {
    return heard.stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()))
        .toList();
  }

  private static EventListener following(String after, Optional<String> last) {
    String address = "http://127.0.0.1:" + served.server.port() + "/api/corrections?after=" + after;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address))
            .header("Accept", "text/event-stream")
            .header("Authorization", "Bearer " + emil.token());
    last.ifPresent(place -> request.header("Last-Event-ID", place));
    return EventListener.of(request.build());
  }

  @Test
  void whoHasAPageIsNotSentItAgain() {
    correct("tagged");
    HttpResponse<byte[]> page = emil.send("GET", "/api/corrections?limit=1", "");
    String tag = page.headers().firstValue("ETag").orElseThrow();
    assertEquals(
        304, emil.send("GET", "/api/corrections?limit=1", "", "If-None-Match", tag).statusCode());
  }

  @Test
  void filesOfACorrectionAreThereAndTheirSendingIsOnRecord() {
    String id = correct("filed");
    awaitTold(id);
    for (TrainingFiles.Form form : TrainingFiles.Form.values()) {
      String path = "/api/corrections/" + id + "/" + form.file();
      HttpResponse<byte[]> sent = emil.send("GET", path, "");
      assertArrayEquals((form + " of " + id).getBytes(StandardCharsets.UTF_8), sent.body());
      assertEquals(form.mediaType(), sent.headers().firstValue("Content-Type").orElse(""));
      String tag = sent.headers().firstValue("ETag").orElseThrow();
      assertEquals(304, emil.send("GET", path, "", "If-None-Match", tag).statusCode());
    }
    assertTrue(
        served.server.security().audit().before(Long.MAX_VALUE, 100).stream()
            .map(AuditEntry::fact)
            .anyMatch(
                fact ->
                    fact.actor().equals("emil")
                        && fact.action() == AuditAction.OBJECT_EXPORTED
                        && fact.target().equals(id)));
    assertEquals(
        "NO_SUCH_CORRECTION",
        code(emil.get("/api/corrections/" + new UUID(1, 1) + "/labels.nii.gz", 404)));
    String flat = correct("flat");
    awaitTold(flat);
    assertEquals("FP1008", code(emil.get("/api/corrections/" + flat + "/image.nii.gz", 422)));
  }

  @Test
  void whatIsErasedIsTakenBackAndItIsToldThatItIs() {
    String id = correct("erased");
    awaitTold(id);
    JsonNode event = emil.get("/api/corrections/" + id, 200);
    String series = event.path("subject").asText();
    String cursor = last();
    var erasing = new ErasedCorrections(served.database);
    var patient = served.cases.proposal("erased").input().patient();
    List<SeriesInstanceUid> gone = erasing.tell(patient, Instant.EPOCH);
    assertEquals(List.of(new SeriesInstanceUid(series)), gone);
    JsonNode page = emil.get("/api/corrections?wait=30&after=" + cursor, 200);
    assertEquals(1, page.path("events").size());
    JsonNode tombstone = page.at("/events/0");
    assertEquals("org.firstpass.series-erased.v1", tombstone.path("type").asText());
    assertEquals(series, tombstone.path("subject").asText());
    assertFalse(tombstone.has("data"));
    assertFalse(ids(emil.get("/api/corrections?limit=1000", 200)).contains(id));
    assertEquals("NO_SUCH_CORRECTION", code(emil.get("/api/corrections/" + id, 404)));
    // Own readers of the topic pass the tombstone over, and nothing is told twice.
    erasing.tell(patient, Instant.EPOCH);
    EventReplay.forEach(served.broker.config(), Topics.CORRECTIONS, correction -> {});
    assertEquals(
        List.of(), ids(emil.get("/api/corrections?after=" + page.path("next").asText(), 200)));
  }

  @Test
  void whoHasNoBusinessThereIsRefused() {
    var nobody = new ApiClient(served.server.port(), "");
    ApiClient auditor = served.user("audrey", Role.AUDITOR);
    for (String path :
        List.of(
            "/api/corrections",
            "/api/corrections/" + new UUID(1, 1),
            "/api/corrections/" + new UUID(1, 1) + "/sources.zip",
            "/api/datasets",
            "/api/datasets/" + SmallFiles.DATASET)) {
      assertEquals("LOGIN_NEEDED", code(nobody.get(path, 401)), path);
      assertEquals("ROLE_MISSING", code(anna.get(path, 403)), path);
      assertEquals("ROLE_MISSING", code(auditor.get(path, 403)), path);
    }
    served.user("robot", Role.SERVICE).get("/api/corrections", 200);
  }

  @Test
  void whatIsNoPlaceInThisFeedIsRefused() {
    assertEquals("MALFORMED_REQUEST", code(emil.get("/api/corrections?after=7", 400)));
    assertEquals("MALFORMED_REQUEST", code(emil.get("/api/corrections?limit=1001", 400)));
    assertEquals("MALFORMED_REQUEST", code(emil.get("/api/corrections?wait=31", 400)));
    assertEquals("MALFORMED_REQUEST", code(emil.get("/api/corrections/7", 400)));
    assertEquals(
        "CURSOR_GONE", code(emil.get("/api/corrections?after=" + new UUID(1, 1) + ".0", 410)));
    String here = last().split("\\.", 2)[0];
    assertEquals(
        "CURSOR_GONE", code(emil.get("/api/corrections?after=" + here + ".99999999", 410)));
  }

  @Test
  void dataSetsAreFoundByTheirWholeHash() {
    assertEquals(0, emil.get("/api/datasets", 200).size());
    emil.get("/api/datasets/" + SmallFiles.DATASET, 200);
    assertEquals("NO_SUCH_DATASET", code(emil.get("/api/datasets/e3b0c4", 404)));
  }

  @Test
  void schemasAreServedByTypeAndByVersion() {
    var nobody = new ApiClient(served.server.port(), "");
    JsonNode all = nobody.get("/api/schemas", 200);
    for (JsonNode address : all) {
      assertEquals(address.asText(), nobody.get(address.asText(), 200).path("$id").asText());
    }
    assertEquals(
        "org.firstpass.series-arrived.v1.3",
        nobody.get("/api/schemas/org.firstpass.series-arrived.v1", 200).path("title").asText());
    assertEquals(
        "NO_SUCH_SCHEMA", code(nobody.get("/api/schemas/org.firstpass.series-arrived.v2", 404)));
  }

  private static String code(JsonNode answer) {
    return answer.path("code").asText();
  }

  private static List<String> ids(JsonNode page) {
    List<String> ids = new ArrayList<>();
    page.path("events").forEach(event -> ids.add(event.path("id").asText()));
    return ids;
  }

  /** The place behind everything that was told so far. */
  private static String last() {
    JsonNode page = emil.get("/api/corrections?limit=1000", 200);
    assertFalse(page.path("more").asBoolean());
    return page.path("next").asText();
  }

  private static void awaitTold(String id) {
    Deadline.await(
        "correction " + id + " is told",
        () -> ids(emil.get("/api/corrections?limit=1000", 200)).contains(id));
  }

  private static ReviewServer anotherServer() {
    var server =
        new ReviewServer(
            ReviewConfig.onLoopback(0),
            served.cases.store,
            served.database,
            served.broker.config(),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            Clock.systemUTC());
    server.teachFrom(new SmallFiles());
    server.start();
    return server;
  }

  /** Has a proposal accepted by a reader; the id of the correction. */
  private static String correct(String name) {
    ProposalMade proposal = served.cases.proposal(name);
    served.publisher.publish(Topics.PROPOSALS, proposal);
    String task = "/api/tasks/" + ReviewCase.taskOf(proposal.id());
    Deadline.await("a task of " + name, () -> anna.status("GET", task) == 200);
    JsonNode claim = anna.post(task + "/claim", "{}", 200);
    String decision =
        "{\"segments\":[{\"number\":1,\"verdict\":\"ACCEPT\"},"
            + "{\"number\":2,\"verdict\":\"ACCEPT\"}]}";
    return anna.submit(
            task + "/submit?transaction=" + claim.path("transaction").asText(),
            decision,
            new byte[0],
            200)
        .path("correctionId")
        .asText();
  }
}
