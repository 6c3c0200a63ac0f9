package org.firstpass.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.firstpass.dicomweb.MultipartParts;

/** A DICOMweb client that logs in with Basic. */
final class DicomWebClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  static final String MULTIPART = "multipart/related; type=\"application/dicom\"; boundary=part";
  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"([^\"]+)\"");

  private final HttpClient http = HttpClient.newHttpClient();
  private final String root;
  private final String authorization;

  DicomWebClient(int port, String user, String password) {
    this.root = "http://127.0.0.1:" + port + "/dicom-web";
    this.authorization =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  String root() {
    return root;
  }

  /** A part of an answer. */
  static final class Part {
    private final String type;
    private final String location;
    private final byte[] content;

    Part(String type, String location, byte[] content) {
      this.type = type;
      this.location = location;
      this.content = content;
    }

    String type() {
      return type;
    }

    String location() {
      return location;
    }

    byte[] bytes() {
      return content;
    }
  }

  HttpResponse<byte[]> get(String pathOrUrl, String accept) throws Exception {
    String url = pathOrUrl.startsWith("http") ? pathOrUrl : root + pathOrUrl;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url)).header("Authorization", authorization);
    if (!accept.isEmpty()) {
      request.header("Accept", accept);
    }
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  int status(String path) throws Exception {
    return get(path, "").statusCode();
  }

  /** The results of a query, none for no content. */
  JsonNode query(String path) throws Exception {
    HttpResponse<byte[]> response = get(path, "application/dicom+json");
    if (response.statusCode() == 204) {
      return JSON.createArrayNode();
    }
    String text = new String(response.body(), StandardCharsets.UTF_8);
    if (response.statusCode() != 200) {
      throw new IllegalStateException(response.statusCode() + " " + text);
    }
    return JSON.readTree(text);
  }

  List<Part> parts(String path, String accept) throws Exception {
    HttpResponse<byte[]> response = get(path, accept);
    if (response.statusCode() != 200) {
      throw new IllegalStateException(
          response.statusCode() + " " + new String(response.body(), StandardCharsets.UTF_8));
    }
    return parts(response);
  }

  static List<Part> parts(HttpResponse<byte[]> response) throws IOException {
    Matcher boundary = BOUNDARY.matcher(response.headers().firstValue("Content-Type").orElse(""));
    if (!boundary.find()) {
      throw new IllegalStateException("no boundary");
    }
    List<Part> found = new ArrayList<>();
    var parts = new MultipartParts(new ByteArrayInputStream(response.body()), boundary.group(1));
    Optional<MultipartParts.Part> part = parts.next();
    while (part.isPresent()) {
      MultipartParts.Part now = part.orElseThrow();
      found.add(
          new Part(
              now.header("content-type"),
              now.header("content-location"),
              now.content().readAllBytes()));
      part = parts.next();
    }
    return found;
  }

  HttpResponse<byte[]> store(String path, List<byte[]> instances) throws Exception {
    return post(path, MULTIPART, multipart(instances));
  }

  /** A body of the type {@link #MULTIPART}. */
  static byte[] multipart(List<byte[]> instances) {
    var body = new ByteArrayOutputStream();
    for (byte[] instance : instances) {
      body.writeBytes(
          "--part\r\nContent-Type: application/dicom\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      body.writeBytes(instance);
      body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    body.writeBytes("--part--".getBytes(StandardCharsets.US_ASCII));
    return body.toByteArray();
  }

  HttpResponse<byte[]> post(String path, String contentType, byte[] body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(root + path))
            .header("Authorization", authorization)
            .header("Accept", "application/dicom+json")
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    return http.send(request, BodyHandlers.ofByteArray());
  }

  /** Sends a request with headers given as name, value, name, value; without a login of its own. */
  HttpResponse<byte[]> send(String method, String pathOrUrl, byte[] body, String... headers)
      throws Exception {
    String url = pathOrUrl.startsWith("http") ? pathOrUrl : root + pathOrUrl;
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .headers(headers)
            .method(method, BodyPublishers.ofByteArray(body))
            .build();
    return http.send(request, BodyHandlers.ofByteArray());
  }

  String authorization() {
    return authorization;
  }

  static JsonNode json(HttpResponse<byte[]> response) throws IOException {
    return JSON.readTree(response.body());
  }
}
