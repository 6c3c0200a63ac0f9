package org.firstpass.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.security.Identity;
import org.firstpass.security.NewToken;
import org.firstpass.security.NewUser;
import org.firstpass.security.Role;
import org.firstpass.security.Security;
import org.firstpass.security.Session;

/** Login, users, API tokens and the audit trail. */
public final class SecurityRoutes {
  private static final int DEFAULT_TOKEN_DAYS = 90;
  private static final int MAX_AUDIT_PAGE = 1000;

  private final Security security;

  public SecurityRoutes(Security security) {
    this.security = security;
  }

  public void install(RoutesConfig routes) {
    routes.post("/api/login", this::login, AccessGate.allowAnyone());
    routes.post("/api/logout", this::logout, AccessGate.allowAnyone());
    routes.get("/api/me", this::me, AccessGate.allowAnyRole());
    routes.put("/api/me/password", this::changePassword, AccessGate.allowAnyRole());
    routes.get("/api/users", this::users, AccessGate.allow(Role.ADMINISTRATOR, Role.AUDITOR));
    routes.post("/api/users", this::createUser, AccessGate.allow(Role.ADMINISTRATOR));
    routes.put("/api/users/{name}/roles", this::setRoles, AccessGate.allow(Role.ADMINISTRATOR));
    routes.put(
        "/api/users/{name}/password", this::setPassword, AccessGate.allow(Role.ADMINISTRATOR));
    routes.post("/api/users/{name}/disable", this::disable, AccessGate.allow(Role.ADMINISTRATOR));
    routes.post("/api/users/{name}/enable", this::enable, AccessGate.allow(Role.ADMINISTRATOR));
    routes.get("/api/tokens", this::tokens, AccessGate.allowAnyRole());
    routes.post("/api/tokens", this::createToken, AccessGate.allowAnyRole());
    routes.delete("/api/tokens/{id}", this::revokeToken, AccessGate.allowAnyRole());
    routes.get("/api/audit", this::audit, AccessGate.allow(Role.AUDITOR));
    routes.get("/api/audit/verification", this::verifyAudit, AccessGate.allow(Role.AUDITOR));
  }

  private void login(Context context) {
    RequestJson request = RequestJson.of(context);
    char[] password = request.text("password").toCharArray();
    Session session =
        security
            .authenticator()
            .login(request.text("user"), password, context.ip())
            .orElseThrow(
                () ->
                    new ApiRefusal(
                        401, "LOGIN_FAILED", "the user's name or the password is not right"));
    BearerToken.setCookie(context, session);
    context.json(SecurityJson.session(session));
  }

  private void logout(Context context) {
    BearerToken.of(context).ifPresent(security.authenticator()::logout);
    BearerToken.clearCookie(context);
    context.status(204);
  }

  private void me(Context context) {
    context.json(SecurityJson.identity(AccessGate.identity(context)));
  }

  private void changePassword(Context context) {
    RequestJson request = RequestJson.of(context);
    String user = AccessGate.identity(context).subject();
    Session proof =
        security
            .authenticator()
            .login(user, request.text("current").toCharArray(), context.ip())
            .orElseThrow(
                () -> new ApiRefusal(403, "LOGIN_FAILED", "the current password is not right"));
    security.authenticator().logout(proof.token());
    security.users().setPassword(user, user, request.text("password").toCharArray());
    BearerToken.clearCookie(context);
    context.status(204);
  }

  private void users(Context context) {
    context.json(security.users().list().stream().map(SecurityJson::user).toList());
  }

  private void createUser(Context context) {
    RequestJson request = RequestJson.of(context);
    String name = request.text("name");
    var user =
        new NewUser(name, request.optionalText("displayName").orElse(name), request.roles("roles"));
    char[] password = request.text("password").toCharArray();
    security.users().create(actor(context), user, password);
    context.status(201);
  }

  private void setRoles(Context context) {
    security
        .users()
        .setRoles(
            actor(context), context.pathParam("name"), RequestJson.of(context).roles("roles"));
    context.status(204);
  }

  private void setPassword(Context context) {
    char[] password = RequestJson.of(context).text("password").toCharArray();
    security.users().setPassword(actor(context), context.pathParam("name"), password);
    context.status(204);
  }

  private void disable(Context context) {
    security.users().disable(actor(context), context.pathParam("name"));
    context.status(204);
  }

  private void enable(Context context) {
    security.users().enable(actor(context), context.pathParam("name"));
    context.status(204);
  }

  private void tokens(Context context) {
    context.json(
        security.tokens().list(ownUnlessAdministrator(context)).stream()
            .map(SecurityJson::token)
            .toList());
  }

  private void createToken(Context context) {
    RequestJson request = RequestJson.of(context);
    Identity asker = AccessGate.identity(context);
    String user = request.optionalText("user").orElse(asker.subject());
    var wanted =
        new NewToken(
            user,
            request.text("name"),
            request.roles("roles"),
            Duration.ofDays(request.wholeNumber("days", DEFAULT_TOKEN_DAYS)));
    boolean own = user.equals(asker.subject()) && asker.roles().containsAll(wanted.roles());
    if (!own && !asker.has(Role.ADMINISTRATOR)) {
      throw new ApiRefusal(
          403, "ROLE_MISSING", "a token for somebody else, or with a role that you lack");
    }
    context.status(201).json(SecurityJson.issued(security.tokens().create(actor(context), wanted)));
  }

  private void revokeToken(Context context) {
    UUID id = tokenId(context.pathParam("id"));
    if (!security.tokens().revoke(actor(context), id, ownUnlessAdministrator(context))) {
      throw new ApiRefusal(404, "NO_SUCH_TOKEN", "there is no token " + id + " that works");
    }
    context.status(204);
  }

  private void audit(Context context) {
    long before = number(context, "before", Long.MAX_VALUE);
    int limit = (int) Math.max(1, Math.min(MAX_AUDIT_PAGE, number(context, "limit", 100)));
    context.json(security.audit().before(before, limit).stream().map(SecurityJson::entry).toList());
  }

  private void verifyAudit(Context context) {
    context.json(SecurityJson.verification(security.audit().verify()));
  }

  private static String actor(Context context) {
    return AccessGate.identity(context).subject();
  }

  private static Optional<String> ownUnlessAdministrator(Context context) {
    Identity asker = AccessGate.identity(context);
    return asker.has(Role.ADMINISTRATOR) ? Optional.empty() : Optional.of(asker.subject());
  }

  private static UUID tokenId(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new ApiRefusal(400, "BAD_FIELD", "a token's id is a UUID");
    }
  }

  private static long number(Context context, String name, long otherwise) {
    String text = context.queryParam(name);
    try {
      return text == null ? otherwise : Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new ApiRefusal(400, "BAD_FIELD", "the parameter '" + name + "' is a whole number");
    }
  }
}
