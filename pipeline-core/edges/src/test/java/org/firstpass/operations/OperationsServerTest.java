package org.firstpass.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OperationsServerTest {
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final AtomicBoolean brokerUp = new AtomicBoolean(true);
  private final Health health =
      new Health().with("broker", brokerUp::get).with("database", () -> true);
  private OperationsServer server;

  @BeforeEach
  void open() {
    server = new OperationsServer("127.0.0.1", 0, meters, health);
    server.start();
  }

  @AfterEach
  void close() {
    server.close();
  }

  private HttpResponse<String> get(String path) throws Exception {
    URI address = URI.create("http://127.0.0.1:" + server.port() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void metricsAreThereForPrometheus() throws Exception {
    meters.counter("sample.things").increment();
    HttpResponse<String> answer = get("/metrics");
    assertEquals(200, answer.statusCode());
    assertTrue(answer.body().contains("sample_things_total 1.0"), answer.body());
  }

  @Test
  void healthIsUpWhileEveryCheckHolds() throws Exception {
    HttpResponse<String> answer = get("/health");
    assertEquals(200, answer.statusCode());
    assertEquals(
        "{\"status\":\"UP\",\"checks\":{\"broker\":\"UP\",\"database\":\"UP\"}}", answer.body());
  }

  @Test
  void healthIsDownWithTheNameOfTheCheckThatFails() throws Exception {
    brokerUp.set(false);
    HttpResponse<String> answer = get("/health");
    assertEquals(503, answer.statusCode());
    assertEquals(
        "{\"status\":\"DOWN\",\"checks\":{\"broker\":\"DOWN\",\"database\":\"UP\"}}",
        answer.body());
  }

  @Test
  void healthIsDegradedButThereWhenOnlyAWarningFails() throws Exception {
    health.withWarning("packages", () -> false);
    HttpResponse<String> answer = get("/health");
    assertEquals(200, answer.statusCode());
    assertEquals(
        "{\"status\":\"DEGRADED\",\"checks\":"
            + "{\"broker\":\"UP\",\"database\":\"UP\",\"packages\":\"DEGRADED\"}}",
        answer.body());
    assertTrue(health.healthy());
  }

  @Test
  void aRoleCanAddAPageOfJson() throws Exception {
    server.with("/models", () -> "[1]");
    HttpResponse<String> answer = get("/models");
    assertEquals(200, answer.statusCode());
    assertEquals("[1]", answer.body());
    assertEquals(404, get("/models/more").statusCode());
  }

  @Test
  void aCheckThatThrowsCountsAsFailed() {
    Health health =
        new Health()
            .with(
                "bad",
                () -> {
                  throw new IllegalStateException("no");
                });
    assertEquals("{\"status\":\"DOWN\",\"checks\":{\"bad\":\"DOWN\"}}", health.json());
  }

  @Test
  void otherPathsAreNotThere() throws Exception {
    assertEquals(404, get("/metrics/more").statusCode());
    assertEquals(404, get("/").statusCode());
  }
}
