package org.firstpass.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.firstpass.event.EventType;
import org.firstpass.security.Role;

/** What may be asked without a login: health, event schemas, this API's description; metrics. */
public final class PublicRoutes {
  private static final String SCHEMAS = "/org/firstpass/event/schemas/";
  private static final Pattern TYPE = Pattern.compile("[a-z0-9.-]+");

  private final Supplier<Map<String, Boolean>> health;
  private final Supplier<Map<String, Boolean>> warnings;
  private final PrometheusMeterRegistry meters;

  /**
   * @param health whether each part works, by its name
   * @param warnings whether each thing is sound without which the parts still work
   */
  public PublicRoutes(
      Supplier<Map<String, Boolean>> health,
      Supplier<Map<String, Boolean>> warnings,
      PrometheusMeterRegistry meters) {
    this.health = health;
    this.warnings = warnings;
    this.meters = meters;
  }

  public void install(RoutesConfig routes) {
    routes.get("/health", this::health, AccessGate.allowAnyone());
    routes.get(
        "/metrics", this::metrics, AccessGate.allowLoopbackOr(Role.ADMINISTRATOR, Role.SERVICE));
    routes.get("/schemas", PublicRoutes::schemas, AccessGate.allowAnyone());
    routes.get("/schemas/{type}.json", PublicRoutes::schema, AccessGate.allowAnyone());
    routes.get("/openapi.yaml", PublicRoutes::description, AccessGate.allowAnyone());
  }

  private void health(Context context) {
    Map<String, Boolean> checks = health.get();
    boolean well = !checks.containsValue(false);
    context.status(well ? 200 : 503);
    context.json(Map.of("healthy", well, "checks", checks, "sound", warnings.get()));
  }

  private void metrics(Context context) {
    context.contentType("text/plain; version=0.0.4; charset=utf-8").result(meters.scrape());
  }

  private static void schemas(Context context) {
    context.json(
        Arrays.stream(EventType.values())
            .map(type -> "/schemas/" + type.wireName() + ".json")
            .toList());
  }

  private static void schema(Context context) throws IOException {
    String type = context.pathParam("type");
    if (!TYPE.matcher(type).matches()) {
      throw new ApiRefusal(404, "NO_SUCH_SCHEMA", "no event type has this name");
    }
    answer(context, SCHEMAS + type + ".json", "application/schema+json");
  }

  private static void description(Context context) throws IOException {
    answer(context, "/org/firstpass/http/openapi.yaml", "application/yaml");
  }

  private static void answer(Context context, String resource, String mediaType)
      throws IOException {
    try (InputStream in = PublicRoutes.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new ApiRefusal(404, "NO_SUCH_SCHEMA", "no event type has this name");
      }
      context.contentType(mediaType).result(in.readAllBytes());
    }
  }
}
