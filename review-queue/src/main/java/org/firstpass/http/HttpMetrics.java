package org.firstpass.http;

import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** How long requests take, by route and kind of answer. */
final class HttpMetrics {
  /** The names of this room's meters. */
  static final class Names {
    static final String REQUEST = "http.request";

    private Names() {}
  }

  private final MeterRegistry meters;

  HttpMetrics(MeterRegistry meters) {
    this.meters = meters;
  }

  void request(Context context, float millis) {
    Endpoint endpoint = context.endpoints().lastHttpEndpoint();
    Timer.builder(Names.REQUEST)
        .description("Requests to the review server, from the first byte read to the last written")
        .tag("route", endpoint == null ? "none" : endpoint.path)
        .tag("method", context.method().name())
        .tag("status", context.statusCode() / 100 + "xx")
        .register(meters)
        .record(Duration.ofNanos((long) (millis * 1e6)));
  }
}
