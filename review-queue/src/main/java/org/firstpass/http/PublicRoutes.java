package org.firstpass.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.firstpass.event.EventSchemas;
import org.firstpass.security.Role;

/** What may be asked without a login: health, event schemas, this API's description; metrics. */
public final class PublicRoutes {
  private static final String DESCRIPTION = "/org/firstpass/http/openapi.yaml";

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
    routes.get("/api/schemas", PublicRoutes::schemas, AccessGate.allowAnyone());
    routes.get("/api/schemas/{type}", PublicRoutes::schema, AccessGate.allowAnyone());
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
        EventSchemas.all().stream().map(each -> "/schemas/" + each.name() + ".json").toList());
  }

  private static void schema(Context context) {
    EventSchemas.Released found =
        EventSchemas.find(context.pathParam("type"))
            .orElseThrow(
                () ->
                    new ApiRefusal(
                        404, "NO_SUCH_SCHEMA", "no event type has this name; see /schemas"));
    context.contentType(EventSchemas.MEDIA_TYPE).result(found.json());
  }

  private static void description(Context context) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(PublicRoutes.class.getResourceAsStream(DESCRIPTION))) {
      context.contentType("application/yaml").result(in.readAllBytes());
    }
  }
}
