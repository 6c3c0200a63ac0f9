package org.firstpass.standalone;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.firstpass.delivery.Delivery;
import org.firstpass.delivery.DeliveryLedger;
import org.firstpass.delivery.DeliveryState;
import org.firstpass.dicom.DicomPeer;
import org.firstpass.dicom.InstanceHeader;
import org.firstpass.dicom.Segmentation;
import org.firstpass.dicom.SegmentationReader;
import org.firstpass.dicom.StorageScu;
import org.firstpass.event.ProposalMade;
import org.firstpass.testing.Deadline;
import org.firstpass.testing.OrthancServer;
import org.firstpass.volume.LabelMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Out of a PACS and back into it. */
class OrthancRoundTripTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  @Test
  void aStudyOfOrthancComesInAndItsProposalIsThereConfirmedAndOpens() throws Exception {
    Path pacs = Files.createDirectory(folder.resolve("pacs"));
    try (var orthanc = new OrthancServer(pacs);
        TestInstallation installation = start(orthanc)) {
      Standalone standalone = installation.standalone();
      orthanc.know(standalone.aeTitle(), standalone.dicomPort());
      PhantomSeries series = PhantomSeries.write(folder, 77, 24);
      var archive =
          new DicomPeer("127.0.0.1", orthanc.dicomPort(), OrthancServer.AE_TITLE, "MODALITY");
      assertTrue(StorageScu.send(archive, series.files(), 1, done -> {}).isComplete());
      orthanc.sendEverything(standalone.aeTitle());

      installation.watch().awaitEnd(series.uid());
      List<ProposalMade> proposals = installation.watch().proposals(series.uid());
      assertEquals(1, proposals.size());
      List<Delivery> deliveries = awaitDelivered(installation, series);
      assertEquals(
          List.of("dimse", "web"),
          deliveries.stream().map(Delivery::destination).sorted().toList());

      ProposalMade proposal = proposals.get(0);
      String study = proposal.input().reference().study().value();
      for (Delivery each : deliveries) {
        LabelMap expected = installation.labels(proposal);
        Segmentation read = open(orthanc, study, String.valueOf(each.instance()));
        assertEquals(Set.of(series.uid()), read.referencedSeries());
        assertArrayEquals(
            expected.toArray(), read.toLabelMap(expected.geometry(), proposal.schema()).toArray());
      }
      String state = installation.state().toString();
      String explained = said("explain", "--state", state, series.uid().value());
      assertTrue(explained.contains("SEG to web: delivered"), explained);
      String listed = said("deliveries", "list", "--state", state, "--destination", "dimse");
      assertTrue(listed.contains("SEG to dimse: delivered"), listed);
      assertFalse(listed.contains("SEG to web"), listed);
      assertEquals("none", said("deliveries", "list", "--state", state, "--failed").strip());
      String replayed = said("deliveries", "replay", "--state", state);
      assertEquals("0 objects are sent again", replayed.strip());
      fetches(archive, state);
    }
  }

  /** What was not sent is fetched by C-MOVE, once, and a backfill finds that it is here. */
  private void fetches(DicomPeer archive, String state) throws IOException {
    PhantomSeries unsent = PhantomSeries.write(folder, 78, 3);
    assertTrue(StorageScu.send(archive, unsent.files(), 1, done -> {}).isComplete());
    String study =
        InstanceHeader.read(() -> Files.newInputStream(unsent.files().get(0)))
            .reference()
            .study()
            .value();
    Path sources = folder.resolve("sources.json");
    Files.writeString(
        Path.of(state, "firstpass.properties"), Keys.PULL_SOURCES + "=" + sources + "\n");
    String fetched = said("pull", "study", study, "--state", state, "--source", "pacs");
    assertTrue(fetched.contains("3 arrived, 0 were here, 0 not taken"), fetched);
    String again = said("pull", "study", study, "--state", state, "--source", "web");
    assertTrue(again.contains("0 arrived, 3 were here"), again);
    String explained = said("explain", "--state", state, unsent.uid().value());
    assertTrue(explained.contains("fetched from pacs: somebody asked for it"), explained);
    String begun =
        said(
            "pull",
            "backfill",
            "start",
            "--state",
            state,
            "--source",
            "web",
            "--from",
            "2026-01-04",
            "--to",
            "2026-01-06",
            "--modality",
            "CT");
    assertTrue(begun.contains("backfill 1 begins"), begun);
    Deadline.await(
        "the backfill is done",
        PATIENCE,
        () -> said("pull", "backfill", "list", "--state", state).contains("CT: done"));
    String listed = said("pull", "list", "--state", state, "--source", "web");
    assertTrue(listed.contains("from web: done, backfill 1"), listed);
    CommandLineRun late = CommandLineRun.of("pull", "backfill", "pause", "1", "--state", state);
    assertEquals(1, late.status());
    assertTrue(late.err().contains("does not run"), late::err);
    CommandLineRun unknown =
        CommandLineRun.of("pull", "study", study, "--state", state, "--source", "nowhere");
    assertTrue(unknown.err().contains("FP1081"), unknown::err);
  }

  private static String said(String... arguments) {
    CommandLineRun run = CommandLineRun.of(arguments);
    assertEquals(0, run.status(), run::err);
    return run.out();
  }

  private TestInstallation start(OrthancServer orthanc) throws IOException {
    Path destinations =
        Files.writeString(
            folder.resolve("destinations.json"),
            """
            {"format": 1, "destinations": [
              {"name": "dimse",
               "dimse": {"host": "127.0.0.1", "port": %d, "called": "%s", "calling": "FIRSTPASS"},
               "proposal": ["SEG"], "correction": ["SEG"], "confirmation": "COMMITMENT"},
              {"name": "web", "stow": {"url": "%s"}, "segmentation": "LABELMAP_RLE",
               "proposal": ["SEG"], "correction": ["SEG"], "confirmation": "READ_BACK"}]}
            """
                .formatted(orthanc.dicomPort(), OrthancServer.AE_TITLE, orthanc.dicomWeb()));
    Path sources =
        Files.writeString(
            folder.resolve("sources.json"),
            """
            {"format": 1, "sources": [
              {"name": "pacs",
               "dimse": {"host": "127.0.0.1", "port": %d, "called": "%s", "calling": "FIRSTPASS"},
               "retrieve": "MOVE"},
              {"name": "web", "web": {"url": "%s"}}]}
            """
                .formatted(orthanc.dicomPort(), OrthancServer.AE_TITLE, orthanc.dicomWeb()));
    return TestInstallation.start(
        Files.createDirectory(folder.resolve("installation")),
        Map.of(
            Keys.MODELS_FOLDERS,
            Repository.packages().toString(),
            Keys.DELIVERY_DESTINATIONS,
            destinations.toString(),
            Keys.PULL_SOURCES,
            sources.toString()));
  }

  private static List<Delivery> awaitDelivered(
      TestInstallation installation, PhantomSeries series) {
    var ledger = new DeliveryLedger(installation.infrastructure().database());
    Deadline.await(
        "both objects are delivered",
        PATIENCE,
        () -> {
          List<Delivery> all = ledger.of(series.uid());
          return all.size() == 2
              && all.stream().allMatch(each -> each.state() == DeliveryState.DELIVERED);
        });
    return ledger.of(series.uid());
  }

  /** Found by QIDO-RS, retrieved by WADO-RS. */
  private static Segmentation open(OrthancServer orthanc, String study, String instance)
      throws IOException, InterruptedException {
    String root = orthanc.dicomWeb() + "/studies/" + study;
    String json =
        text(get(root + "/instances?SOPInstanceUID=" + instance, "application/dicom+json"));
    JsonNode found = JSON.readTree(json).path(0);
    String series = found.path("0020000E").path("Value").path(0).asText();
    String accept = "multipart/related; type=\"application/dicom\"; transfer-syntax=*";
    String body = text(get(root + "/series/" + series + "/instances/" + instance, accept));
    byte[] object =
        body.substring(body.indexOf("\r\n\r\n") + 4, body.lastIndexOf("\r\n--"))
            .getBytes(StandardCharsets.ISO_8859_1);
    return SegmentationReader.read(() -> new ByteArrayInputStream(object));
  }

  private static byte[] get(String uri, String accept) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(uri)).header("Accept", accept).build();
    HttpResponse<byte[]> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
    assertEquals(200, answer.statusCode(), uri);
    return answer.body();
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.ISO_8859_1);
  }
}
