package org.firstpass.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.function.Consumer;
import org.firstpass.security.Role;
import org.firstpass.security.SecurityFixture;

/** A real server with the gate, the security routes, the page and what a test adds. */
final class GateFixture implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  final SecurityFixture rooms = new SecurityFixture();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Javalin javalin;

  GateFixture(Consumer<RoutesConfig> more) {
    javalin =
        Javalin.create(
                config -> {
                  config.startup.showJavalinBanner = false;
                  new AccessGate(rooms.security).install(config.routes);
                  new SecurityRoutes(rooms.security).install(config.routes);
                  new PageRoutes().install(config.routes);
                  config.routes.get(
                      "/reading",
                      context -> context.result(AccessGate.identity(context).subject()),
                      AccessGate.allow(Role.RADIOLOGIST, Role.SERVICE));
                  more.accept(config.routes);
                })
            .start("127.0.0.1", 0);
  }

  Javalin javalin() {
    return javalin;
  }

  String origin() {
    return "http://127.0.0.1:" + javalin.port();
  }

  /** Sends a request with headers given as name, value, name, value. */
  HttpResponse<String> send(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(origin() + path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<String> as(String user, String method, String path, String body) {
    return send(method, path, body, "Authorization", "Bearer " + rooms.login(user).token());
  }

  static JsonNode json(HttpResponse<String> response) {
    try {
      return JSON.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String code(HttpResponse<String> response) {
    return json(response).path("code").asText();
  }

  @Override
  public void close() {
    javalin.stop();
    rooms.close();
  }
}
