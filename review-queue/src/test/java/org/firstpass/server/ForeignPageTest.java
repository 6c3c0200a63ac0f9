package org.firstpass.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.firstpass.dicom.InstanceHeader;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.SeriesArrived;
import org.firstpass.event.SeriesInput;
import org.firstpass.event.SeriesRevisionCodec;
import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.review.ReviewCase;
import org.firstpass.stream.Topics;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.study.InstanceReference;
import org.firstpass.study.NameBasedUuid;
import org.firstpass.study.PatientKey;
import org.firstpass.study.SeriesRevision;
import org.firstpass.testing.Deadline;
import org.firstpass.testing.ForeignSegmentation;
import org.firstpass.testing.ForeignSegmentation.Drawn;
import org.firstpass.testing.ForeignSegmentation.Place;
import org.firstpass.volume.LabelMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What other viewers stored, over HTTP and in a real browser, with a real broker and database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForeignPageTest {
  private static final GridSize SIZE = new GridSize(12, 10, 6);

  private ReadingRoom room;
  private ApiClient api;

  @BeforeAll
  void open(@TempDir Path folder) {
    room = new ReadingRoom(folder);
    api = ApiClient.login(room.server.port(), ReadingRoom.USER, ReadingRoom.PASSWORD);
  }

  @AfterAll
  void close() {
    room.close();
  }

  private LabelMap propose(int number) {
    var geometry =
        new GridGeometry(
            new FrameOfReferenceUid("1.2.826.0.1.9." + number),
            SIZE,
            new Vector3(-40, -60, 100),
            new Axes(new Vector3(1, 0, 0), new Vector3(0, 1, 0), new Vector3(0, 0, 1)),
            new Spacing(5, 5, 5));
    return room.propose(number, geometry, at -> 40, at -> at.x() > 0 ? 1 : at.y() > -20 ? 2 : 0);
  }

  /** Stores an object on a proposed series as the gateway would, and tells of it. */
  private String store(int number, LabelMap labels, List<Drawn> drawn) {
    var place =
        new Place(
            "1.2.826.0.1." + number,
            "1.2.826.0.1.7." + number,
            "P-1",
            "1.2.826.0.1.9." + number,
            "1.2.826.0.1.8." + number);
    var segmentation = new ForeignSegmentation(place, labels.geometry());
    drawn.forEach(segmentation::with);
    byte[] file = segmentation.binary("1.2.826.0.1.6." + number);
    ObjectReference stored = room.store.put(file, "application/dicom");
    InstanceHeader header = InstanceHeader.read(() -> new ByteArrayInputStream(file));
    var revision =
        new SeriesRevision(
            header.reference(),
            1,
            List.of(
                new InstanceReference(
                    header.instance(), header.sopClass(), stored.digest(), stored.size())));
    ObjectReference manifest =
        room.store.put(SeriesRevisionCodec.encode(revision), SeriesRevisionCodec.MEDIA_TYPE);
    var input =
        new SeriesInput(
            header.reference(), 1, revision.hash(), manifest, new PatientKey("pk-" + number));
    room.tell(
        Topics.ARRIVALS,
        new SeriesArrived(
            NameBasedUuid.of("arrived", revision.hash().hex()),
            Instant.parse("2026-11-02T09:00:00Z"),
            input,
            "SEG",
            1,
            "SOME_PACS",
            List.of()));
    Deadline.await("it is kept", () -> kept(number).path("id").isTextual());
    return kept(number).path("id").asText();
  }

  private JsonNode kept(int number) {
    for (JsonNode one : api.get("/api/foreign", 200)) {
      if (one.path("series").asText().equals("1.2.826.0.1.8." + number)) {
        return one;
      }
    }
    return MissingNode.getInstance();
  }

  private static UUID task(int number) {
    return ReviewCase.taskOf(ReadingRoom.proposalId(number));
  }

  private static Drawn tissue(int number, LabelMap labels, int of) {
    return new Drawn(
        number,
        "Segment " + number,
        ForeignSegmentation.TISSUE,
        (column, row, slice) -> labels.labelAt(column, row, slice) == of);
  }

  private void awaitTask(int number) {
    Deadline.await(
        "the task is there", () -> api.status("GET", "/api/tasks/" + task(number)) == 200);
  }

  @Test
  void theTaskShowsWhatWaitsForItAndOneRequestConfirmsIt() {
    LabelMap labels = propose(11);
    awaitTask(11);
    String id = store(11, labels, List.of(tissue(1, labels, 1), tissue(2, labels, 2)));
    JsonNode shown = api.get("/api/tasks/" + task(11), 200).path("foreign");
    assertEquals(id, shown.path(0).path("id").asText());
    assertEquals("FP1065", shown.path(0).path("reason").asText());
    JsonNode answer = api.post("/api/foreign/" + id + "/confirm", "{}", 200);
    assertEquals("TAKEN", answer.path("object").path("state").asText());
    String correction = answer.path("receipt").path("correctionId").asText();
    assertEquals(correction, answer.path("object").path("correction").asText());
    JsonNode task = api.get("/api/tasks/" + task(11), 200);
    assertEquals("ACCEPTED", task.path("state").asText());
    assertEquals(correction, task.path("ended").path("correctionId").asText());
    assertEquals(0, task.path("foreign").size());
    assertEquals(404, api.status("POST", "/api/foreign/" + UUID.randomUUID() + "/confirm"));
  }

  @Test
  void whatIsNotEnoughIsAnsweredWithItsCodeAndWhatMakesNoSenseIsRefused() {
    LabelMap labels = propose(12);
    awaitTask(12);
    String id = store(12, labels, List.of(tissue(1, labels, 1), tissue(9, labels, 2)));
    String path = "/api/foreign/" + id;
    assertEquals("FP1061", api.post(path + "/confirm", "{}", 409).path("code").asText());
    assertEquals(
        "INCONSISTENT_SUBMISSION",
        api.post(path + "/decision", "{\"mapping\":{\"9\":77}}", 422).path("code").asText());
    api.post(path + "/decision", "{\"mapping\":{\"9\":\"spleen\"}}", 400);
    api.post(path + "/decision", "{\"missing\":{\"1\":\"MAJOR\"}}", 400);
    api.post(path + "/decision", "{\"task\":\"mine\"}", 400);
    api.get("/api/foreign?state=LOST", 400);
    assertEquals(
        "REFUSED",
        api.post(path + "/decision", "{\"discard\":true}", 200)
            .path("object")
            .path("state")
            .asText());
    assertEquals("FP1067", api.get(path, 200).path("question").asText());
  }

  @Test
  void aReaderMapsASegmentInThePage() throws IOException {
    try (Browser browser = Browser.open()) {
      LabelMap labels = propose(13);
      awaitTask(13);
      String id = store(13, labels, List.of(tissue(1, labels, 1), tissue(9, labels, 2)));
      room.logIn(browser);
      String item = "[data-foreign='" + id + "']";
      browser.await(item + " select");
      browser.picture("foreign-1-asked");
      browser.find(item + " option[value='2']").click();
      browser.find(item + " .use").click();
      Deadline.await(
          "it is a correction",
          () -> api.get("/api/foreign/" + id, 200).path("state").asText().equals("TAKEN"));
      browser.awaitTrue(
          "it is gone from the page", "return document.querySelector(arguments[0]) === null", item);
      // Before the login the page asks who is there.
      assertEquals(
          List.of(), browser.complaints().stream().filter(line -> !line.contains("401")).toList());
    }
  }
}
