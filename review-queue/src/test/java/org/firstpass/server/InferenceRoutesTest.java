package org.firstpass.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.firstpass.event.GeometryWarning;
import org.firstpass.event.ImageFinding;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.PackageReference;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.ProposalNotes;
import org.firstpass.event.ProposalRefused;
import org.firstpass.event.ProposalStarted;
import org.firstpass.event.RouteTaken;
import org.firstpass.event.SegmentScore;
import org.firstpass.event.SeriesArrived;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.review.ProposalFixture;
import org.firstpass.review.ReviewCase;
import org.firstpass.security.Role;
import org.firstpass.segment.CodedConcept;
import org.firstpass.stream.Topics;
import org.firstpass.stream.WorkLoop;
import org.firstpass.stream.WorkLoopConfig;
import org.firstpass.testing.Deadline;
import org.firstpass.volume.ProbabilityMapCodec;
import org.firstpass.volume.UncertaintyMapCodec;
import org.firstpass.volume.VoxelBox;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a package says beside its labels, over HTTP, with a real broker, database and store. */
final class InferenceRoutesTest {
  private static final String STORY = "{\"rules\":[{\"name\":\"stroke\",\"matched\":true}]}";
  private static final PackageReference PACKAGE = ProposalFixture.model("phantom", "1.0");

  @TempDir static Path folder;
  private static ServedQueue served;
  private static CaseFixture cases;
  private static ApiClient anna;
  private static ApiClient auditor;

