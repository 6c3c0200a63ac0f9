package org.firstpass.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.firstpass.event.FirstpassEvent;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.RequestedBox;
import org.firstpass.event.RerunAnswered;
import org.firstpass.event.RerunRequested;
import org.firstpass.failure.ReasonCode;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.journal.Runs;
import org.firstpass.journal.RunsBuilder;
import org.firstpass.review.ReviewCase;
import org.firstpass.security.Role;
import org.firstpass.stream.Topics;
import org.firstpass.stream.WorkLoop;
import org.firstpass.stream.WorkLoopConfig;
import org.firstpass.testing.Deadline;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.LabelMapCodec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second look by the model and clicks, over HTTP, with a real broker, database and store. */
final class AssistRoutesTest {
  private static final GridSize VOLUME = CaseFixture.SIZE;
  private static final String BOX = "{\"first\":[1,2,1],\"last\":[3,3,2]}";
  private static final GridSize PART = new GridSize(3, 2, 2);

  @TempDir static Path folder;
  private static ServedQueue served;
  private static CaseFixture cases;
  private static ApiClient anna;
  private static ApiClient berta;

  @BeforeAll
  static void start() {
    served = new ServedQueue(folder, Clock.systemUTC());
    cases = served.cases;
    anna = served.user("anna", Role.RADIOLOGIST);
    berta = served.user("berta", Role.RADIOLOGIST);
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  private static String claimed(ProposalMade proposal) {
    served.publisher.publish(Topics.PROPOSALS, proposal);
    String task = "/api/tasks/" + ReviewCase.taskOf(proposal.id());
    Deadline.await("a task", () -> anna.status("GET", task) == 200);
    anna.post(task + "/claim", "{}", 200);
    return task;
  }

  private static String asking(UUID request, String box) {
    return "{\"request\":\"" + request + "\",\"box\":" + box + "}";
  }

  /** What a worker is given, once. */
  private static RerunRequested taken(UUID request) throws InterruptedException {
    BlockingQueue<RerunRequested> given = new LinkedBlockingQueue<>();
    var config =
        new WorkLoopConfig<>(
            served.broker.config(), Topics.RERUNS, "workers", 1, Duration.ofSeconds(5));
    try (var loop =
        new WorkLoop(config, (event, attempt) -> given.add(event), new SimpleMeterRegistry())) {
      loop.start();
      RerunRequested next = given.poll(30, TimeUnit.SECONDS);
      while (next != null && !next.id().equals(request)) {
        next = given.poll(30, TimeUnit.SECONDS);
      }
      return next;
    }
  }

  private static RerunAnswered answer(
      RerunRequested asked, ObjectReference labels, ReasonCode reason) {
    String explanation = reason == null ? null : "the test says so";
    return new RerunAnswered(
        UUID.randomUUID(),
        asked.time(),
        asked.input(),
        asked.id(),
        labels,
        reason,
        explanation,
        12);
  }

  private static ObjectReference stored(short[] labels, ProposalMade proposal) {
    GridGeometry grid =
        LabelMapCodec.decode(cases.store.read(proposal.labels().digest())).geometry();
    var part =
        new GridGeometry(
            grid.frameOfReference(), PART, grid.toPatient(1, 2, 1), grid.axes(), grid.spacing());
    return cases.store.put(
        LabelMapCodec.encode(new LabelMap(part, labels)), LabelMapCodec.MEDIA_TYPE);
  }

  @Test
  void aBoxThatIsAskedForGoesToAWorkerAndItsLabelsComeBackAsRuns() throws InterruptedException {
    ProposalMade proposal = cases.proposal("again");
    String task = claimed(proposal);
    UUID request = UUID.randomUUID();
    anna.post(task + "/reruns", asking(request, BOX), 202);
    anna.post(task + "/reruns", asking(request, BOX), 202);
    String path = task + "/reruns/" + request;
    assertEquals("ASKED", anna.get(path, 200).path("state").asText());
    assertEquals("NO_LABELS", anna.get(path + "/labels", 404).path("code").asText());
    RerunRequested asked = taken(request);
    assertEquals(new RequestedBox(1, 2, 1, 3, 3, 2), asked.box());
    assertEquals(proposal.id(), asked.proposal());
    assertEquals(proposal.modelPackage(), asked.modelPackage());
    assertEquals(proposal.input(), asked.input());
    short[] labels = {0, 1, 2, 2, 0, 0, 1, 1, 1, 0, 0, 3};
    served.publisher.publish(Topics.RERUN_ANSWERS, answer(asked, stored(labels, proposal), null));
    Deadline.await("labels", () -> anna.get(path, 200).path("state").asText().equals("MADE"));
    var found = new short[VOLUME.voxels()];
    Arrays.fill(found, (short) -1);
    Runs.of(anna.bytes(path + "/labels"))
        .forEach(
            found.length,
            3,
            (start, length, label) -> Arrays.fill(found, start, start + length, (short) label));
    for (int at = 0; at < found.length; at++) {
      int column = at % VOLUME.columns() - 1;
      int row = at / VOLUME.columns() % VOLUME.rows() - 2;
      int slice = at / VOLUME.voxelsPerSlice() - 1;
      boolean inside = PART.contains(column, row, slice);
      assertEquals(inside ? labels[PART.index(column, row, slice)] : -1, found[at], "voxel " + at);
    }
  }

  @Test
  void whatAWorkerRefusesIsToldWithItsCode() throws InterruptedException {
    String task = claimed(cases.proposal("refused"));
    UUID request = UUID.randomUUID();
    anna.post(task + "/reruns", asking(request, BOX), 202);
    RerunRequested asked = taken(request);
    served.publisher.publish(Topics.RERUN_ANSWERS, answer(asked, null, ReasonCode.RERUN_UNFIT));
    String path = task + "/reruns/" + request;
    Deadline.await("a refusal", () -> anna.get(path, 200).path("state").asText().equals("REFUSED"));
    assertEquals("FP1090", anna.get(path, 200).path("code").asText());
    UUID next = UUID.randomUUID();
    anna.post(task + "/reruns", asking(next, BOX), 202);
  }

  @Test
  void whatNoWorkerCanHandleIsToldAsRefusedWithTheCodeAndNothingIsWaitedFor()
      throws InterruptedException {
    String task = claimed(cases.proposal("broken"));
    UUID request = UUID.randomUUID();
    anna.post(task + "/reruns", asking(request, BOX), 202);
    var config =
        new WorkLoopConfig<>(
            served.broker.config(), Topics.RERUNS, "workers", 1, Duration.ofSeconds(5));
    String path = task + "/reruns/" + request;
    try (var loop = new WorkLoop(config, AssistRoutesTest::breakDown, new SimpleMeterRegistry())) {
      loop.start();
      Deadline.await("an end", () -> !anna.get(path, 200).path("state").asText().equals("ASKED"));
    }
    assertEquals("REFUSED", anna.get(path, 200).path("state").asText());
    assertEquals(ReasonCode.UNEXPECTED.code(), anna.get(path, 200).path("code").asText());
    anna.post(task + "/reruns", asking(UUID.randomUUID(), BOX), 202);
  }

  private static void breakDown(FirstpassEvent event, int attempt) {
    throw new IllegalStateException("the test breaks down at " + event.id());
  }

  @Test
  void onlyWhoHoldsTheTaskAsksForOneBoxAtATimeAndOnlyWithinTheImage() {
    String task = claimed(cases.proposal("held"));
    String path = task + "/reruns";
    UUID first = UUID.randomUUID();
    assertEquals("NOT_HELD", berta.post(path, asking(first, BOX), 409).path("code").asText());
    String outside = "{\"first\":[1,2,1],\"last\":[6,3,2]}";
    assertEquals("BOX_OUTSIDE", anna.post(path, asking(first, outside), 422).path("code").asText());
    String turned = "{\"first\":[3,2,1],\"last\":[1,3,2]}";
    assertEquals(
        "MALFORMED_REQUEST", anna.post(path, asking(first, turned), 400).path("code").asText());
    anna.post(path, asking(first, BOX), 202);
    JsonNode second = anna.post(path, asking(UUID.randomUUID(), BOX), 409);
    assertEquals("RERUN_UNDER_WAY", second.path("code").asText());
    assertEquals(
        "NO_SUCH_RERUN", anna.get(path + "/" + UUID.randomUUID(), 404).path("code").asText());
    assertEquals(401, new ApiClient(served.server.port(), "").status("GET", path + "/" + first));
  }

  @Test
  void aClickIsAnsweredWithWhatIsToBePainted() {
    String task = claimed(cases.proposal("clicked"));
    byte[] mask = new RunsBuilder().add(VOLUME.index(1, 1, 1), 2, 1).build().toBytes();
    String body =
        "{\"segment\":2,\"box\":{\"first\":[0,0,0],\"last\":[5,4,3]},\"mask\":\""
            + Base64.getEncoder().encodeToString(mask)
            + "\",\"prompts\":[{\"at\":[4,3,2],\"adds\":true},{\"at\":[1,1,1],\"adds\":false}]}";
    JsonNode answer = anna.post(task + "/refine", body, 200);
    assertEquals("standard", answer.path("by").asText());
    var found = new short[VOLUME.voxels()];
    Arrays.fill(found, (short) -1);
    byte[] runs = Base64.getDecoder().decode(answer.path("runs").asText());
    Runs.of(runs)
        .forEach(
            found.length,
            3,
            (start, length, label) -> Arrays.fill(found, start, start + length, (short) label));
    assertEquals(2, found[VOLUME.index(4, 3, 2)]);
    assertEquals(0, found[VOLUME.index(1, 1, 1)]);
    assertArrayEquals(
        runs,
        Base64.getDecoder().decode(anna.post(task + "/refine", body, 200).path("runs").asText()));
  }

  @Test
  void clicksThatCannotBeAreRefused() {
    String task = claimed(cases.proposal("refused clicks"));
    String whole = "\"box\":{\"first\":[0,0,0],\"last\":[5,4,3]},\"mask\":\"\"";
    for (String body :
        List.of(
            "{\"segment\":9," + whole + ",\"prompts\":[{\"at\":[4,3,2]}]}",
            "{\"segment\":2," + whole + ",\"prompts\":[]}",
            "{\"segment\":2," + whole + ",\"prompts\":[{\"at\":[4,3,4]}]}",
            "{\"segment\":2," + whole + ",\"prompts\":[{\"at\":[4,3]}]}")) {
      JsonNode refused = anna.post(task + "/refine", body, 400);
      assertEquals("MALFORMED_REQUEST", refused.path("code").asText(), body);
    }
    assertTrue(served.server.healthy());
  }
}
