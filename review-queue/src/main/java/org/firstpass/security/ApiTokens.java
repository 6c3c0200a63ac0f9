package org.firstpass.security;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Tokens for programs. Thread-safe. */
public final class ApiTokens {
  private final Jdbi jdbi;
  private final Clock clock;
  private final SecretTokens secrets;
  private final AuditTrail audit;

  ApiTokens(Jdbi jdbi, Clock clock, SecretTokens secrets, AuditTrail audit) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.secrets = secrets;
    this.audit = audit;
  }

  /**
   * Makes a token.
   *
   * @throws RuleBroken if there is no such user, or the user lacks one of the roles
   */
  public IssuedToken create(String actor, NewToken wanted) {
    String secret = secrets.next(SecretTokens.API_PREFIX);
    Instant now = clock.instant();
    var token =
        new ApiToken(
            UUID.randomUUID(),
            wanted.user(),
            wanted.name(),
            wanted.roles(),
            now,
            now.plus(wanted.life()));
    jdbi.useTransaction(
        handle -> {
          requireRoles(handle, wanted);
          insert(handle, token, secret);
          audit.record(
              handle,
              AuditFact.of(
                  actor,
                  AuditAction.TOKEN_CREATED,
                  token.id().toString(),
                  Map.of("user", token.user(), "roles", RoleText.of(token.roles()))));
        });
    return new IssuedToken(token, secret);
  }

  /** The tokens that work, of one user or, if none is given, of all. */
  public List<ApiToken> list(Optional<String> user) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select id, user_name, name, array_to_string(roles, ',') as roles, created, until
                    from review.security_token
                    where revoked is null and until > :now
                      and (cast(:user as text) is null or user_name = :user)
                    order by created, id
                    """)
                .bind("now", clock.instant())
                .bind("user", user.orElse(null))
                .map((row, context) -> token(row))
                .list());
  }

  /** Ends a token of this user, or of anybody if none is given; false if there is no such token. */
  public boolean revoke(String actor, UUID id, Optional<String> owner) {
    return jdbi.inTransaction(
        handle -> {
          int revoked =
              handle
                  .createUpdate(
                      """
                      update review.security_token set revoked = :now
                      where id = :id and revoked is null
                        and (cast(:owner as text) is null or user_name = :owner)
                      """)
                  .bind("now", clock.instant())
                  .bind("id", id)
                  .bind("owner", owner.orElse(null))
                  .execute();
          if (revoked == 1) {
            audit.record(handle, AuditFact.of(actor, AuditAction.TOKEN_REVOKED, id.toString()));
          }
          return revoked == 1;
        });
  }

  Optional<Identity> find(String secret) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select u.name, u.display_name, array_to_string(u.roles, ',') as roles,
                      array_to_string(t.roles, ',') as token_roles
                    from review.security_token t join review.security_user u
                      on u.name = t.user_name and u.enabled
                    where t.digest = :digest and t.revoked is null and t.until > :now
                    """)
                .bind("digest", SecretTokens.digest(secret))
                .bind("now", clock.instant())
                .map((row, context) -> identity(row))
                .findOne());
  }

  private static Identity identity(ResultSet row) throws SQLException {
    Identity user = RoleText.identity(row);
    Set<Role> roles = EnumSet.noneOf(Role.class);
    roles.addAll(RoleText.parse(row.getString("token_roles")));
    roles.retainAll(user.roles());
    return new Identity(user.subject(), user.displayName(), roles);
  }

  private static void requireRoles(Handle handle, NewToken wanted) {
    Set<Role> has =
        handle
            .createQuery(
                """
                select array_to_string(roles, ',') from review.security_user
                where name = :user and enabled for share
                """)
            .bind("user", wanted.user())
            .mapTo(String.class)
            .findOne()
            .map(RoleText::parse)
            .orElseThrow(() -> new RuleBroken("there is no user '" + wanted.user() + "'"));
    if (!has.containsAll(wanted.roles())) {
      throw new RuleBroken(
          "a token has no role that its user lacks: '" + wanted.user() + "' has " + has);
    }
  }

  private static void insert(Handle handle, ApiToken token, String secret) {
    handle
        .createUpdate(
            """
            insert into review.security_token
              (id, digest, user_name, name, roles, created, until)
            values (:id, :digest, :user, :name, string_to_array(:roles, ','), :created, :until)
            """)
        .bind("id", token.id())
        .bind("digest", SecretTokens.digest(secret))
        .bind("user", token.user())
        .bind("name", token.name())
        .bind("roles", RoleText.of(token.roles()))
        .bind("created", token.created())
        .bind("until", token.until())
        .execute();
  }

  private static ApiToken token(ResultSet row) throws SQLException {
    return new ApiToken(
        row.getObject("id", UUID.class),
        row.getString("user_name"),
        row.getString("name"),
        RoleText.parse(row.getString("roles")),
        row.getTimestamp("created").toInstant(),
        row.getTimestamp("until").toInstant());
  }
}
