package org.firstpass.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.firstpass.correction.SubmittedLabels;
import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.review.ReviewCase;
import org.firstpass.security.AuditAction;
import org.firstpass.security.AuditEntry;
import org.firstpass.security.AuditFact;
import org.firstpass.security.NewUser;
import org.firstpass.security.Role;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.testing.Deadline;
import org.firstpass.volume.LabelMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other images of a patient: for whom, and what of them. */
final class PriorImagesTest {
  private static final int PATIENT = 5;
  private static final int OTHER_PATIENT = 6;
  private static final String ACCEPT_BOTH =
      "{\"segments\":[{\"number\":1,\"verdict\":\"ACCEPT\"},{\"number\":2,\"verdict\":\"ACCEPT\"}],"
          + "\"activeMillis\":1000}";

  private static ReadingRoom room;
  private static ApiClient reader;
  private static ApiClient other;
  private static LabelMap earlier;

  @BeforeAll
  static void open(@TempDir Path folder) {
    room = new ReadingRoom(folder);
    String password = "nine blue windows";
    room.server
        .security()
        .users()
        .create(
            "test",
            new NewUser("other", "Dr. Other", Set.of(Role.RADIOLOGIST)),
            password.toCharArray());
    reader = ApiClient.login(room.server.port(), ReadingRoom.USER, ReadingRoom.PASSWORD);
    other = ApiClient.login(room.server.port(), "other", password);
    earlier = propose(2, PATIENT);
    propose(1, PATIENT);
    propose(3, OTHER_PATIENT);
    for (int number : List.of(1, 2, 3)) {
      Deadline.await(
          "task " + number, () -> reader.status("GET", "/api/tasks/" + task(number)) == 200);
    }
    String claim = claim(2).path("transaction").asText();
    reader.submit(
        "/api/tasks/" + task(2) + "/submit?transaction=" + claim, ACCEPT_BOTH, new byte[0], 200);
    claim(1);
  }

  @AfterAll
  static void close() {
    if (room != null) {
      room.close();
    }
  }

  private static JsonNode claim(int number) {
    return reader.post("/api/tasks/" + task(number) + "/claim", "{}", 200);
  }

  private static String task(int number) {
    return ReviewCase.taskOf(ReadingRoom.proposalId(number)).toString();
  }

  private static String series(int number) {
    return "1.2.826.0.1.7." + number;
  }

  private static String prior(int task, int series) {
    return "/api/tasks/" + task(task) + "/priors/" + series(series);
  }

  private static LabelMap propose(int number, int patient) {
    var geometry =
        new GridGeometry(
            new FrameOfReferenceUid("1.2.826.0.1.9.1"),
            new GridSize(7, 6, 5),
            new Vector3(number, 2, 3),
            new Axes(new Vector3(1, 0, 0), new Vector3(0, 1, 0), new Vector3(0, 0, 1)),
            new Spacing(1.5, 2, 3));
    return room.propose(
        number,
        patient,
        geometry,
        at -> (int) Math.round(10 * at.x() + at.z()),
        at -> at.z() > 8 ? 2 : at.x() > number + 4 ? 1 : 0,
        (proposal, map) -> proposal);
  }

  @Test
  void theReaderOfTheTaskSeesTheOtherSeriesAndWhatWasAcceptedOnIt() throws IOException {
    JsonNode found = reader.get(prior(1, 2), 200);
    assertEquals(series(2), found.path("series").asText());
    assertEquals("CT", found.path("modality").asText());
    assertEquals("1.2.826.0.1.9.1", found.at("/geometry/frameOfReference").asText());
    assertEquals(2.0, found.at("/geometry/position/0").asDouble());
    assertEquals("landmarks", found.at("/accepted/schema/name").asText());
    assertEquals("Spleen", found.at("/accepted/schema/segments/1/label").asText());
    byte[] image = reader.bytes(prior(1, 2) + "/image");
    assertEquals(7 * 6 * 5 * 2, image.length);
    // Position 2, 2, 3: 10 x 2 + 3.
    assertEquals(23, image[0]);
    var expected = new ByteArrayOutputStream();
    SubmittedLabels.writeRaw(earlier, expected);
    assertArrayEquals(expected.toByteArray(), reader.bytes(prior(1, 2) + "/labels"));
    AuditFact fact = newestOpened();
    assertEquals(ReadingRoom.USER, fact.actor());
    assertEquals(task(1), fact.target());
    assertEquals(series(2), fact.details().get("series"));
  }

  @Test
  void nobodyElseDoes() {
    for (String what : List.of("", "/image", "/labels")) {
      assertEquals("NOT_YOUR_TASK", other.get(prior(1, 2) + what, 403).path("code").asText());
      assertEquals("NOT_YOUR_TASK", reader.get(prior(3, 2) + what, 403).path("code").asText());
    }
    assertFalse(
        room.server.security().audit().before(Long.MAX_VALUE, 200).stream()
            .map(AuditEntry::fact)
            .anyMatch(
                fact -> fact.action() == AuditAction.PRIOR_OPENED && fact.actor().equals("other")));
  }

  @Test
  void onlyOtherSeriesOfThePatientArePriors() {
    for (String what : List.of("", "/image", "/labels")) {
      assertEquals("NO_SUCH_PRIOR", reader.get(prior(1, 3) + what, 404).path("code").asText());
      assertEquals("NO_SUCH_PRIOR", reader.get(prior(1, 1) + what, 404).path("code").asText());
    }
  }

  private static AuditFact newestOpened() {
    return room.server.security().audit().before(Long.MAX_VALUE, 200).stream()
        .map(AuditEntry::fact)
        .filter(fact -> fact.action() == AuditAction.PRIOR_OPENED)
        .findFirst()
        .orElseThrow();
  }
}
