package org.firstpass.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * OHIF's own distribution, as its npm package has it, over the DICOMweb of a review server: one
 * origin for both, which adds the reader's token to what goes to the server.
 */
final class OhifSite implements AutoCloseable {
  private static final String CONFIGURATION =
      """
      window.config = {
        routerBasename: null, extensions: [], modes: [], customizationService: {},
        showStudyList: true, maxNumberOfWebWorkers: 2, showWarningMessageForCrossOrigin: false,
        showCPUFallbackMessage: false, showLoadingIndicator: true, strictZSpacingForVolumeViewport: true,
        investigationalUseDialog: { option: "never" },
        maxNumRequests: { interaction: 100, thumbnail: 5, prefetch: 25 },
        defaultDataSourceName: "firstpass",
        dataSources: [{
          namespace: "@ohif/extension-default.dataSourcesModule.dicomweb",
          sourceName: "firstpass",
          configuration: {
            friendlyName: "Firstpass", name: "firstpass",
            wadoUriRoot: "/dicom-web", qidoRoot: "/dicom-web", wadoRoot: "/dicom-web",
            qidoSupportsIncludeField: true, imageRendering: "wadors", thumbnailRendering: "wadors",
            enableStudyLazyLoad: true, supportsFuzzyMatching: false, supportsWildcard: false,
            bulkDataURI: { enabled: false }, omitQuotationForMultipartRequest: true,
          },
        }],
      };
      """;
  private static final Map<String, String> TYPES =
      Map.of(
          "js", "text/javascript",
          "css", "text/css",
          "html", "text/html",
          "json", "application/json",
          "svg", "image/svg+xml",
          "wasm", "application/wasm");

  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final Path files;
  private final String server;
  private final String token;
  private final HttpServer http;

  /**
   * @param files the folder {@code dist} of the package
   * @param server the origin of the review server
   */
  OhifSite(Path files, String server, String token) throws IOException {
    this.files = files.toRealPath();
    this.server = server;
    this.token = token;
    this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    http.createContext("/", this::page);
    http.createContext("/dicom-web", this::forward);
    http.setExecutor(workers);
    http.start();
  }

  String study(String uid) {
    return "http://127.0.0.1:" + http.getAddress().getPort() + "/viewer?StudyInstanceUIDs=" + uid;
  }

  private void page(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (path.equals("/app-config.js")) {
        answer(exchange, "text/javascript", CONFIGURATION.getBytes(StandardCharsets.UTF_8));
        return;
      }
      Path file = files.resolve(path.substring(1)).normalize();
      boolean there = file.startsWith(files) && Files.isRegularFile(file);
      Path found = there ? file : files.resolve("index.html");
      String name = found.getFileName().toString();
      String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
      answer(exchange, type == null ? "application/octet-stream" : type, Files.readAllBytes(found));
    }
  }

  private static void answer(HttpExchange exchange, String type, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private void forward(HttpExchange exchange) throws IOException {
    try (exchange) {
      var request =
          HttpRequest.newBuilder(URI.create(server + exchange.getRequestURI()))
              .header("Authorization", "Bearer " + token);
      String accept = exchange.getRequestHeaders().getFirst("Accept");
      if (accept != null) {
        request.header("Accept", accept);
      }
      HttpResponse<InputStream> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      answer
          .headers()
          .firstValue("Content-Type")
          .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
      boolean none = answer.statusCode() == 204;
      exchange.sendResponseHeaders(answer.statusCode(), none ? -1 : 0);
      try (InputStream body = answer.body()) {
        if (!none) {
          body.transferTo(exchange.getResponseBody());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    http.stop(0);
    workers.shutdownNow();
  }
}
