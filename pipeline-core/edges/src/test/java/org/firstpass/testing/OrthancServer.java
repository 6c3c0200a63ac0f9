package org.firstpass.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * An Orthanc with its DICOMweb plugin, as a PACS. A test that asks for one is skipped where it is
 * not installed, or fails where tools are required.
 */
public final class OrthancServer implements AutoCloseable {
  public static final String AE_TITLE = "ORTHANC";

  private static final String PROGRAM = "Orthanc";
  private static final List<String> PLUGIN_FOLDERS =
      List.of("/usr/share/orthanc/plugins", "/usr/lib/orthanc", "/usr/local/share/orthanc/plugins");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final int dicomPort;
  private final int httpPort;
  private final Process process;

  /** Starts one that keeps its state in the folder. */
  public OrthancServer(Path folder) {
    requireInstalled();
    try {
      this.dicomPort = FreePort.find();
      this.httpPort = FreePort.find();
      Path configuration = folder.resolve("orthanc.json");
      Files.write(configuration, JSON.writeValueAsBytes(settings(folder)));
      this.process =
          new ProcessBuilder(PROGRAM, configuration.toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("orthanc.log").toFile())
              .start();
      LeftBehind.watch();
      Deadline.await("Orthanc answers", this::answers);
    } catch (IOException e) {
      throw new IllegalStateException("Orthanc cannot be started", e);
    }
  }

  private Map<String, Object> settings(Path folder) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("Name", AE_TITLE);
    settings.put("StorageDirectory", folder.resolve("storage").toString());
    settings.put("IndexDirectory", folder.resolve("index").toString());
    settings.put("DicomAet", AE_TITLE);
    settings.put("DicomPort", dicomPort);
    settings.put("HttpPort", httpPort);
    settings.put("AuthenticationEnabled", false);
    settings.put("DicomCheckCalledAet", true);
    // Label Map Segmentation is not among the SOP classes that older ones know.
    settings.put("UnknownSopClassAccepted", true);
    settings.put("DicomAlwaysAllowFind", true);
    settings.put("DicomAlwaysAllowGet", true);
    settings.put("Plugins", List.of(plugin()));
    settings.put("DicomWeb", Map.of("Enable", true, "Root", "/dicom-web/"));
    return settings;
  }

  private static void requireInstalled() {
    boolean found =
        List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, PROGRAM)))
            && PLUGIN_FOLDERS.stream().anyMatch(folder -> Files.exists(pluginIn(folder)));
    if (!found && "true".equals(System.getenv("FIRSTPASS_REQUIRE_TOOLS"))) {
      Assertions.fail("Orthanc with its DICOMweb plugin is required and missing");
    }
    Assumptions.assumeTrue(found, "Orthanc with its DICOMweb plugin is not installed");
  }

  private static Path pluginIn(String folder) {
    return Path.of(folder, "libOrthancDicomWeb.so");
  }

  private static String plugin() {
    return PLUGIN_FOLDERS.stream()
        .map(OrthancServer::pluginIn)
        .filter(Files::exists)
        .findFirst()
        .orElseThrow()
        .toString();
  }

  public int dicomPort() {
    return dicomPort;
  }

  /** The root of its DICOMweb. */
  public String dicomWeb() {
    return "http://127.0.0.1:" + httpPort + "/dicom-web";
  }

  /** How many instances it keeps. */
  public int instances() {
    return get("/statistics").path("CountInstances").asInt();
  }

  /** What its own REST API answers. */
  public JsonNode get(String path) {
    try {
      return JSON.readTree(bytes(path));
    } catch (IOException e) {
      throw new IllegalStateException("Orthanc answers no JSON for " + path, e);
    }
  }

  private byte[] bytes(String path) {
    return call("GET", path, "");
  }

  /** A node at this address that it may send to and answer commitments to. */
  public void know(String aeTitle, int port) {
    call("PUT", "/modalities/" + aeTitle, "[\"%s\",\"127.0.0.1\",%d]".formatted(aeTitle, port));
  }

  /** Sends all that it has to a node that it knows, by C-STORE. */
  public void sendEverything(String aeTitle) {
    String studies = String.join("\",\"", texts("/studies"));
    call("POST", "/modalities/" + aeTitle + "/store", "[\"" + studies + "\"]");
  }

  private byte[] call(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      Assertions.assertEquals(200, answer.statusCode(), method + " " + path);
      return answer.body();
    } catch (IOException e) {
      throw new IllegalStateException("Orthanc does not answer " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A list of texts that its own REST API answers. */
  public List<String> texts(String path) {
    List<String> texts = new ArrayList<>();
    get(path).forEach(each -> texts.add(each.asText()));
    return texts;
  }

  /** What its own REST API answers as plain text. */
  public String text(String path) {
    return new String(bytes(path), StandardCharsets.UTF_8);
  }

  private boolean answers() {
    try {
      return get("/system").has("Version");
    } catch (IllegalStateException e) {
      Assertions.assertTrue(process.isAlive(), "Orthanc ended while it was started");
      return false;
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
