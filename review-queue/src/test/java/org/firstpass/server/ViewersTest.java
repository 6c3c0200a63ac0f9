package org.firstpass.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.firstpass.event.SeriesArrived;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What known viewers ask for, in the words that they use: OHIF (its dicomweb-client), 3D Slicer
 * (the dicomweb-client of Python) and Weasis. The viewers themselves do not run here.
 */
final class ViewersTest {
  private static final String JPEG_LS = "1.2.840.10008.1.2.4.80";
  private static final String EXPLICIT = "1.2.840.10008.1.2.1";

  @TempDir static Path folder;
  private static DicomWebRoom room;
  private static DicomWebClient viewer;
  private static SeriesArrived arrived;

  @BeforeAll
  static void start() {
    room = new DicomWebRoom(folder);
    viewer = room.reader;
    arrived = room.arrive("viewed");
  }

  @AfterAll
  static void stop() {
    room.close();
  }

  @Test
  void ohifListsStudiesOpensOneAndFetchesItsFrames() throws Exception {
    JsonNode studies =
        viewer.query(
            "/studies?limit=101&offset=0&fuzzymatching=true&includefield=00081030%2C00080060"
                + "&PatientName=doe*");
    JsonNode listed = only(studies, "0020000D", study());
    for (String shown : List.of("00080020", "00100010", "00100020", "00080061", "00201208")) {
      assertTrue(listed.has(shown), shown);
    }
    JsonNode series =
        viewer.query("/studies/" + study() + "/series?includefield=0008103E%2C00080021%2C00080031");
    assertEquals("CT", series.at("/0/00080060/Value/0").asText());
    JsonNode metadata = viewer.query(series() + "/metadata");
    for (JsonNode instance : metadata) {
      for (String needed :
          List.of(
              "00280010", "00280011", "00280100", "00280103", "00200032", "00200037", "00280030")) {
        assertTrue(instance.has(needed), needed);
      }
      List<DicomWebClient.Part> frames =
          viewer.parts(
              series() + "/instances/" + uid(instance) + "/frames/1",
              "multipart/related; type=application/octet-stream; transfer-syntax=*");
      assertEquals(1, frames.size());
      assertEquals(60, frames.get(0).bytes().length);
    }
    HttpResponse<byte[]> thumbnail =
        viewer.get(series() + "/instances/" + uid(metadata.path(0)) + "/rendered", "image/jpeg");
    assertEquals(200, thumbnail.statusCode());
    assertEquals(6, picture(thumbnail).getWidth());
  }

  @Test
  void slicerFindsStudiesByItsPatientAndFetchesWholeSeries() throws Exception {
    JsonNode studies =
        DicomWebClient.json(
            viewer.get(
                "/studies?PatientID=PID-viewed&fuzzymatching=true&includefield=StudyDescription",
                "application/dicom+json, application/json"));
    assertEquals(1, studies.size());
    List<DicomWebClient.Part> instances =
        viewer.parts(series(), "multipart/related; type=\"application/dicom\"; transfer-syntax=*");
    assertEquals(4, instances.size());
    for (DicomWebClient.Part instance : instances) {
      byte[] file = instance.bytes();
      assertEquals("DICM", new String(file, 128, 4, java.nio.charset.StandardCharsets.US_ASCII));
    }
  }

  @Test
  void weasisAsksForWhatItNeedsAndTakesWhatIsStored() throws Exception {
    JsonNode series =
        viewer.query(
            "/studies/" + study() + "/series?includefield=0008103E,00081190,00201209,00080021");
    assertEquals(viewer.root() + series(), series.at("/0/00081190/Value/0").asText());
    JsonNode instances =
        viewer.query(series() + "/instances?includefield=00080016,00200013,00280008,00420010");
    assertEquals(4, instances.size());
    String syntaxes =
        "multipart/related; type=\"application/dicom\"; transfer-syntax=1.2.840.10008.1.2.4.70;q=0.9,"
            + " multipart/related; type=\"application/dicom\"; transfer-syntax=1.2.840.10008.1.2.1;q=1.0,"
            + " multipart/related; type=\"application/dicom\";q=0.1";
    List<DicomWebClient.Part> part =
        viewer.parts(series() + "/instances/" + uid(instances.path(0)), syntaxes);
    assertEquals("application/dicom; transfer-syntax=" + EXPLICIT, part.get(0).type());
    HttpResponse<byte[]> thumbnail =
        viewer.get(series() + "/thumbnail?viewport=256%2C256", "image/jpeg");
    assertEquals(256, picture(thumbnail).getWidth());
    assertEquals(200, viewer.get("/studies/" + study() + "/thumbnail", "image/png").statusCode());
  }

