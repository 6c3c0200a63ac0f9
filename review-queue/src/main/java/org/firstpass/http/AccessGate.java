package org.firstpass.http;

import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import io.javalin.security.RouteRole;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.firstpass.security.AccessPolicy;
import org.firstpass.security.AccessRefused;
import org.firstpass.security.AuditAction;
import org.firstpass.security.AuditFact;
import org.firstpass.security.Identity;
import org.firstpass.security.Role;
import org.firstpass.security.RuleBroken;
import org.firstpass.security.Security;
import org.firstpass.security.TooManyFailures;

/**
 * Stands before every route: finds out who asks, and lets through whom the route names.
 *
 * <p>A route is registered with {@code get(path, handler, AccessGate.allow(Role.RADIOLOGIST))}; one
 * without such a word is refused when it is called and, by {@link #requireAccessOnEveryRoute}, when
 * the server starts.
 */
public final class AccessGate {
  private static final String IDENTITY = "firstpass.identity";
  private static final String VIEWERS = "/dicom-web/";
  private static final Set<HandlerType> SAFE =
      Set.of(HandlerType.GET, HandlerType.HEAD, HandlerType.OPTIONS);

  private final Security security;

  public AccessGate(Security security) {
    this.security = security;
  }

  /** Callers with one of these roles. */
  public static RouteRole[] allow(Role... anyOf) {
    if (anyOf.length == 0) {
      throw new IllegalArgumentException("a route allows at least one role");
    }
    return Arrays.stream(anyOf).map(RouteAccess.Holder::new).toArray(RouteRole[]::new);
  }

  /** Who decides on tasks, and programs that do so for them. */
  public static RouteRole[] allowReaders() {
    return allow(Role.RADIOLOGIST, Role.SERVICE);
  }

  /** Who may see tasks and images. */
  public static RouteRole[] allowImageViewers() {
    return allow(Role.RADIOLOGIST, Role.SERVICE, Role.ADMINISTRATOR, Role.LEAD, Role.ML_ENGINEER);
  }

  /** Who may see tasks, with whoever reads the audit trail and sees no image. */
  public static RouteRole[] allowViewers() {
    return allow(
        Role.RADIOLOGIST,
        Role.SERVICE,
        Role.ADMINISTRATOR,
        Role.LEAD,
        Role.ML_ENGINEER,
        Role.AUDITOR);
  }

  /** Every caller, logged in or not. */
  public static RouteRole[] allowAnyone() {
    return new RouteRole[] {RouteAccess.Open.ANYONE};
  }

  /** Every caller who is logged in. */
  public static RouteRole[] allowAnyRole() {
    return new RouteRole[] {RouteAccess.Open.ANY_ROLE};
  }

  /** Callers on this machine without a login, others with one of these roles. */
  public static RouteRole[] allowLoopbackOr(Role... anyOf) {
    return Stream.concat(Stream.of(RouteAccess.Open.LOOPBACK), Arrays.stream(allow(anyOf)))
        .toArray(RouteRole[]::new);
  }

  /** Who asks, in a handler of a route that needs a login. */
  public static Identity identity(Context context) {
    return known(context)
        .orElseThrow(() -> new IllegalStateException("this route is open, so nobody is known"));
  }

  /** Puts the gate before every route and maps what the security room throws. */
  public void install(RoutesConfig routes) {
    routes.before(SecurityHeaders::set);
    routes.beforeMatched(context -> check(context, SAFE.contains(context.method())));
    // A page of another origin may open a channel without asking first, and read what comes.
    routes.wsBeforeUpgrade(context -> check(context, false));
    routes.exception(
        ApiRefusal.class,
        (e, context) ->
            ErrorAnswers.answer(context, e.status(), e.code(), e.getMessage(), e.details()));
    routes.exception(
        AccessRefused.class,
        (e, context) -> ErrorAnswers.answer(context, 403, "ROLE_MISSING", e.getMessage()));
    routes.exception(
        RuleBroken.class,
        (e, context) -> ErrorAnswers.answer(context, 400, "RULE_BROKEN", e.getMessage()));
    routes.exception(
        TooManyFailures.class,
        (e, context) -> {
          context.header("Retry-After", Long.toString(Math.max(1, e.waitFor().toSeconds())));
          ErrorAnswers.answer(context, 429, "TOO_MANY_FAILURES", e.getMessage());
        });
  }

  /** Refuses a server that has a route for which nobody said who may call it. */
  public static void requireAccessOnEveryRoute(JavalinConfig config) {
    List<String> silent = routesWithoutAccess(config);
    if (!silent.isEmpty()) {
      throw new IllegalStateException("these routes do not say who may call them: " + silent);
    }
  }

  static List<String> routesWithoutAccess(JavalinConfig config) {
    return config.unsafe.internalRouter.allHttpHandlers().stream()
        .map(parsed -> parsed.endpoint)
        .filter(endpoint -> endpoint.method.isHttpMethod())
        .filter(endpoint -> access(endpoint).isEmpty())
        .map(endpoint -> endpoint.method + " " + endpoint.path)
        .toList();
  }

  private static Set<RouteRole> access(Endpoint endpoint) {
    var roles = endpoint.metadata(io.javalin.security.Roles.class);
    return roles == null ? Set.of() : Set.copyOf(roles.getRoles());
  }

  private void check(Context context, boolean safe) {
    Set<RouteRole> access = context.routeRoles();
    CallerOrigin.requireOwn(context, safe);
    if (access.contains(RouteAccess.Open.ANYONE)
        || access.contains(RouteAccess.Open.LOOPBACK) && CallerOrigin.isLoopback(context)) {
      return;
    }
    Identity identity = authenticate(context);
    context.attribute(IDENTITY, identity);
    if (!access.contains(RouteAccess.Open.ANY_ROLE)) {
      requireRole(context, identity, access);
    }
  }

  private void requireRole(Context context, Identity identity, Set<RouteRole> access) {
    Set<Role> anyOf = EnumSet.noneOf(Role.class);
    for (RouteRole role : access) {
      if (role instanceof RouteAccess.Holder holder) {
        anyOf.add(holder.role());
      }
    }
    try {
      AccessPolicy.requireRole(identity, anyOf);
    } catch (AccessRefused e) {
      Endpoint matched = context.endpoints().matchedHttpEndpoint();
      String route = context.method() + " " + (matched == null ? "" : matched.path);
      security
          .audit()
          .record(
              AuditFact.of(
                  identity.subject(), AuditAction.ACCESS_REFUSED, "", Map.of("route", route)));
      throw e;
    }
  }

  private Identity authenticate(Context context) {
    return BearerToken.of(context)
        .flatMap(security.authenticator()::identify)
        .orElseThrow(() -> loginNeeded(context));
  }

  private static ApiRefusal loginNeeded(Context context) {
    // Viewers ask for a password when they see this; the page has a form of its own.
    if (context.path().startsWith(VIEWERS)) {
      context.header("WWW-Authenticate", "Basic realm=\"Firstpass\", charset=\"UTF-8\"");
    }
    return new ApiRefusal(401, "LOGIN_NEEDED", "log in first, or log in again: no session");
  }

  private static Optional<Identity> known(Context context) {
    return Optional.ofNullable(context.<Identity>attribute(IDENTITY));
  }
}
