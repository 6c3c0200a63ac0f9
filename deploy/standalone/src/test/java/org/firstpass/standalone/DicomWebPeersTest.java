package org.firstpass.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.firstpass.arrival.SeriesState;
import org.firstpass.dicom.DicomPeer;
import org.firstpass.dicom.InstanceHeader;
import org.firstpass.dicom.StorageScu;
import org.firstpass.testing.Deadline;
import org.firstpass.testing.OrthancServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Orthanc as a client of our DICOMweb server: it stores a study here, finds what became of it, and
 * fetches it back; and what both say of the same study is the same.
 */
@ExtendWith(OneInstallation.class)
final class DicomWebPeersTest {
  private static final int SLICES = 44;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What depends on who answers, or may be answered or not. */
  private static final List<String> OWN_WORDS =
      List.of("00081190", "00080005", "00080056", "00083002", "00081030", "00080201");

  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void orthancStoresAStudyFindsItsSegmentationAndFetchesBoth(TestInstallation installation)
      throws Exception {
    PhantomSeries series = PhantomSeries.write(folder, 901, SLICES);
    String token = token(installation);
    try (var orthanc = new OrthancServer(folder)) {
      String rest = orthanc.dicomWeb().replace("/dicom-web", "");
      introduce(orthanc, installation, token);
      fill(orthanc, series);
      String study = orthanc.get("/studies").path(0).asText();

      assertEquals(200, store(orthanc, study));
      assertInstanceOf(
          SeriesState.Proposed.class, installation.watch().awaitEnd(series.uid()).state());
      assertEquals(200, store(orthanc, study), "storing a study again");
      Deadline.await(
          "study, proposal and images are found",
          () -> found(installation, token, series).size() == 2);
      assertEquals(1, installation.watch().history(series.uid()).revisions().size());

      assertSameAnswers(orthanc, installation, token, series);
      send(rest + "/studies/" + study, "DELETE", "");
      assertEquals(0, orthanc.instances());
      fetch(orthanc, studyUid(series));
      assertEquals(SLICES + 1, orthanc.instances(), "the study and its segmentation");
    }
  }

  private static String token(TestInstallation installation) {
    ObjectNode wanted = JSON.createObjectNode().put("name", "orthanc");
    wanted.putArray("roles").add("RADIOLOGIST");
    return installation.administrator().post("/api/tokens", wanted).path("token").asText();
  }

  /** Tells Orthanc of us, with the token for a password. */
  private void introduce(OrthancServer orthanc, TestInstallation installation, String token)
      throws Exception {
    ObjectNode server =
        JSON.createObjectNode()
            .put("Url", root(installation) + "/")
            .put("Username", "orthanc")
            .put("Password", token);
    HttpResponse<String> answer =
        send(orthanc.dicomWeb() + "/servers/firstpass", "PUT", server.toString());
    assertEquals(200, answer.statusCode(), answer.body());
  }

  private static void fill(OrthancServer orthanc, PhantomSeries series) {
    var peer = new DicomPeer("127.0.0.1", orthanc.dicomPort(), OrthancServer.AE_TITLE, "FIRSTPASS");
    assertTrue(StorageScu.send(peer, series.files(), 1, done -> {}).isComplete());
    assertEquals(SLICES, orthanc.instances());
  }

  private int store(OrthancServer orthanc, String study) throws Exception {
    ObjectNode request = JSON.createObjectNode().put("Synchronous", true);
    request.putArray("Resources").add(study);
    return send(orthanc.dicomWeb() + "/servers/firstpass/stow", "POST", request.toString())
        .statusCode();
  }

  private void fetch(OrthancServer orthanc, String study) throws Exception {
    ObjectNode request = JSON.createObjectNode().put("Synchronous", true);
    request.putArray("Resources").addObject().put("Study", study);
    HttpResponse<String> answer =
        send(orthanc.dicomWeb() + "/servers/firstpass/retrieve", "POST", request.toString());
    assertEquals(200, answer.statusCode(), answer.body());
  }

