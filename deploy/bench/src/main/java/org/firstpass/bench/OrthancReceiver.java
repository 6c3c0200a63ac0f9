package org.firstpass.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.firstpass.dicom.DicomPeer;
import org.firstpass.study.SeriesInstanceUid;

/** Orthanc with its SQLite index, flushing what it stores. */
final class OrthancReceiver implements Receiver {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final int httpPort = Receiver.freePort();
  private final DicomPeer peer;
  private final Process process;

  /**
   * @param commitmentPort where BENCH listens for answers to storage commitment requests
   */
  OrthancReceiver(Path folder, Path log, int commitmentPort) throws Exception {
    int port = Receiver.freePort();
    peer = new DicomPeer("127.0.0.1", port, "ORTHANC", "BENCH");
    Path configuration = folder.resolve("orthanc.json");
    Map<String, Object> bench = Map.of("AET", "BENCH", "Host", "127.0.0.1", "Port", commitmentPort);
    Map<String, Object> settings =
        new HashMap<>(
            Map.of(
                "StorageDirectory",
                folder.resolve("storage").toString(),
                "IndexDirectory",
                folder.resolve("index").toString(),
                "StorageCompression",
                false,
                "SyncStorageArea",
                true,
                "OverwriteInstances",
                true,
                "AuthenticationEnabled",
                false,
                "DicomCheckCalledAet",
                false,
                "DicomPort",
                port,
                "HttpPort",
                httpPort,
                "Plugins",
                List.of()));
    settings.put("DicomModalities", Map.of("bench", bench));
    Files.write(configuration, JSON.writeValueAsBytes(settings));
    process = Program.start(List.of("Orthanc", configuration.toString()), log);
    Receiver.await("Orthanc", this::answers);
  }

  String version() throws IOException, InterruptedException {
    return get("/system").path("Version").asText();
  }

  private boolean answers() throws InterruptedException {
    try {
      return get("/system").has("Version");
    } catch (IOException notYet) {
      return false;
    }
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + httpPort + path);
    HttpRequest request = HttpRequest.newBuilder(uri).GET().build();
    return JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
  }

  @Override
  public DicomPeer peer() {
    return peer;
  }

  /** Counts the instances of a series. */
  @Override
  public long settled(SeriesInstanceUid series) throws IOException, InterruptedException {
    for (JsonNode each : get("/series?expand")) {
      if (each.path("MainDicomTags").path("SeriesInstanceUID").asText().equals(series.value())) {
        return each.path("Instances").size();
      }
    }
    return 0;
  }

  @Override
  public void close() throws InterruptedException {
    Program.end(process);
  }
}
