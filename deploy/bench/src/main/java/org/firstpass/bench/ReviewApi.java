package org.firstpass.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.firstpass.study.SeriesInstanceUid;

/** The review queue as a person's program sees it. */
final class ReviewApi {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final int port;
  private final String token;

  private ReviewApi(int port, String token) {
    this.port = port;
    this.token = token;
  }

  static ReviewApi login(int port, String user, String password)
      throws IOException, InterruptedException {
    var anonymous = new ReviewApi(port, "");
    byte[] body = JSON.writeValueAsBytes(Map.of("user", user, "password", password));
    JsonNode answer =
        anonymous.send(
            anonymous
                .request("/api/login")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    return new ReviewApi(port, answer.path("token").asText());
  }

  String token() {
    return token;
  }

  /** The task of a series, if one can be claimed. */
  Optional<JsonNode> waiting(SeriesInstanceUid series) throws IOException, InterruptedException {
    for (JsonNode task : send(request("/api/tasks?state=WAITING&limit=100").GET())) {
      if (task.path("series").asText().equals(series.value())) {
        return Optional.of(task);
      }
    }
    return Optional.empty();
  }

  /** Fetches image and labels of a series once there is a task for it. */
  void look(SeriesInstanceUid series) throws IOException, InterruptedException {
    Optional<JsonNode> task = waiting(series);
    while (task.isEmpty()) {
      Thread.sleep(100);
      task = waiting(series);
    }
    String path = "/api/tasks/" + task.get().path("id").asText();
    for (String part : List.of("/geometry", "/label-runs", "/image?first=1")) {
      http.send(request(path + part).GET().build(), HttpResponse.BodyHandlers.discarding());
    }
  }

  private HttpRequest.Builder request(String path) {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(answer.uri().getPath() + " answered " + answer.statusCode());
    }
    return JSON.readTree(answer.body());
  }
}