  @BeforeAll
  static void start() {
    served = new ServedQueue(folder, Clock.systemUTC());
    cases = served.cases;
    anna = served.user("anna", Role.RADIOLOGIST);
    auditor = served.user("audrey", Role.AUDITOR);
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  private static byte[] uncertainty() {
    var values = new byte[CaseFixture.SIZE.voxels()];
    for (int at = 0; at < values.length; at++) {
      values[at] = (byte) (at * 2);
    }
    return values;
  }

  private static ObjectReference story() {
    return cases.store.put(
        STORY.getBytes(StandardCharsets.UTF_8), "application/vnd.firstpass.route+json");
  }

  /** Segment 2 in a box of 2 x 1 x 2 voxels at column 3, row 1, slice 1. */
  private static byte[] probabilities() {
    var source =
        new ProbabilityMapCodec.Source() {
          @Override
          public int segmentNumber() {
            return 2;
          }

          @Override
          public VoxelBox box() {
            return new VoxelBox(3, 1, 1, 4, 1, 2);
          }

          @Override
          public void read(int row, int slice, byte[] target) {
            target[0] = (byte) (100 * slice);
            target[1] = (byte) 255;
          }
        };
    return ProbabilityMapCodec.encode(CaseFixture.SIZE, List.of(source));
  }

  private static ProposalMade noted(String name) {
    ObjectReference map =
        cases.store.put(
            UncertaintyMapCodec.encode(uncertainty(), CaseFixture.SIZE),
            UncertaintyMapCodec.MEDIA_TYPE);
    var haemorrhage = new CodedConcept("50960005", "SCT", "Haemorrhage");
    var notes =
        new ProposalNotes(
            List.of(new ImageFinding(haemorrhage, 0.8125, true)),
            map,
            List.of(0.1, 0.5, 0.25, 0.0),
            new RouteTaken("stroke first", "stroke", 5, story()),
            "CPU",
            cases.store.put(probabilities(), ProbabilityMapCodec.MEDIA_TYPE));
    List<SegmentScore> scores =
        List.of(
            new SegmentScore(
                1, 30, 0.04725, 0.3, 0.9375, 0.78, List.of(GeometryWarning.TOUCHES_EDGE)),
            new SegmentScore(2, 12, 0.0189, 0.1),
            new SegmentScore(3, 0, 0, 0));
    return ProposalFixture.with(cases.proposal(name), scores, notes);
  }

  private static String tell(ProposalMade proposal) {
    served.publisher.publish(Topics.PROPOSALS, proposal);
    String task = "/api/tasks/" + ReviewCase.taskOf(proposal.id());
    Deadline.await("a task", () -> anna.status("GET", task) == 200);
    return task;
  }

  @Test
  void aTaskSaysWhatThePackageFoundAndHowGoodItMayBe() {
    String path = tell(noted("noted"));
    JsonNode task = anna.get(path, 200);
    assertEquals(
        "[{\"code\":\"50960005\",\"scheme\":\"SCT\",\"meaning\":\"Haemorrhage\",\"score\":0.8125,"
            + "\"present\":true}]",
        task.path("findings").toString());
    assertEquals(
        "{\"rule\":\"stroke first\",\"protocol\":\"stroke\",\"priority\":5}",
        task.path("route").toString());
    assertEquals("CPU", task.at("/proposal/device").asText());
    assertEquals("[0.1,0.5,0.25,0.0]", task.path("sliceUncertainty").toString());
    assertTrue(task.path("uncertaintyMap").asBoolean());
    JsonNode score = task.at("/scores/0");
    assertEquals(0.9375, score.path("agreement").asDouble());
    assertEquals(0.78, score.path("quality").asDouble());
    assertEquals("[\"TOUCHES_EDGE\"]", score.path("warnings").toString());
    assertFalse(task.at("/scores/1").has("quality"));
    JsonNode listed = anna.get("/api/tasks?limit=1000", 200);
    for (JsonNode one : listed) {
      assertFalse(one.has("sliceUncertainty"), "a list has no values for each slice");
    }
    assertEquals("Haemorrhage", listed.get(0).at("/findings/0/meaning").asText());
    String points = task.at("/score/parts").toString();
    assertTrue(points.contains("Rule 'stroke first' gives +5."), points);
    assertTrue(points.contains("Liver is 78 % likely fine."), points);
  }

  @Test
  void theProbabilitiesOfOneSegmentAreSentInTheirBox() throws IOException {
    String task = tell(noted("probable"));
    assertTrue(anna.get(task, 200).path("probabilityMap").asBoolean());
    String path = task + "/probabilities/2";
    byte[] plain = anna.send("GET", path, "").body();
    assertEquals(
        "46505042" + "02000000030000000100000001000000" + "020000000100000002000000" + "64ffc8ff",
        HexFormat.of().formatHex(plain));
    HttpResponse<byte[]> packed = anna.send("GET", path, "", "Accept-Encoding", "gzip");
    assertEquals("gzip", packed.headers().firstValue("Content-Encoding").orElse(""));
    try (var in = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
      assertArrayEquals(plain, in.readAllBytes());
    }
    String tag = packed.headers().firstValue("ETag").orElseThrow();
    assertEquals(304, anna.send("GET", path, "", "If-None-Match", tag).statusCode());
    JsonNode nowhere = anna.get(task + "/probabilities/1", 404);
    assertEquals("NO_PROBABILITIES", nowhere.path("code").asText());
    String without = tell(cases.proposal("no probabilities"));
    assertFalse(anna.get(without, 200).path("probabilityMap").asBoolean());
    JsonNode none = anna.get(without + "/probabilities/2", 404);
    assertEquals("NO_PROBABILITIES", none.path("code").asText());
    assertEquals("ROLE_MISSING", auditor.get(path, 403).path("code").asText());
  }

  @Test
  void theUncertaintyMapIsSentAsItIsToWhoMaySeeTheLabels() throws IOException {
    String path = tell(noted("map")) + "/uncertainty";
    HttpResponse<byte[]> plain = anna.send("GET", path, "");
    assertEquals(200, plain.statusCode());
    assertEquals(
        "application/vnd.firstpass.uncertainty-map",
        plain.headers().firstValue("Content-Type").orElse(""));
    byte[] body = plain.body();
    assertEquals("FPUM", new String(body, 0, 4, StandardCharsets.US_ASCII));
    assertArrayEquals(
        new byte[] {6, 0, 0, 0, 5, 0, 0, 0, 4, 0, 0, 0}, Arrays.copyOfRange(body, 4, 16));
    assertArrayEquals(uncertainty(), Arrays.copyOfRange(body, 16, body.length));
    HttpResponse<byte[]> packed = anna.send("GET", path, "", "Accept-Encoding", "gzip");
    assertEquals("gzip", packed.headers().firstValue("Content-Encoding").orElse(""));
    try (var in = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
      assertArrayEquals(body, in.readAllBytes());
    }
    String tag = packed.headers().firstValue("ETag").orElseThrow();
    assertEquals(304, anna.send("GET", path, "", "If-None-Match", tag).statusCode());
    assertEquals("ROLE_MISSING", auditor.get(path, 403).path("code").asText());
    assertEquals(401, new ApiClient(served.server.port(), "").status("GET", path));
  }

  @Test
  void aProposalWithoutAMapSaysSo() {
    String path = tell(cases.proposal("without a map"));
    assertFalse(anna.get(path, 200).path("uncertaintyMap").asBoolean());
    assertFalse(anna.get(path, 200).has("route"));
    assertEquals("NO_UNCERTAINTY_MAP", anna.get(path + "/uncertainty", 404).at("/code").asText());
  }

  @Test
  void theStoryOfTheRoutingIsToldForAProposalAndForARefusal() {
    ProposalMade proposal = noted("routed");
    tell(proposal);
    var refused =
        new ProposalRefused(
            UUID.randomUUID(),
            ProposalFixture.TIME,
            ProposalFixture.input(41, 1),
            ReasonCode.ROUTED_NOWHERE,
            "rule 'localizers' says so",
            story());
    served.publisher.publish(Topics.PROPOSALS, refused);
    String path = "/api/series/" + refused.series() + "/route";
    Deadline.await("the story", () -> anna.status("GET", path) == 200);
    for (String one : List.of(path, "/api/series/" + proposal.series() + "/route")) {
      HttpResponse<byte[]> answer = anna.send("GET", one, "");
      assertEquals(STORY, new String(answer.body(), StandardCharsets.UTF_8));
      assertEquals(
          "application/vnd.firstpass.route+json;charset=utf-8",
          answer.headers().firstValue("Content-Type").orElse(""));
    }
    JsonNode none = anna.get("/api/series/1.2.99/route", 404);
    assertEquals("NO_ROUTE", none.path("code").asText());
    assertTrue(none.path("message").asText().contains("1.2.99"));
    assertEquals("ROLE_MISSING", auditor.get(path, 403).path("code").asText());
    assertEquals(401, new ApiClient(served.server.port(), "").status("GET", path));
  }

  @Test
  void whatIsOnItsWayIsListedUntilAWorkerOrItsDeathEndsIt() {
    Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
    SeriesArrived lost = cases.arrived("lost");
    ProposalStarted soon = started(cases.arrived("soon"), now, 60_000L);
    served.publisher.publish(Topics.ARRIVALS, lost);
    served.publisher.publish(Topics.PROPOSALS, soon);
    served.publisher.publish(Topics.PROPOSALS, started(lost, now.minusSeconds(9), 1L));
    Deadline.await("two are coming", () -> anna.get("/api/coming", 200).size() == 2);
    JsonNode first = anna.get("/api/coming", 200).get(0);
    assertEquals(lost.series().value(), first.path("series").asText());
    assertTrue(first.path("late").asBoolean());
    JsonNode second = anna.get("/api/coming", 200).get(1);
    assertEquals(soon.series().value(), second.path("series").asText());
    assertEquals("phantom", second.at("/package/name").asText());
    assertEquals("CPU", second.path("device").asText());
    assertEquals(now.toString(), second.path("started").asText());
    assertEquals(now.plusSeconds(60).toString(), second.path("expectedReady").asText());
    assertFalse(second.path("late").asBoolean());
    bury(lost);
    Deadline.await("one is coming", () -> anna.get("/api/coming", 200).size() == 1);
    JsonNode outcomes = anna.get("/api/series/" + lost.series(), 200).path("outcomes");
    assertEquals("FAILED", outcomes.get(outcomes.size() - 1).path("kind").asText());
    served.publisher.publish(
        Topics.PROPOSALS, ProposalFixture.by(cases.proposal("soon"), PACKAGE, now));
    Deadline.await("none is coming", () -> anna.get("/api/coming", 200).isEmpty());
    assertEquals(401, new ApiClient(served.server.port(), "").status("GET", "/api/coming"));
  }

  private static ProposalStarted started(SeriesArrived arrived, Instant at, long millis) {
    return new ProposalStarted(UUID.randomUUID(), at, arrived.input(), PACKAGE, "CPU", millis);
  }

  /** A worker that no series survives. */
  private static void bury(SeriesArrived arrived) {
    var config =
        new WorkLoopConfig<>(
            served.broker.config(), Topics.ARRIVALS, "work", 1, Duration.ofSeconds(5));
    try (var loop =
        new WorkLoop(
            config,
            (event, attempt) -> {
              if (event.equals(arrived)) {
                throw new Defect(ReasonCode.INFERENCE_FAILED, "the test says so");
              }
            },
            new SimpleMeterRegistry())) {
      loop.start();
      String path = "/api/series/" + arrived.series();
      Deadline.await(
          "the failure is known",
          () -> anna.get(path, 200).path("outcomes").toString().contains("FAILED"));
    }
  }
}
