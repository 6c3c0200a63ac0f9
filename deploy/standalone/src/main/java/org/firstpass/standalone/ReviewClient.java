package org.firstpass.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.GridSpace;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.study.FrameOfReferenceUid;
import org.jspecify.annotations.Nullable;

/** The review queue as a person's program sees it: over HTTP, with a login. */
final class ReviewClient {
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI root;
  private final String token;

  private ReviewClient(URI root, String token) {
    this.root = root;
    this.token = token;
  }

  static ReviewClient login(URI root, String user, String password) {
    var anonymous = new ReviewClient(root, "");
    ObjectNode body = JSON.createObjectNode().put("user", user).put("password", password);
    return new ReviewClient(root, anonymous.post("/api/login", body).path("token").asText());
  }

  JsonNode get(String path) {
    return json(send(request(path).GET().build()));
  }

  /** Empty if there is none (404). */
  Optional<JsonNode> find(String path) {
    HttpResponse<byte[]> answer = send(request(path).GET().build());
    return answer.statusCode() == 404 ? Optional.empty() : Optional.of(json(answer));
  }

  JsonNode post(String path, JsonNode body) {
    return json(
        send(
            request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build()));
  }

  /** Claims the next task; empty if none waits. */
  Optional<JsonNode> claimNext() {
    HttpResponse<byte[]> answer =
        send(request("/api/tasks/next").POST(HttpRequest.BodyPublishers.noBody()).build());
    return answer.statusCode() == 204 ? Optional.empty() : Optional.of(json(answer));
  }

  GridGeometry geometry(String task) {
    JsonNode grid = get("/api/tasks/" + task + "/geometry");
    JsonNode axes = grid.path("axes");
    JsonNode spacing = grid.path("spacing");
    return new GridGeometry(
        new FrameOfReferenceUid(grid.path("frameOfReference").asText()),
        new GridSize(
            grid.path("columns").asInt(), grid.path("rows").asInt(), grid.path("slices").asInt()),
        vector(grid.path("position")),
        new Axes(vector(axes.path("column")), vector(axes.path("row")), vector(axes.path("slice"))),
        new Spacing(
            spacing.path("column").asDouble(),
            spacing.path("row").asDouble(),
            spacing.path("slice").asDouble()),
        GridSpace.valueOf(grid.path("space").asText()));
  }

  /** The proposed labels in the order of the grid's array. */
  short[] labels(String task) {
    HttpResponse<byte[]> answer =
        send(
            request("/api/tasks/" + task + "/labels")
                .header("Accept-Encoding", "gzip")
                .GET()
                .build());
    byte[] bytes = requireSuccess(answer).body();
    if (answer.headers().firstValue("Content-Encoding").orElse("").equals("gzip")) {
      bytes = unzip(bytes);
    }
    var labels = new short[bytes.length / Short.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(labels);
    return labels;
  }

  /**
   * Submits a decision.
   *
   * @param corrected the corrected labels, null if nothing was changed
   * @return the receipt
   */
  JsonNode submit(
      String task, String transaction, JsonNode decision, short @Nullable [] corrected) {
    String boundary = UUID.randomUUID().toString();
    var body = new ByteArrayOutputStream();
    part(body, boundary, "decision", "application/json", decision.toString().getBytes(UTF_8));
    if (corrected != null) {
      part(body, boundary, "labels", "application/gzip", zip(corrected));
    }
    body.writeBytes(("--" + boundary + "--\r\n").getBytes(UTF_8));
    return json(
        send(
            request("/api/tasks/" + task + "/submit?transaction=" + transaction)
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                .build()));
  }

  private static void part(
      ByteArrayOutputStream body, String boundary, String name, String type, byte[] content) {
    String head =
        "--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\nContent-Type: %s\r\n\r\n"
            .formatted(boundary, name, name, type);
    body.writeBytes(head.getBytes(UTF_8));
    body.writeBytes(content);
    body.writeBytes("\r\n".getBytes(UTF_8));
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(root.resolve(path)).timeout(LIMIT);
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private HttpResponse<byte[]> send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new CommandFailed(
          "the review server does not answer on " + root + "; is 'firstpass up' running?", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailed("interrupted", e);
    }
  }

  private static JsonNode json(HttpResponse<byte[]> answer) {
    byte[] body = requireSuccess(answer).body();
    try {
      return body.length == 0 ? JSON.nullNode() : JSON.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException("the review server's answer is not JSON", e);
    }
  }

  private static HttpResponse<byte[]> requireSuccess(HttpResponse<byte[]> answer) {
    if (answer.statusCode() / 100 != 2) {
      throw new CommandFailed(
          answer.request().uri().getPath()
              + " answered "
              + answer.statusCode()
              + ": "
              + new String(answer.body(), UTF_8));
    }
    return answer;
  }

  private static Vector3 vector(JsonNode xyz) {
    return new Vector3(xyz.path(0).asDouble(), xyz.path(1).asDouble(), xyz.path(2).asDouble());
  }

  private static byte[] zip(short[] labels) {
    ByteBuffer bytes =
        ByteBuffer.allocate(labels.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asShortBuffer().put(labels);
    var zipped = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(zipped)) {
      out.write(bytes.array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return zipped.toByteArray();
  }

  private static byte[] unzip(byte[] bytes) {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
