package org.firstpass.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.config.SizeUnit;
import io.javalin.json.JavalinJackson;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.Consumer;
import org.firstpass.event.EventJson;
import org.firstpass.security.Security;

/** The HTTP door: the gate before every route, JSON errors, limits, and who installs routes. */
public final class HttpServer implements AutoCloseable {
  private static final long MAX_BODY_BYTES = 1 << 20;
  private static final int MAX_PART_IN_MEMORY_BYTES = 1 << 20;

  private final Javalin javalin;
  private final Endpoint endpoint;

  /**
   * Where it listens and what it takes.
   *
   * @param port 0 for any free one
   * @param maxUploadBytes of one submission
   */
  public record Endpoint(String bindAddress, int port, long maxUploadBytes) {}

  public HttpServer(
      Endpoint endpoint,
      Security security,
      MeterRegistry meters,
      List<Consumer<RoutesConfig>> routes) {
    this.endpoint = endpoint;
    var metrics = new HttpMetrics(meters);
    this.javalin =
        Javalin.create(
            config -> {
              configure(config, endpoint);
              config.requestLogger.http(metrics::request);
              new AccessGate(security).install(config.routes);
              ErrorAnswers.install(config.routes);
              routes.forEach(room -> room.accept(config.routes));
              AccessGate.requireAccessOnEveryRoute(config);
            });
  }

  private static void configure(JavalinConfig config, Endpoint endpoint) {
    config.startup.showJavalinBanner = false;
    config.http.maxRequestSize = MAX_BODY_BYTES;
    config.http.defaultContentType = "application/json";
    // Volumes are packed by their routes, which know whether it pays.
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.jetty.multipartConfig.maxFileSize(endpoint.maxUploadBytes(), SizeUnit.BYTES);
    config.jetty.multipartConfig.maxTotalRequestSize(
        endpoint.maxUploadBytes() + MAX_BODY_BYTES, SizeUnit.BYTES);
    config.jetty.multipartConfig.maxInMemoryFileSize(MAX_PART_IN_MEMORY_BYTES, SizeUnit.BYTES);
    config.jetty.modifyHttpConfiguration(
        http -> {
          http.setSendServerVersion(false);
          http.setSendXPoweredBy(false);
        });
    config.jsonMapper(new JavalinJackson(EventJson.mapper(), false));
  }

  public void start() {
    javalin.start(endpoint.bindAddress(), endpoint.port());
  }

  public int port() {
    return javalin.port();
  }

  @Override
  public void close() {
    javalin.stop();
  }
}