  private JsonNode found(TestInstallation installation, String token, PhantomSeries series) {
    return query(root(installation) + "/studies/" + studyUid(series) + "/series", token);
  }

  private void assertSameAnswers(
      OrthancServer orthanc, TestInstallation installation, String token, PhantomSeries series) {
    String study =
        "/studies?StudyInstanceUID=" + studyUid(series) + "&includefield=StudyDescription";
    JsonNode theirs = query(orthanc.dicomWeb() + study, "").path(0);
    JsonNode ours = query(root(installation) + study, token).path(0);
    // The proposal is in our study only.
    assertSame(theirs, ours, List.of("00080061", "00201206", "00201208"));
    String path = "/studies/" + studyUid(series) + "/series/" + series.uid();
    String instances =
        "/instances?includefield=ImagePositionPatient&SeriesInstanceUID=" + series.uid();
    List<JsonNode> theirInstances = sorted(query(orthanc.dicomWeb() + instances, ""));
    List<JsonNode> ourInstances = sorted(query(root(installation) + instances, token));
    assertEquals(SLICES, ourInstances.size());
    List<JsonNode> theirMetadata = sorted(query(orthanc.dicomWeb() + path + "/metadata", ""));
    List<JsonNode> ourMetadata = sorted(query(root(installation) + path + "/metadata", token));
    for (int i = 0; i < SLICES; i++) {
      assertSame(theirInstances.get(i), ourInstances.get(i), List.of());
      assertSame(theirMetadata.get(i), ourMetadata.get(i), List.of("7FE00010"));
    }
  }

  /** Whatever the other one says, we say too. */
  private static void assertSame(JsonNode theirs, JsonNode ours, List<String> left) {
    Map<String, String> expected = new TreeMap<>();
    Map<String, String> found = new TreeMap<>();
    theirs
        .properties()
        .forEach(
            attribute -> {
              String tag = attribute.getKey();
              if (!OWN_WORDS.contains(tag) && !left.contains(tag)) {
                expected.put(tag, values(attribute.getValue()));
                found.put(tag, values(ours.path(tag)));
              }
            });
    assertTrue(expected.size() > 5, theirs.toString());
    assertEquals(expected, found);
  }

  /** Numbers may be written as text, and one without a value may have an empty list. */
  private static String values(JsonNode attribute) {
    List<String> values = new ArrayList<>();
    attribute
        .path("Value")
        .forEach(
            value -> {
              String text = value.isObject() ? value.path("Alphabetic").asText() : value.asText();
              if (!text.isEmpty()) {
                values.add(
                    text.matches("-?[0-9.]+(E-?[0-9]+)?") && !text.matches(".*\\..*\\..*")
                        ? Double.toString(Double.parseDouble(text))
                        : text);
              }
            });
    return attribute.path("vr").asText() + values;
  }

  private static List<JsonNode> sorted(JsonNode results) {
    return StreamSupport.stream(results.spliterator(), false)
        .sorted(Comparator.comparing(one -> one.at("/00080018/Value/0").asText()))
        .toList();
  }

  private static String studyUid(PhantomSeries series) {
    Path first = series.files().get(0);
    return InstanceHeader.read(() -> Files.newInputStream(first)).reference().study().value();
  }

  private static String root(TestInstallation installation) {
    return installation.standalone().address() + "dicom-web";
  }

  private JsonNode query(String url, String token) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(url)).header("Accept", "application/dicom+json");
      if (!token.isEmpty()) {
        request.header("Authorization", "Bearer " + token);
      }
      HttpResponse<byte[]> answer = http.send(request.build(), BodyHandlers.ofByteArray());
      String text = new String(answer.body(), UTF_8);
      assertTrue(answer.statusCode() < 300, answer.statusCode() + " " + text);
      return answer.statusCode() == 204 ? JSON.createArrayNode() : JSON.readTree(text);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpResponse<String> send(String url, String method, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }
}
