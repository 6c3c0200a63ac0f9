package org.firstpass.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.firstpass.dicom.InstanceHeader;
import org.firstpass.event.SeriesArrived;
import org.firstpass.event.SeriesRevisionCodec;
import org.firstpass.http.ViewerOrigins;
import org.firstpass.security.Role;
import org.firstpass.study.Sender;
import org.firstpass.study.SeriesRevision;
import org.firstpass.testing.Deadline;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call the DICOMweb server, in which media types, and when what was posted is found. */
final class DicomWebDoorTest {
  private static final String VIEWER = "https://viewer.example:3000";
  private static final String XML = "application/dicom+xml";
  private static final String XML_PARTS = "multipart/related; type=\"application/dicom+xml\"";
  private static final String DICOM_PARTS =
      "multipart/related; type=\"application/dicom\"; transfer-syntax=*";

  @TempDir private static Path folder;
  private static DicomWebRoom room;
  private static DicomWebClient reader;
  private static DicomWebClient program;
  private static SeriesArrived known;
  private static final ConcurrentLinkedQueue<Sender> SENDERS = new ConcurrentLinkedQueue<>();

  @BeforeAll
  static void start() {
    room = new DicomWebRoom(folder, Set.of(VIEWER));
    reader = room.reader;
    program = room.client("router", Role.SERVICE);
    known = room.arrive("known");
    room.server.storeThrough(
        incoming -> {
          SENDERS.add(incoming.sender());
          room.cases.store.put(incoming.part10(), "application/dicom");
        });
  }

  @AfterAll
  static void stop() {
    room.close();
  }

