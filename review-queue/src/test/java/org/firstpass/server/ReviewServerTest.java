package org.firstpass.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.firstpass.correction.SubmittedLabels;
import org.firstpass.dicom.SegmentationReader;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.ProposalRefused;
import org.firstpass.event.ReviewTaskChanged;
import org.firstpass.event.SeriesEvent;
import org.firstpass.failure.ReasonCode;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.Vector3;
import org.firstpass.review.ProposalFixture;
import org.firstpass.review.ReviewCase;
import org.firstpass.security.Role;
import org.firstpass.segment.Verdict;
import org.firstpass.stream.EventReplay;
import org.firstpass.stream.Topic;
import org.firstpass.stream.Topics;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.testing.Deadline;
import org.firstpass.volume.LabelMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole server over HTTP, with a real broker, database and store. */
final class ReviewServerTest {
  private static final int INTERCEPT = -1024 + 32768;
  @TempDir static Path folder;
  private static ServedQueue served;
  private static CaseFixture cases;
  private static ApiClient anna;
  private static ApiClient ben;
  private static ApiClient auditor;

  @BeforeAll
  static void start() {
    served = new ServedQueue(folder, Clock.systemUTC());
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
  void aReaderClaimsLooksCorrectsAndSubmitsAndTheTopicHasItOnce() throws Exception {
    ProposalMade proposal = propose("round-trip");
    UUID id = ReviewCase.taskOf(proposal.id());
    JsonNode claim = anna.post("/api/tasks/" + id + "/claim", "{}", 200);
    assertEquals("CLAIMED", claim.at("/task/state").asText());
    assertEquals("anna", claim.at("/task/lease/holder").asText());
    assertEquals("CT", claim.at("/task/modality").asText());
    assertGeometry(anna.get("/api/tasks/" + id + "/geometry", 200), proposal);
    assertImage(anna.bytes("/api/tasks/" + id + "/image"));
    assertLabels(id);
    short[] painted = CaseFixture.proposedLabels();
    painted[119] = 1;
    String submit =
        "/api/tasks/" + id + "/submit?transaction=" + claim.path("transaction").asText();
    String decision =
        decision(Verdict.MINOR, Verdict.ACCEPT).replace("}]}", "}],\"activeMillis\":12}");
    JsonNode receipt = anna.submit(submit, decision, gzip("round-trip", painted), 200);
    assertEquals(31, receipt.at("/voxels/1").asInt());
    assertEquals(receipt, anna.submit(submit, decision, gzip("round-trip", painted), 200));
    List<CorrectionAccepted> corrections = corrections(proposal.series());
    assertEquals(1, corrections.size());
    CorrectionAccepted correction = corrections.get(0);
    assertEquals(receipt.path("correctionId").asText(), correction.id().toString());
    assertEquals("anna", correction.reader());
    assertEquals(1, correction.decisions().get(0).voxelsAdded());
    var segmentation =
        SegmentationReader.read(() -> cases.store.open(correction.segmentation().digest()));
    assertEquals(31L, segmentation.voxelsPerSegment().get(1));
    assertEquals(List.of("WAITING", "CLAIMED", "ACCEPTED"), states(proposal.series()));
    assertEquals(
        "ACCEPTED",
        anna.get("/api/series/" + proposal.series(), 200).at("/tasks/0/state").asText());
  }

  @Test
  void theNextTaskIsTheFirstOfTheListAndNoneIsNoContent() throws Exception {
    ProposalMade proposal = propose("next");
    UUID id = ReviewCase.taskOf(proposal.id());
    JsonNode waiting = ben.get("/api/tasks?state=WAITING&limit=50", 200);
    assertEquals(id.toString(), waiting.at("/0/id").asText());
    JsonNode parts = waiting.at("/0/score/parts");
    double sum = 0;
    for (JsonNode part : parts) {
      sum += part.path("points").asDouble();
      assertFalse(part.path("sentence").asText().isBlank());
    }
    assertEquals(waiting.at("/0/score/total").asDouble(), sum, 1e-9);
    JsonNode claim = ben.post("/api/tasks/next", "{}", 200);
    assertEquals(id.toString(), claim.at("/task/id").asText());
    assertEquals(204, anna.send("POST", "/api/tasks/next", "{}").statusCode());
    String fence = "{\"transaction\":\"" + claim.path("transaction").asText() + "\"}";
    assertTrue(ben.post("/api/tasks/" + id + "/renew", fence, 200).has("leaseUntil"));
    assertEquals("HELD", anna.post("/api/tasks/" + id + "/claim", "{}", 409).at("/code").asText());
    assertEquals(
        "STALE_LEASE", anna.post("/api/tasks/" + id + "/release", fence, 409).at("/code").asText());
    ben.post("/api/tasks/" + id + "/release", fence, 200);
    assertEquals(
        "STALE_LEASE", ben.post("/api/tasks/" + id + "/renew", fence, 409).at("/code").asText());
    JsonNode again = ben.post("/api/tasks/next", "{}", 200);
    JsonNode ended =
        ben.post(
            "/api/tasks/" + id + "/discontinue",
            "{\"transaction\":\""
                + again.path("transaction").asText()
                + "\",\"reason\":\"110531\"}",
            200);
    assertEquals("DISCONTINUED", ended.path("state").asText());
    assertEquals("110531", ben.get("/api/tasks/" + id, 200).at("/ended/reason").asText());
  }

  @Test
  void whatContradictsItselfIsRefusedWithASentence() throws Exception {
    ProposalMade proposal = propose("contradiction");
    UUID id = ReviewCase.taskOf(proposal.id());
    String transaction =
        anna.post("/api/tasks/" + id + "/claim", "{}", 200).path("transaction").asText();
    String submit = "/api/tasks/" + id + "/submit?transaction=" + transaction;
    short[] painted = CaseFixture.proposedLabels();
    painted[119] = 1;
    JsonNode refused =
        anna.submit(
            submit, decision(Verdict.ACCEPT, Verdict.ACCEPT), gzip("contradiction", painted), 422);
    assertEquals("INCONSISTENT_SUBMISSION", refused.path("code").asText());
    assertEquals(
        "segment 1 (Liver) is ACCEPT, but was changed: 30 voxels proposed, 1 added, 0 removed",
        refused.path("message").asText());
    assertEquals(
        "MALFORMED_REQUEST",
        anna.submit(submit, "{\"segments\":3}", new byte[0], 400).path("code").asText());
    assertEquals(
        "MALFORMED_REQUEST",
        anna.submit(
                submit, "{\"segments\":[{\"number\":1,\"verdict\":\"GOOD\"}]}", new byte[0], 400)
            .path("code")
            .asText());
    anna.submit(submit, decision(Verdict.ACCEPT, Verdict.ACCEPT), new byte[0], 200);
    assertEquals(
        "ALREADY_DECIDED",
        anna.submit(submit, decision(Verdict.REJECT, Verdict.ACCEPT), new byte[0], 409)
            .path("code")
            .asText());
    assertEquals(
        "STALE_LEASE",
        anna.submit(
                "/api/tasks/" + id + "/submit?transaction=2.25.1",
                decision(Verdict.ACCEPT, Verdict.ACCEPT),
                new byte[0],
                409)
            .path("code")
            .asText());
    assertEquals(1, corrections(proposal.series()).size());
  }

  @Test
  void aRefusedSeriesSaysWhy() throws Exception {
    var refused =
        new ProposalRefused(
            new UUID(4, 4),
            ProposalFixture.TIME,
            ProposalFixture.input(77, 1),
            ReasonCode.GANTRY_TILT,
            "sheared by 12 degrees");
    served.publisher.publish(Topics.PROPOSALS, refused);
    String path = "/api/series/" + refused.series();
    Deadline.await("the refusal is known", () -> anna.status("GET", path) == 200);
    JsonNode series = anna.get(path, 200);
    assertEquals("REFUSED", series.at("/outcomes/0/kind").asText());
    assertEquals("FP1001", series.at("/outcomes/0/reason").asText());
    assertEquals("NO_SUCH_SERIES", anna.get("/api/series/1.2.99", 404).at("/code").asText());
  }

  @Test
  void nobodyGetsInWithoutALoginAndAnAuditorSeesNoImage() throws Exception {
    UUID id = ReviewCase.taskOf(propose("closed").id());
    var nobody = new ApiClient(served.server.port(), "");
    for (String path :
        List.of("/api/tasks", "/api/tasks/" + id, "/api/tasks/" + id + "/image", "/api/series/1")) {
      assertEquals("LOGIN_NEEDED", nobody.get(path, 401).path("code").asText());
    }
    assertEquals(
        "ROLE_MISSING", auditor.get("/api/tasks/" + id + "/image", 403).path("code").asText());
    auditor.get("/api/tasks/" + id, 200);
    auditor.post("/api/tasks/" + id + "/claim", "{}", 403);
    take(id);
  }

  @Test
  void anImageIsNotSentAgainToWhoHasIt() throws Exception {
    UUID id = ReviewCase.taskOf(propose("tag").id());
    HttpResponse<byte[]> first = anna.send("GET", "/api/tasks/" + id + "/image", "");
    String tag = first.headers().firstValue("ETag").orElseThrow();
    HttpResponse<byte[]> second =
        anna.send("GET", "/api/tasks/" + id + "/image", "", "If-None-Match", tag);
    assertEquals(304, second.statusCode());
    assertEquals(0, second.body().length);
    assertEquals("no-store", first.headers().firstValue("Cache-Control").orElse(""));
    assertEquals("nosniff", first.headers().firstValue("X-Content-Type-Options").orElse(""));
    take(id);
  }

  @Test
  void errorsAreJsonWithACodeAndSayNothingOfTheInside() throws Exception {
    assertEquals(
        "NO_SUCH_TASK", anna.get("/api/tasks/" + new UUID(1, 1), 404).at("/code").asText());
    assertEquals("MALFORMED_REQUEST", anna.get("/api/tasks/x", 400).at("/code").asText());
    assertEquals("MALFORMED_REQUEST", anna.get("/api/tasks?state=OLD", 400).at("/code").asText());
    assertEquals("MALFORMED_REQUEST", anna.get("/api/tasks?limit=0", 400).at("/code").asText());
    assertEquals("HTTP_404", anna.get("/api/nothing", 404).at("/code").asText());
  }

  @Test
  void healthAndMetricsAreOpenToThisMachine() throws Exception {
    var nobody = new ApiClient(served.server.port(), "");
    Deadline.await("everything runs", () -> nobody.status("GET", "/health") == 200);
    String metrics = new String(nobody.bytes("/metrics"), StandardCharsets.UTF_8);
    for (String meter :
        List.of("review_tasks", "http_request_seconds", "correction_active_seconds")) {
      assertTrue(metrics.contains(meter), meter);
    }
    assertFalse(metrics.contains("2.25."), "a UID in the metrics");
    assertTrue(served.server.healthy());
  }

  private static void assertGeometry(JsonNode geometry, ProposalMade proposal) {
    GridGeometry expected = CaseFixture.grid("round-trip");
    assertEquals(6, geometry.path("columns").asInt());
    assertEquals(5, geometry.path("rows").asInt());
    assertEquals(4, geometry.path("slices").asInt());
    Vector3 position = expected.position();
    assertEquals(position.x(), geometry.at("/position/0").asDouble(), 1e-6);
    assertEquals(position.y(), geometry.at("/position/1").asDouble(), 1e-6);
    assertEquals(position.z(), geometry.at("/position/2").asDouble(), 1e-6);
    assertEquals(expected.axes().column().y(), geometry.at("/axes/column/1").asDouble(), 1e-6);
    assertEquals(expected.axes().row().x(), geometry.at("/axes/row/0").asDouble(), 1e-6);
    assertEquals(1, geometry.at("/axes/slice/2").asDouble(), 1e-6);
    assertEquals(0.7, geometry.at("/spacing/column").asDouble(), 1e-6);
    assertEquals(0.9, geometry.at("/spacing/row").asDouble(), 1e-6);
    assertEquals(2.5, geometry.at("/spacing/slice").asDouble(), 1e-6);
    assertEquals(1, geometry.path("slope").asDouble());
    // Unsigned values are sent less 32768, so that they fit.
    assertEquals(INTERCEPT, geometry.path("intercept").asInt());
    assertEquals(CaseFixture.value(0), geometry.at("/valueRange/min").asInt() + INTERCEPT);
    assertEquals(CaseFixture.value(119), geometry.at("/valueRange/max").asInt() + INTERCEPT);
    assertEquals(expected.frameOfReference().value(), geometry.path("frameOfReference").asText());
  }

  private static void assertImage(byte[] image) {
    assertEquals(240, image.length);
    var values = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    for (int index = 0; index < 120; index++) {
      assertEquals(CaseFixture.value(index), values.get(index) + INTERCEPT, "voxel " + index);
    }
  }

  private static void assertLabels(UUID id) throws IOException {
    var raw = new ByteArrayOutputStream();
    SubmittedLabels.writeRaw(CaseFixture.proposed("round-trip"), raw);
    String path = "/api/tasks/" + id + "/labels";
    assertArrayEquals(raw.toByteArray(), anna.bytes(path));
    HttpResponse<byte[]> packed = anna.send("GET", path, "", "Accept-Encoding", "gzip");
    assertEquals("gzip", packed.headers().firstValue("Content-Encoding").orElse(""));
    try (var in = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
      assertArrayEquals(raw.toByteArray(), in.readAllBytes());
    }
  }

  /** Publishes arrival and proposal of a new series and waits until there is a task. */
  private static ProposalMade propose(String name) {
    served.publisher.publish(Topics.ARRIVALS, cases.arrived(name));
    ProposalMade proposal = cases.proposal(name);
    served.publisher.publish(Topics.PROPOSALS, proposal);
    String task = "/api/tasks/" + ReviewCase.taskOf(proposal.id());
    Deadline.await("a task of " + name, () -> anna.status("GET", task) == 200);
    String series = "/api/series/" + proposal.series();
    Deadline.await(
        "the arrival of " + name,
        () -> {
          for (JsonNode outcome : anna.get(series, 200).path("outcomes")) {
            if (outcome.path("kind").asText().equals("ARRIVED")) {
              return true;
            }
          }
          return false;
        });
    return proposal;
  }

  /** Takes a task out of the queue, so that it is not another test's next one. */
  private static void take(UUID id) {
    anna.post("/api/tasks/" + id + "/claim", "{}", 200);
  }

  private static String decision(Verdict liver, Verdict spleen) {
    return "{\"segments\":[{\"number\":1,\"verdict\":\""
        + liver
        + "\"},{\"number\":2,\"verdict\":\""
        + spleen
        + "\"}]}";
  }

  private static byte[] gzip(String name, short[] painted) throws IOException {
    var bytes = new ByteArrayOutputStream();
    SubmittedLabels.writeGzip(new LabelMap(CaseFixture.grid(name), painted), bytes);
    return bytes.toByteArray();
  }

  private static List<CorrectionAccepted> corrections(SeriesInstanceUid series) {
    Deadline.await(
        "a correction of " + series, () -> !replay(Topics.CORRECTIONS, series).isEmpty());
    Deadline.await(
        "an empty outbox",
        () ->
            served.database.inTransaction(
                handle ->
                    handle
                        .createQuery("select count(*) = 0 from review.outbox where sent is null")
                        .mapTo(Boolean.class)
                        .one()));
    return replay(Topics.CORRECTIONS, series);
  }

  private static List<String> states(SeriesInstanceUid series) {
    return replay(Topics.REVIEWS, series).stream().map(ReviewTaskChanged::state).toList();
  }

  private static <E extends SeriesEvent> List<E> replay(Topic<E> topic, SeriesInstanceUid series) {
    var events = new ArrayList<E>();
    EventReplay.forEach(served.broker.config(), topic, events::add);
    events.removeIf(event -> !event.series().equals(series));
    return events;
  }
}
