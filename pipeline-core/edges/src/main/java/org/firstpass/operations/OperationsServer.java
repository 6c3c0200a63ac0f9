package org.firstpass.operations;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Answers {@code /metrics} for Prometheus, {@code /health} for whoever watches the process, and
 * what its role has to say beside.
 */
public final class OperationsServer implements AutoCloseable {
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int UNAVAILABLE = 503;
  private static final String JSON = "application/json";
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  private final HttpServer server;
  private final ExecutorService threads;

  /**
   * Opens the port; call {@link #start} to answer.
   *
   * @param port 0 for any that is free
   */
  public OperationsServer(
      String bindAddress, int port, PrometheusMeterRegistry meters, Health health) {
    try {
      server = HttpServer.create(new InetSocketAddress(bindAddress, port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the operations port " + bindAddress + ":" + port + " cannot be opened", e);
    }
    threads = Executors.newFixedThreadPool(2, OperationsServer::thread);
    server.setExecutor(threads);
    server.createContext("/metrics", exchange -> metrics(exchange, meters));
    server.createContext("/health", exchange -> health(exchange, health));
  }

  /**
   * Adds a page of JSON.
   *
   * @param path begins with a slash
   */
  public OperationsServer with(String path, Supplier<String> json) {
    server.createContext(path, exchange -> answer(exchange, path, OK, JSON, json.get()));
    return this;
  }

  private static Thread thread(Runnable task) {
    var thread = new Thread(task, "operations");
    thread.setDaemon(true);
    return thread;
  }

  public void start() {
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  private static void metrics(HttpExchange exchange, PrometheusMeterRegistry meters)
      throws IOException {
    answer(exchange, "/metrics", OK, PROMETHEUS, meters.scrape());
  }

  private static void health(HttpExchange exchange, Health health) throws IOException {
    Map<String, Boolean> answers = health.answers();
    int status = answers.containsValue(false) ? UNAVAILABLE : OK;
    answer(exchange, "/health", status, JSON, Health.json(answers, health.warnings()));
  }

  // A context answers everything below its path as well, which is not what was asked for.
  private static void answer(
      HttpExchange exchange, String path, int status, String type, String body) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      if (!exchange.getRequestURI().getPath().equals(path)) {
        exchange.sendResponseHeaders(NOT_FOUND, -1);
      } else if (!method.equals("GET")) {
        exchange.getResponseHeaders().set("Allow", "GET");
        exchange.sendResponseHeaders(METHOD_NOT_ALLOWED, -1);
      } else {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