  @Test
  void compressedFramesGoOutAsStoredOrDecodedAsTheViewerWishes() throws Exception {
    List<Path> packed = files("jpegls");
    SeriesArrived compressed = room.arrive("compressed", bytes(packed));
    String path =
        "/studies/" + compressed.input().reference().study() + "/series/" + compressed.series();
    JsonNode metadata = viewer.query(path + "/metadata");
    assertEquals(packed.size(), metadata.size());
    List<byte[]> decoded = new ArrayList<>();
    for (JsonNode instance : metadata) {
      String frames = path + "/instances/" + uid(instance) + "/frames/1";
      DicomWebClient.Part stored =
          viewer
              .parts(frames, "multipart/related; type=application/octet-stream; transfer-syntax=*")
              .get(0);
      assertEquals("application/octet-stream; transfer-syntax=" + JPEG_LS, stored.type());
      DicomWebClient.Part typed =
          viewer.parts(frames, "multipart/related; type=\"image/jls\"").get(0);
      assertEquals("image/jls; transfer-syntax=" + JPEG_LS, typed.type());
      assertArrayEquals(stored.bytes(), typed.bytes());
      decoded.add(
          viewer
              .parts(frames, "multipart/related; type=\"application/octet-stream\"")
              .get(0)
              .bytes());
    }
    List<DicomWebClient.Part> transcoded =
        viewer.parts(
            path, "multipart/related; type=\"application/dicom\"; transfer-syntax=" + EXPLICIT);
    assertEquals(packed.size(), transcoded.size());
    for (int i = 0; i < decoded.size(); i++) {
      byte[] file = transcoded.get(i).bytes();
      byte[] tail =
          java.util.Arrays.copyOfRange(file, file.length - decoded.get(i).length, file.length);
      assertArrayEquals(decoded.get(i), tail, "the pixel data end the file");
    }
  }

  private static JsonNode only(JsonNode results, String tag, String value) {
    for (JsonNode result : results) {
      if (result.path(tag).at("/Value/0").asText().equals(value)) {
        return result;
      }
    }
    throw new AssertionError("not among " + results.size() + " results");
  }

  private static BufferedImage picture(HttpResponse<byte[]> response) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(response.body()));
  }

  private static List<Path> files(String syntax) throws IOException {
    Path all = data().resolve("P11_transfer_syntaxes_mr").resolve(syntax);
    Assumptions.assumeTrue(Files.exists(all), "the shared data has no " + syntax);
    try (Stream<Path> files = Files.list(all)) {
      return files.filter(file -> file.toString().endsWith(".dcm")).sorted().toList();
    }
  }

  private static List<byte[]> bytes(List<Path> files) throws IOException {
    List<byte[]> bytes = new ArrayList<>();
    for (Path file : files) {
      bytes.add(Files.readAllBytes(file));
    }
    return bytes;
  }

  private static Path data() {
    String set = System.getenv("FIRSTPASS_DATA");
    if (set != null) {
      return Path.of(set);
    }
    Path root = Path.of("").toAbsolutePath();
    while (root.getParent() != null && !Files.exists(root.resolve("LICENSE"))) {
      root = root.getParent();
    }
    return root.resolveSibling("shared").resolve("data");
  }

  private static String uid(JsonNode instance) {
    return instance.at("/00080018/Value/0").asText();
  }

  private static String study() {
    return arrived.input().reference().study().value();
  }

  private static String series() {
    return "/studies/" + study() + "/series/" + arrived.series();
  }
}
