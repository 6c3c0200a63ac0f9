package org.firstpass.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** A radiologist's DICOMweb viewer, logged in as a user of its own. */
final class WebViewer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PASSWORD = "correct horse battery staple";

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI root;
  private final String token;

  private WebViewer(URI root, String token) {
    this.root = root;
    this.token = token;
  }

  /** A new radiologist's. */
  static WebViewer of(TestInstallation installation, String user)
      throws IOException, InterruptedException {
    ObjectNode account = JSON.createObjectNode().put("name", user).put("displayName", user);
    account.put("password", PASSWORD).putArray("roles").add("RADIOLOGIST");
    installation.administrator().post("/api/users", account);
    URI root = installation.standalone().address();
    ObjectNode login = JSON.createObjectNode().put("user", user).put("password", PASSWORD);
    HttpResponse<byte[]> session =
        new WebViewer(root, "").post("/api/login", "application/json", login.toString().getBytes());
    assertEquals(200, session.statusCode());
    return new WebViewer(root, JSON.readTree(session.body()).path("token").asText());
  }

  void claim(String task) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        post("/api/tasks/" + task + "/claim", "application/json", new byte[0]);
    assertEquals(200, answer.statusCode());
  }

  /** Posts one file, which is stored. */
  void store(byte[] file) throws IOException, InterruptedException {
    var body = new ByteArrayOutputStream();
    body.writeBytes(ascii("--part\r\nContent-Type: application/dicom\r\n\r\n"));
    body.writeBytes(file);
    body.writeBytes(ascii("\r\n--part--"));
    String type = "multipart/related; type=\"application/dicom\"; boundary=part";
    HttpResponse<byte[]> answer = post("/dicom-web/studies", type, body.toByteArray());
    assertEquals(200, answer.statusCode(), () -> new String(answer.body(), StandardCharsets.UTF_8));
  }

  /** How many results a query has. */
  int found(String path) throws IOException, InterruptedException {
    HttpRequest request = request("/dicom-web" + path).header("Accept", "application/json").build();
    HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
    JsonNode results =
        answer.statusCode() == 204 ? JSON.createArrayNode() : JSON.readTree(answer.body());
    assertEquals(2, answer.statusCode() / 100, results::toString);
    return results.size();
  }

  private HttpResponse<byte[]> post(String path, String type, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest request =
        request(path).header("Content-Type", type).POST(BodyPublishers.ofByteArray(body)).build();
    return http.send(request, BodyHandlers.ofByteArray());
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(root.resolve(path));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
