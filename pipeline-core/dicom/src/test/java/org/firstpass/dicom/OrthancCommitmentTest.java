package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.firstpass.dicom.CommitmentReport.Failure;
import org.firstpass.study.InstanceReference;
import org.firstpass.study.Sha256;
import org.firstpass.study.SopClassUid;
import org.firstpass.study.SopInstanceUid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Storage commitment with Orthanc, which answers on an association of its own. */
class OrthancCommitmentTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  @TempDir private Path folder;
  private final CommitmentInbox inbox = new CommitmentInbox();
  private final BlockingQueue<CommitmentRequest> requests = new LinkedBlockingQueue<>();
  private StorageScp ours;
  private OrthancArchive orthanc;

  @BeforeEach
  void start() throws IOException {
    ours =
        TestNetwork.started(
            TestNetwork.config(AccessList.OPEN, null),
            new ScpServices(new Collected(), requests::add, inbox, null),
            ScpWatch.NONE);
    orthanc = new OrthancArchive(folder, ours.port());
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (orthanc != null) {
      orthanc.close();
    }
    ours.close();
  }

  @Test
  void orthancCommitsToWhatItStoresAndToNothingElse() throws Exception {
    Path images = Files.createDirectory(folder.resolve("images"));
    List<Path> files = TestCt.files(images, TestCt.oblique(9, 7, 3));
    var peer = orthanc.peer();
    assertEquals(3, StorageScu.send(peer, files, 1, done -> {}).stored());
    List<InstanceReference> sent = files.stream().map(OrthancCommitmentTest::reference).toList();
    CommitmentReport all =
        StorageCommitment.request(peer, UUID.randomUUID(), sent, inbox, PATIENCE);
    assertTrue(all.isComplete(), all::toString);
    var never =
        new InstanceReference(
            new SopInstanceUid("2.25.4711"), sent.get(0).sopClass(), sent.get(0).content(), 1);
    CommitmentReport some =
        StorageCommitment.request(
            peer, UUID.randomUUID(), List.of(sent.get(0), never), inbox, PATIENCE);
    assertEquals(1, some.committed().size());
    assertEquals(Failure.NO_SUCH_INSTANCE, some.failed().get(0).reason());
  }

  @Test
  void orthancTakesOurAnswerToARequestOfItsOwn() throws Exception {
    var http = HttpClient.newHttpClient();
    String body = "{\"DicomInstances\": [[\"" + SopClasses.CT_IMAGE + "\", \"2.25.1\"]]}";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(orthanc.http() + "/modalities/ours/storage-commitment"))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> asked = http.send(request, HttpResponse.BodyHandlers.ofString());
    assertEquals(200, asked.statusCode(), asked.body());
    CommitmentRequest taken = requests.poll(30, TimeUnit.SECONDS);
    assertEquals(1, taken.instances().size());
    var peer = orthanc.peer();
    StorageCommitment.report(
        peer, new CommitmentReport(taken.transaction(), taken.instances(), List.of()));
    HttpRequest state =
        HttpRequest.newBuilder(
                URI.create(orthanc.http() + "/storage-commitment/" + taken.transaction()))
            .build();
    String answer = http.send(state, HttpResponse.BodyHandlers.ofString()).body();
    assertTrue(answer.contains("\"Success\""), answer);
  }

  private static InstanceReference reference(Path file) {
    try {
      InstanceHeader header = InstanceHeader.read(() -> Files.newInputStream(file));
      return new InstanceReference(
          header.instance(),
          new SopClassUid(header.sopClass().value()),
          new Sha256("0".repeat(64)),
          Files.size(file));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
