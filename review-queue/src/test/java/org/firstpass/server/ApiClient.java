package org.firstpass.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** A program that uses the API, with a token. */
final class ApiClient {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String BOUNDARY = "part-of-a-test";

  private final HttpClient client = HttpClient.newHttpClient();
  private final int port;
  private final String token;

  ApiClient(int port, String token) {
    this.port = port;
    this.token = token;
  }

  static ApiClient login(int port, String user, String password) {
    JsonNode session =
        new ApiClient(port, "")
            .post(
                "/api/login", "{\"user\":\"" + user + "\",\"password\":\"" + password + "\"}", 200);
    return new ApiClient(port, session.path("token").asText());
  }

  String token() {
    return token;
  }

  JsonNode get(String path, int status) {
    return json(send("GET", path, ""), status);
  }

  JsonNode post(String path, String body, int status) {
    return json(send("POST", path, body), status);
  }

  byte[] bytes(String path) {
    HttpResponse<byte[]> response = send("GET", path, "");
    assertEquals(200, response.statusCode());
    return response.body();
  }

  int status(String method, String path) {
    return send(method, path, "").statusCode();
  }

  HttpResponse<byte[]> send(String method, String path, String body, String... headers) {
    HttpRequest.Builder request = request(path);
    if (headers.length > 0) {
      request.headers(headers);
    }
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    return exchange(
        request
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build());
  }

  /** Submits a decision, with labels if there are any. */
  JsonNode submit(String path, String decision, byte[] labels, int status) {
    var body = new ByteArrayOutputStream();
    part(body, "name=\"decision\"", decision.getBytes(StandardCharsets.UTF_8));
    if (labels.length > 0) {
      part(body, "name=\"labels\"; filename=\"labels.gz\"", labels);
    }
    body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
    return json(
        exchange(
            request(path)
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(BodyPublishers.ofByteArray(body.toByteArray()))
                .build()),
        status);
  }

  private static void part(ByteArrayOutputStream body, String name, byte[] content) {
    String head = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + name + "\r\n\r\n";
    body.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    body.writeBytes(content);
    body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private HttpResponse<byte[]> exchange(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode json(HttpResponse<byte[]> response, int status) {
    String text = new String(response.body(), StandardCharsets.UTF_8);
    assertEquals(status, response.statusCode(), text);
    try {
      return MAPPER.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
