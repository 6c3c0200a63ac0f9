package org.firstpass.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.net.URI;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The origins of viewers that are web pages served elsewhere: their pages may call the DICOMweb
 * server, and no other part of this one. A page shows who its user is by the Authorization header;
 * with the session cookie it may read only.
 *
 * @see "Fetch, section 3.2 (CORS protocol)"
 */
public final class ViewerOrigins {
  private static final String ROUTES = "/dicom-web/*";
  private static final String METHODS = "GET, HEAD, POST, PUT, DELETE";
  private static final String ASKED = "Accept, Authorization, Content-Type, X-Requested-With";
  private static final String EXPOSED =
      "Content-Length, Content-Location, Location, Retry-After, Warning";
  private static final String PREFLIGHT_SECONDS = "600";

  private final Set<String> origins;

  /**
   * @param origins as a browser writes them: scheme, host, and a port that is not the scheme's own
   * @throws IllegalArgumentException naming the one that is none
   */
  public ViewerOrigins(Collection<String> origins) {
    this.origins = origins.stream().map(ViewerOrigins::origin).collect(Collectors.toSet());
  }

  private static String origin(String text) {
    URI uri;
    try {
      uri = URI.create(text.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(complaint(text), e);
    }
    boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!web || uri.getHost() == null || uri.getUserInfo() != null) {
      throw new IllegalArgumentException(complaint(text));
    }
    int usual = uri.getScheme().equals("http") ? 80 : 443;
    boolean named = uri.getPort() >= 0 && uri.getPort() != usual;
    String origin = uri.getScheme() + "://" + uri.getHost() + (named ? ":" + uri.getPort() : "");
    if (!text.toLowerCase(Locale.ROOT).matches("[a-z]+://[^/?#]+")) {
      throw new IllegalArgumentException(complaint(text));
    }
    return origin;
  }

  private static String complaint(String text) {
    return "an origin is like https://viewer.example or http://viewer.example:3000, but is '"
        + text
        + "'";
  }

  /** Without an origin nothing changes: no page of another origin reads an answer. */
  public void install(RoutesConfig routes) {
    if (!origins.isEmpty()) {
      routes.before(ROUTES, this::answer);
      routes.options(ROUTES, this::preflight, AccessGate.allowAnyone());
    }
  }

  private void answer(Context context) {
    // What is kept for one origin is not shown to another.
    context.header("Vary", "Origin");
    String origin = context.header("Origin");
    if (origin != null && origins.contains(origin)) {
      context.header("Access-Control-Allow-Origin", origin);
      context.header("Access-Control-Allow-Credentials", "true");
      context.header("Access-Control-Expose-Headers", EXPOSED);
    }
  }

  private void preflight(Context context) {
    String origin = context.header("Origin");
    if (origin == null || !origins.contains(origin)) {
      throw new ApiRefusal(403, "FOREIGN_ORIGIN", "no viewer is configured for this origin");
    }
    context.header("Access-Control-Allow-Methods", METHODS);
    context.header("Access-Control-Allow-Headers", ASKED);
    context.header("Access-Control-Max-Age", PREFLIGHT_SECONDS);
    context.status(204);
  }
}
