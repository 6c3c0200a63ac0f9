package org.firstpass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.javalin.Javalin;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.firstpass.correction.Protocols;
import org.junit.jupiter.api.Test;

final class DescriptionTest {
  private static final Pattern PATH = Pattern.compile("^  (/[^:]*):$");
  private static final Pattern METHOD = Pattern.compile("^    (get|post|put|delete):.*$");

  @Test
  void theDescriptionHasExactlyTheRoutesOfTheServerExceptThePage() throws IOException {
    assertEquals(served(), described());
  }

  private static Set<String> described() throws IOException {
    var routes = new TreeSet<String>();
    String path = "";
    boolean inPaths = false;
    for (String line : description().split("\n", -1)) {
      inPaths = line.equals("paths:") || inPaths && !line.matches("[a-z]+:.*");
      Matcher newPath = PATH.matcher(line);
      Matcher method = METHOD.matcher(line);
      if (inPaths && newPath.matches()) {
        path = newPath.group(1);
      } else if (inPaths && method.matches()) {
        routes.add(method.group(1).toUpperCase(Locale.ROOT) + " " + path);
      }
    }
    return routes;
  }

  private static String description() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            DescriptionTest.class.getResourceAsStream("/org/firstpass/http/openapi.yaml"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @SuppressWarnings("NullAway") // Routes are only registered; no handler runs.
  private static Set<String> served() {
    var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Javalin javalin =
        Javalin.create(
            config -> {
              new SecurityRoutes(null).install(config.routes);
              new WorklistRoutes(null, null, null, null, null).install(config.routes);
              new PriorRoutes(null, null, null, null).install(config.routes);
              new TaskEvents().install(config.routes);
              new TaskRoutes(null, null, null, null, null).install(config.routes);
              new TaskMarkRoutes(null, List::of, null).install(config.routes);
              new ImageRoutes(null, null, null, null).install(config.routes);
              new CompanionRoutes(null, null, null).install(config.routes);
              new VolumeRoutes(null, null).install(config.routes);
              new PriorImageRoutes(null, null, null, null).install(config.routes);
              new SubmitRoute(null, null, null, null, null).install(config.routes);
              new UndoRoute(null, null, null).install(config.routes);
              new JournalRoutes(null).install(config.routes);
              new RerunRoutes(null, null, null, null, null).install(config.routes);
              new RefineRoutes(null, null, null).install(config.routes);
              new HistoryRoutes(null, null, null, null).install(config.routes);
              new DraftRoutes(null, null, null, null).install(config.routes);
              new QualityRoutes(null, null).install(config.routes);
              new ProtocolRoutes(null, Protocols.NONE).install(config.routes);
              new ForeignRoutes(null, null, null).install(config.routes);
              new SeriesRoutes(null, null, null).install(config.routes);
              new PublicRoutes(Map::of, Map::of, meters).install(config.routes);
              new ModelRoutes(() -> null).install(config.routes);
              new FeedRoutes(null, null, () -> null, null).install(config.routes);
            });
    var routes = new TreeSet<String>();
    javalin.unsafe.internalRouter.allHttpHandlers().stream()
        .map(parsed -> parsed.endpoint)
        .filter(endpoint -> endpoint.method.isHttpMethod())
        .forEach(endpoint -> routes.add(endpoint.method + " " + endpoint.path));
    return routes;
  }
}