  /** PS3.18 8.7.4: what is asked for and cannot be had is not acceptable. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/studies",
        "/series",
        "/instances",
        "STUDY",
        "STUDY/series",
        "STUDY/metadata",
        "SERIES",
        "SERIES/instances",
        "SERIES/metadata",
        "INSTANCE",
        "INSTANCE/metadata",
        "INSTANCE/frames/1",
        "INSTANCE/bulkdata/7FE00010",
        "INSTANCE/rendered",
        "INSTANCE/thumbnail",
        "/workitems"
      })
  void xmlIsNotAcceptableUnlessSomethingElseIsToo(String template) throws Exception {
    String path = path(template);
    for (String accept : List.of(XML, XML_PARTS)) {
      assertEquals(406, reader.get(path, accept).statusCode(), accept);
      assertEquals(406, reader.get(path, accept + ", image/tiff").statusCode(), accept);
      assertEquals(2, reader.get(path, accept + ", */*;q=0.1").statusCode() / 100, accept);
    }
    assertEquals(2, reader.get(path, "").statusCode() / 100);
  }

  @ParameterizedTest
  @CsvSource({
    "/studies, application/dicom+xml",
    "/studies, text/xml",
    "/studies, multipart/related; type=\"application/dicom+xml\"; boundary=part",
    "/studies/1.2.3, multipart/related; type=\"application/dicom+xml\"; boundary=part",
    "/studies, multipart/form-data; boundary=part",
    "/workitems, application/dicom+xml",
    "/workitems, multipart/related; type=\"application/dicom+xml\"; boundary=part"
  })
  void xmlThatIsPostedIsAnUnsupportedMediaType(String path, String type) throws Exception {
    assertEquals(415, program.post(path, type, new byte[] {'<'}).statusCode());
  }

  @Test
  void nothingIsStoredForWhoCannotReadTheAnswer() throws Exception {
    byte[] file = CaseFixture.series("unread").get(0);
    byte[] body = DicomWebClient.multipart(List.of(file));
    HttpResponse<byte[]> refused =
        reader.send(
            "POST",
            "/studies",
            body,
            "Authorization",
            reader.authorization(),
            "Accept",
            XML,
            "Content-Type",
            DicomWebClient.MULTIPART);
    assertEquals(406, refused.statusCode());
    assertEquals(0, reader.query("/instances?SOPInstanceUID=" + uid(file)).size());
  }

  @Test
  void whatIsPostedIsFoundWithTheAnswerAndItsSeriesIsThere() throws Exception {
    List<byte[]> files = CaseFixture.series("posted");
    assertEquals(200, reader.store("/studies", files.subList(0, 2)).statusCode());
    InstanceHeader header = header(files.get(0));
    String series =
        "/studies/" + header.reference().study() + "/series/" + header.reference().series();
    assertEquals(2, reader.query(series + "/instances").size());
    assertEquals(1, reader.query("/studies?PatientID=PID-posted").size());
    assertEquals(2, reader.parts(series, DICOM_PARTS).size());
    assertArrayEquals(
        files.get(1),
        reader.parts(series + "/instances/" + uid(files.get(1)), DICOM_PARTS).get(0).bytes());
    room.arrive("posted", files);
    assertEquals(4, reader.parts(series, DICOM_PARTS).size());
  }

  @Test
  void aRevisionIsRetrievedWithoutWhatWasPostedSinceUntilTheNextOne() throws Exception {
    List<byte[]> files = CaseFixture.series("late");
    List<byte[]> first = files.subList(0, 3);
    room.arrive("late", first);
    InstanceHeader header = header(files.get(3));
    String series =
        "/studies/" + header.reference().study() + "/series/" + header.reference().series();
    assertEquals(200, reader.store("/studies", List.of(files.get(3))).statusCode());
    assertEquals(4, reader.query(series + "/instances").size());
    assertEquals(3, reader.parts(series, DICOM_PARTS).size());
    assertEquals(3, reader.query(series + "/metadata").size());
    assertEquals(1, reader.parts(series + "/instances/" + uid(files.get(3)), DICOM_PARTS).size());
    byte[] changed = changed(files.get(0));
    assertEquals(200, reader.store("/studies", List.of(changed)).statusCode());
    assertArrayEquals(
        files.get(0),
        reader.parts(series + "/instances/" + uid(changed), DICOM_PARTS).get(0).bytes());
    room.arrive("late again", files);
    // The four were found before, so its own wait has not waited for the revision.
    Deadline.await("the next revision is retrieved", () -> retrieved(series) == 4);
  }

  private static int retrieved(String series) {
    try {
      return reader.parts(series, DICOM_PARTS).size();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** The last byte of the pixels differs. */
  private static byte[] changed(byte[] file) {
    byte[] changed = file.clone();
    changed[changed.length - 1]++;
    return changed;
  }

  @Test
  void aRadiologistIsTheSenderAndAProgramIsNot() throws Exception {
    List<byte[]> files = CaseFixture.series("senders");
    SENDERS.clear();
    reader.store("/studies", List.of(files.get(0)));
    program.store("/studies", List.of(files.get(1)));
    room.client("adam", Role.ADMINISTRATOR).store("/studies", List.of(files.get(2)));
    assertEquals(
        List.of(Sender.ofReader("rosa"), Sender.UNKNOWN, Sender.UNKNOWN), List.copyOf(SENDERS));
  }

  @Test
  void aPageOfAConfiguredOriginAsksFirstAndReadsTheAnswer() throws Exception {
    HttpResponse<byte[]> asked = preflight(VIEWER, "/studies");
    assertEquals(204, asked.statusCode());
    assertEquals(Optional.of(VIEWER), cors(asked, "Allow-Origin"));
    assertEquals(Optional.of("true"), cors(asked, "Allow-Credentials"));
    assertTrue(cors(asked, "Allow-Methods").orElse("").contains("POST"));
    assertTrue(cors(asked, "Allow-Headers").orElse("").contains("Authorization"));
    HttpResponse<byte[]> found =
        reader.send(
            "GET",
            "/studies?limit=1",
            new byte[0],
            "Origin",
            VIEWER,
            "Authorization",
            reader.authorization());
    assertEquals(200, found.statusCode());
    assertEquals(Optional.of(VIEWER), cors(found, "Allow-Origin"));
    assertTrue(cors(found, "Expose-Headers").orElse("").contains("Warning"));
    assertEquals(List.of("Origin"), found.headers().allValues("Vary"));
    HttpResponse<byte[]> stored =
        reader.send(
            "POST",
            "/studies",
            DicomWebClient.multipart(CaseFixture.series("across").subList(0, 1)),
            "Origin",
            VIEWER,
            "Authorization",
            reader.authorization(),
            "Content-Type",
            DicomWebClient.MULTIPART);
    assertEquals(200, stored.statusCode());
    assertEquals(Optional.of(VIEWER), cors(stored, "Allow-Origin"));
    HttpResponse<byte[]> nobody = reader.send("GET", "/studies", new byte[0], "Origin", VIEWER);
    assertEquals(401, nobody.statusCode());
    assertEquals(Optional.of(VIEWER), cors(nobody, "Allow-Origin"), "so that it can ask to log in");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://viewer.example",
        "http://viewer.example:3000",
        "https://viewer.example:3000.evil.example",
        "https://sub.viewer.example:3000",
        "null"
      })
  void aPageOfAnyOtherOriginReadsNothing(String origin) throws Exception {
    HttpResponse<byte[]> asked = preflight(origin, "/studies");
    assertEquals(403, asked.statusCode());
    assertEquals(Optional.empty(), cors(asked, "Allow-Origin"));
    HttpResponse<byte[]> found =
        reader.send(
            "GET",
            "/studies?limit=1",
            new byte[0],
            "Origin",
            origin,
            "Authorization",
            reader.authorization());
    assertEquals(Optional.empty(), cors(found, "Allow-Origin"));
  }

  @Test
  void theCookieOfAnotherOriginPostsNothingAndTheApiIsOurOwnPages() throws Exception {
    HttpResponse<byte[]> posted =
        reader.send(
            "POST", "/studies", new byte[] {1}, "Origin", VIEWER, "Cookie", "firstpass=stolen");
    assertEquals(403, posted.statusCode());
    HttpHeaders api =
        reader
            .send(
                "GET",
                "http://127.0.0.1:" + room.server.port() + "/api/tasks",
                new byte[0],
                "Origin",
                VIEWER)
            .headers();
    assertEquals(Optional.empty(), api.firstValue("Access-Control-Allow-Origin"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "viewer.example",
        "https://*.example",
        "https://viewer.example/",
        "https://viewer.example/ohif",
        "ftp://viewer.example",
        "https://user@viewer.example",
        "null",
        ""
      })
  void whatIsNoOriginIsRefusedByName(String text) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> new ViewerOrigins(List.of(text)));
    assertTrue(String.valueOf(e.getMessage()).contains("'" + text + "'"), e.getMessage());
  }

  private static HttpResponse<byte[]> preflight(String origin, String path) throws Exception {
    return reader.send(
        "OPTIONS",
        path,
        new byte[0],
        "Origin",
        origin,
        "Access-Control-Request-Method",
        "POST",
        "Access-Control-Request-Headers",
        "authorization,content-type");
  }

  private static Optional<String> cors(HttpResponse<byte[]> answer, String name) {
    return answer.headers().firstValue("Access-Control-" + name);
  }

  private static String path(String template) {
    String study = "/studies/" + known.input().reference().study();
    String series = study + "/series/" + known.series();
    SeriesRevision revision =
        SeriesRevisionCodec.decode(room.cases.store.read(known.input().manifest().digest()));
    String instance = series + "/instances/" + revision.instances().get(0).instance();
    return template.replace("STUDY", study).replace("SERIES", series).replace("INSTANCE", instance);
  }

  private static InstanceHeader header(byte[] file) {
    return InstanceHeader.read(() -> new ByteArrayInputStream(file));
  }

  private static String uid(byte[] file) {
    return header(file).instance().value();
  }
}
