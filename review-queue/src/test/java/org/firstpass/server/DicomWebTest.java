package org.firstpass.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.firstpass.dicom.InstanceHeader;
import org.firstpass.event.SeriesArrived;
import org.firstpass.event.SeriesRevisionCodec;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.failure.TryAgainLater;
import org.firstpass.security.Role;
import org.firstpass.study.SeriesRevision;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries, retrieval and storing over HTTP, with a real broker, database and store. */
final class DicomWebTest {
  private static final String DICOM_JSON = "application/dicom+json";
  private static final String EXPLICIT = "1.2.840.10008.1.2.1";

  @TempDir static Path folder;
  private static DicomWebRoom room;
  private static DicomWebClient reader;
  private static SeriesArrived first;
  private static SeriesArrived second;

  @BeforeAll
  static void start() {
    room = new DicomWebRoom(folder);
    reader = room.reader;
    first = room.arrive("first");
    second = room.arrive("second");
  }

  @AfterAll
  static void stop() {
    room.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PatientID=PID-first",
        "00100020=PID-first",
        "PatientID=PID-f*",
        "PatientID=PID-fir?t",
        "PatientName=doe%5Ejane&PatientID=PID-first",
        "PatientName=D*&PatientID=PID-first",
        "PatientName=jan%20do&fuzzymatching=true&PatientID=PID-first",
        "StudyDate=19700101&PatientID=PID-first",
        "StudyDate=19691231-19700102&PatientID=PID-first",
        "StudyDate=-19700101&PatientID=PID-first",
        "StudyDate=19700101-&StudyTime=0000-0100&PatientID=PID-first",
        "ModalitiesInStudy=MR,CT&PatientID=PID-first",
        "PatientName=&PatientID=PID-first"
      })
  void aStudyIsFoundByWhatItSaysOfItself(String query) throws Exception {
    JsonNode found = reader.query("/studies?" + query);
    assertEquals(1, found.size(), found.toString());
    assertEquals(study(first), found.at("/0/0020000D/Value/0").asText());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PatientID=PID-third",
        "PatientID=PID",
        "PatientID=PID-%25",
        "PatientID=PID_first",
        "PatientName=Roe*",
        "PatientName=jim%20doe&fuzzymatching=true",
        "StudyDate=19700102-",
        "StudyDate=-19691231",
        "StudyTime=0001-",
        "ModalitiesInStudy=MR",
        "StudyInstanceUID=1.2.3"
      })
  void aStudyThatSaysOtherwiseIsNotFound(String query) throws Exception {
    HttpResponse<byte[]> response = reader.get("/studies?" + query, DICOM_JSON);
    assertEquals(204, response.statusCode());
    assertEquals(0, response.body().length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/studies?NoSuchAttribute=1",
        "/studies?0010=1",
        "/studies?StudyDate=yesterday",
        "/studies?limit=-1",
        "/studies?limit=a",
        "/studies?fuzzymatching=perhaps",
        "/studies?Modality=CT",
        "/series?SOPInstanceUID=1.2",
        "/studies?includefield=NoSuchAttribute",
        "/studies?ReferencedSeriesSequence=1",
        "/studies/a/series",
        "/studies?PatientID.a.b=1"
      })
  void aQueryThatIsNoneIsRefused(String path) throws Exception {
    assertEquals(400, reader.status(path), path);
  }

  @Test
  void aResultHasWhatTheStandardListsAndWhatWasAskedFor() throws Exception {
    JsonNode study = reader.query("/studies?PatientID=PID-first").path(0);
    assertEquals("Doe^Jane", study.at("/00100010/Value/0/Alphabetic").asText());
    assertEquals("CT", study.at("/00080061/Value/0").asText());
    assertEquals(1, study.at("/00201206/Value/0").asInt());
    assertEquals(4, study.at("/00201208/Value/0").asInt());
    assertEquals("ONLINE", study.at("/00080056/Value/0").asText());
    assertEquals(
        reader.root() + "/studies/" + study(first), study.at("/00081190/Value/0").asText());
    assertTrue(study.has("00080090"), "listed, and empty if it is not there");
    assertFalse(study.has("00101010"), "neither listed nor asked for");
    JsonNode series = reader.query("/studies/" + study(first) + "/series").path(0);
    assertEquals("CT", series.at("/00080060/Value/0").asText());
    assertEquals(4, series.at("/00201209/Value/0").asInt());
    assertFalse(series.has("00100010"), "the path says whose it is");
    assertTrue(reader.query("/series?SeriesInstanceUID=" + first.series()).path(0).has("00100010"));
    String instances = series(first) + "/instances";
    JsonNode listed = reader.query(instances);
    assertEquals(4, listed.size());
    assertEquals("1.2.840.10008.5.1.4.1.1.2", listed.at("/0/00080016/Value/0").asText());
    assertEquals(6, listed.at("/0/00280011/Value/0").asInt());
    assertFalse(listed.path(0).has("00200032"));
    JsonNode asked =
        reader.query(instances + "?includefield=ImagePositionPatient,00100010,StudyDate").path(0);
    assertEquals(3, asked.at("/00200032/Value").size());
    assertEquals("Doe^Jane", asked.at("/00100010/Value/0/Alphabetic").asText());
    assertTrue(reader.query(instances + "?includefield=all").path(0).has("00281052"));
  }

  @Test
  void pagesFollowEachOtherAndSayHowMuchIsLeft() throws Exception {
    String path = "/instances?SeriesInstanceUID=" + first.series() + "&limit=3";
    HttpResponse<byte[]> page = reader.get(path, DICOM_JSON);
    String warning = page.headers().firstValue("Warning").orElse("");
    assertTrue(warning.startsWith("299 "), warning);
    assertTrue(warning.contains("There are 1 additional results"), warning);
    JsonNode rest = reader.query(path + "&offset=3");
    assertEquals(1, rest.size());
    List<String> all = new ArrayList<>();
    DicomWebClient.json(page).forEach(one -> all.add(one.at("/00080018/Value/0").asText()));
    all.add(rest.at("/0/00080018/Value/0").asText());
    assertEquals(4, all.stream().distinct().count());
    assertEquals(0, reader.query(path + "&offset=4").size());
  }

  @Test
  void listsOfUidsFindEachOfThem() throws Exception {
    assertEquals(
        2,
        reader
            .query("/studies?StudyInstanceUID=" + study(first) + "," + study(second) + ",1.2")
            .size());
    assertEquals(
        2,
        reader.query("/studies?StudyInstanceUID=" + study(first) + "%5C" + study(second)).size());
  }

  @Test
  void nobodyReadsNamesWithoutARole() throws Exception {
    assertEquals(403, room.client("audrey", Role.AUDITOR).status("/studies"));
    assertEquals(403, room.client("mia", Role.ML_ENGINEER).status("/studies"));
    var nobody = new DicomWebClient(room.server.port(), "rosa", "correct horse battery staple");
    HttpResponse<byte[]> refused = nobody.get("/studies", DICOM_JSON);
    assertEquals(401, refused.statusCode());
    assertTrue(refused.headers().firstValue("WWW-Authenticate").orElse("").startsWith("Basic"));
  }

  @Test
  void theAuditTrailSaysWhoReadAStudyOnce() throws Exception {
    DicomWebClient once = room.client("otto", Role.RADIOLOGIST);
    for (int i = 0; i < 3; i++) {
      assertEquals(200, once.status(instance(first, 0) + "/frames/1"));
    }
    long written =
        room.database
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            "select count(*) from review.audit_entry where actor = 'otto'"
                                + " and action = 'OBJECT_EXPORTED' and target = :study")
                        .bind("study", study(first))
                        .mapTo(Long.class)
                        .one());
    assertEquals(1, written);
  }

  @Test
  void instancesComeAsTheyAreStored() throws Exception {
    String any = "multipart/related; type=\"application/dicom\"; transfer-syntax=*";
    List<DicomWebClient.Part> parts = reader.parts(series(first), any);
    assertEquals(4, parts.size());
    assertEquals(4, reader.parts("/studies/" + study(first), "").size());
    byte[] stored = stored(first, 0);
    assertArrayEquals(stored, reader.parts(instance(first, 0), any).get(0).bytes());
    assertArrayEquals(stored, reader.get(instance(first, 0), "application/dicom").body());
    assertEquals(
        "application/dicom; transfer-syntax=" + EXPLICIT,
        reader.parts(instance(first, 0), any).get(0).type());
    assertEquals(406, reader.get(series(first), "image/gif").statusCode());
    assertEquals(
        406,
        reader
            .get(
                series(first),
                "multipart/related; type=\"application/dicom\"; transfer-syntax=1.2.840.10008.1.2.4.90")
            .statusCode());
    assertEquals(404, reader.status("/studies/1.2.3"));
    assertEquals(404, reader.status(series(first) + "/instances/1.2.3"));
  }

  @Test
  void metadataLeadToTheirBulkDataAndFramesHaveThePixels() throws Exception {
    JsonNode metadata = reader.query(series(first) + "/metadata");
    assertEquals(4, metadata.size());
    assertEquals("Doe^Jane", metadata.at("/0/00100010/Value/0/Alphabetic").asText());
    assertEquals(6, metadata.at("/0/00280011/Value/0").asInt());
    for (JsonNode one : metadata) {
      String bulk = one.at("/7FE00010/BulkDataURI").asText();
      byte[] pixels = reader.get(bulk, "application/octet-stream").body();
      assertEquals(60, pixels.length);
      String uid = one.at("/00080018/Value/0").asText();
      DicomWebClient.Part frame =
          reader
              .parts(
                  series(first) + "/instances/" + uid + "/frames/1",
                  "multipart/related; type=\"application/octet-stream\"; transfer-syntax=*")
              .get(0);
      assertArrayEquals(pixels, frame.bytes());
      assertEquals("application/octet-stream; transfer-syntax=" + EXPLICIT, frame.type());
      int slice = one.at("/00200013/Value/0").asInt() - 1;
      double slope = one.at("/00281053/Value/0").asDouble();
      double intercept = one.at("/00281052/Value/0").asDouble();
      short stored = ByteBuffer.wrap(pixels).order(ByteOrder.LITTLE_ENDIAN).getShort();
      assertEquals(CaseFixture.value(slice * 30), stored * slope + intercept, 1e-6);
    }
    assertEquals(404, reader.status(instance(first, 0) + "/frames/2"));
    assertEquals(400, reader.status(instance(first, 0) + "/frames/0"));
    assertEquals(404, reader.status(instance(first, 0) + "/bulkdata/00420011"));
    assertEquals(400, reader.status(instance(first, 0) + "/bulkdata/x"));
    assertEquals(
        406,
        reader
            .get(instance(first, 0) + "/frames/1", "multipart/related; type=\"image/jpeg\"")
            .statusCode());
  }

  @Test
  void storingAnswersForEachInstanceByItself() throws Exception {
    byte[] good = stored(first, 0);
    byte[] full = stored(first, 1);
    byte[] own = stored(first, 2);
    String goodUid = uid(good);
    String fullUid = uid(full);
    room.server.storeThrough(
        incoming -> {
          bytes(incoming.part10());
          if (incoming.instance().value().equals(fullUid)) {
            throw new TryAgainLater(ReasonCode.STORE_FULL, "no room");
          }
          if (!incoming.instance().value().equals(goodUid)) {
            throw new StudyRefused(ReasonCode.OWN_OUTPUT, "ours");
          }
        });
    HttpResponse<byte[]> stored = reader.store("/studies", List.of(good));
    assertEquals(200, stored.statusCode());
    JsonNode answer = DicomWebClient.json(stored);
    assertEquals(goodUid, answer.at("/00081199/Value/0/00081155/Value/0").asText());
    assertEquals(
        reader.root() + instance(first, 0),
        answer.at("/00081199/Value/0/00081190/Value/0").asText());
    byte[] garbage = "no DICOM".getBytes(StandardCharsets.US_ASCII);
    HttpResponse<byte[]> some = reader.store("/studies", List.of(full, good, garbage, own));
    assertEquals(202, some.statusCode());
    JsonNode mixed = DicomWebClient.json(some);
    assertEquals(1, mixed.at("/00081199/Value").size());
    assertEquals(0xa700, mixed.at("/00081198/Value/0/00081197/Value/0").asInt());
    assertEquals(0x0124, mixed.at("/00081198/Value/1/00081197/Value/0").asInt());
    assertEquals(0xc000, mixed.at("/0008119A/Value/0/00081197/Value/0").asInt());
    assertEquals(409, reader.store("/studies", List.of(garbage)).statusCode());
    assertEquals(503, reader.store("/studies", List.of(full)).statusCode());
    assertEquals(200, reader.store("/studies/" + study(first), List.of(good)).statusCode());
    HttpResponse<byte[]> other = reader.store("/studies/1.2.3", List.of(good));
    assertEquals(409, other.statusCode());
    assertEquals(
        0xc409, DicomWebClient.json(other).at("/00081198/Value/0/00081197/Value/0").asInt());
    assertEquals(400, reader.store("/studies", List.of()).statusCode());
    assertEquals(415, reader.post("/studies", "application/dicom", good).statusCode());
    assertEquals(400, reader.post("/studies", "multipart/related; boundary=a", good).statusCode());
  }

  @Test
  void anInstanceMayComeAsJsonWithItsPixelsBesideIt() throws Exception {
    var received = new AtomicReference<>(new byte[0]);
    room.server.storeThrough(incoming -> received.set(bytes(incoming.part10())));
    JsonNode metadata = reader.query(instance(first, 0) + "/metadata");
    String uri = metadata.at("/0/7FE00010/BulkDataURI").asText();
    byte[] pixels = reader.get(uri, "application/octet-stream").body();
    var body = new ByteArrayOutputStream();
    part(body, "application/dicom+json", "", metadata.toString().getBytes(StandardCharsets.UTF_8));
    part(body, "application/octet-stream", "Content-Location: " + uri + "\r\n", pixels);
    body.writeBytes("--a--".getBytes(StandardCharsets.US_ASCII));
    String type = "multipart/related; type=\"application/dicom+json\"; boundary=a";
    HttpResponse<byte[]> answer = reader.post("/studies", type, body.toByteArray());
    assertEquals(200, answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8));
    assertEquals(uid(stored(first, 0)), uid(received.get()));
    byte[] file = received.get();
    assertArrayEquals(pixels, Arrays.copyOfRange(file, file.length - pixels.length, file.length));
    var alone = new ByteArrayOutputStream();
    part(alone, "application/dicom+json", "", metadata.toString().getBytes(StandardCharsets.UTF_8));
    alone.writeBytes("--a--".getBytes(StandardCharsets.US_ASCII));
    assertEquals(409, reader.post("/studies", type, alone.toByteArray()).statusCode());
  }

  private static void part(
      ByteArrayOutputStream body, String type, String headers, byte[] content) {
    String head = "--a\r\nContent-Type: " + type + "\r\n" + headers + "\r\n";
    body.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    body.writeBytes(content);
    body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] bytes(InputStream in) {
    try (in) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new TryAgainLater(ReasonCode.STORE_UNAVAILABLE, "a broken body", e);
    }
  }

  private static String uid(byte[] file) {
    return InstanceHeader.read(() -> new ByteArrayInputStream(file)).instance().value();
  }

  private static String study(SeriesArrived arrived) {
    return arrived.input().reference().study().value();
  }

  private static String series(SeriesArrived arrived) {
    return "/studies/" + study(arrived) + "/series/" + arrived.series();
  }

  private static String instance(SeriesArrived arrived, int index) {
    return series(arrived) + "/instances/" + uid(stored(arrived, index));
  }

  private static byte[] stored(SeriesArrived arrived, int index) {
    SeriesRevision revision =
        SeriesRevisionCodec.decode(room.cases.store.read(arrived.input().manifest().digest()));
    return room.cases.store.read(revision.instances().get(index).content());
  }
}
