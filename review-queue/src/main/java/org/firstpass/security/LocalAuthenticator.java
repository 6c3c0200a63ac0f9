package org.firstpass.security;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** {@link Authenticator} of the users in the database. Thread-safe. */
final class LocalAuthenticator implements Authenticator {
  private final Jdbi jdbi;
  private final PasswordHashing hashing;
  private final LoginThrottle throttle;
  private final Sessions sessions;
  private final ApiTokens tokens;
  private final AuditTrail audit;

  LocalAuthenticator(
      Jdbi jdbi,
      PasswordHashing hashing,
      LoginThrottle throttle,
      Sessions sessions,
      ApiTokens tokens,
      AuditTrail audit) {
    this.jdbi = jdbi;
    this.hashing = hashing;
    this.throttle = throttle;
    this.sessions = sessions;
    this.tokens = tokens;
    this.audit = audit;
  }

  @Override
  public Optional<Session> login(String user, char[] password, String address) {
    String name = user.strip().toLowerCase(Locale.ROOT);
    try {
      throttle.begin(name, address);
      Optional<Login> known = find(name);
      String stored = known.map(Login::password).orElseGet(hashing::ofUnknownUser);
      boolean right = hashing.matches(password, stored);
      if (!right || known.isEmpty() || !known.orElseThrow().enabled()) {
        // A name that is not known may be a password in the wrong field, so it is not written.
        String actor = known.isPresent() ? name : "unknown";
        audit.record(AuditFact.of(actor, AuditAction.LOGIN_FAILED, "", Map.of("address", address)));
        return Optional.empty();
      }
      Optional<String> renewed =
          hashing.isOutdated(stored) ? Optional.of(hashing.hash(password)) : Optional.empty();
      throttle.succeeded(name, address);
      return Optional.of(open(known.orElseThrow().identity(), address, renewed));
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  @Override
  public Optional<Identity> identify(String bearerToken) {
    if (bearerToken.startsWith(SecretTokens.SESSION_PREFIX)) {
      return sessions.find(bearerToken);
    }
    return bearerToken.startsWith(SecretTokens.API_PREFIX)
        ? tokens.find(bearerToken)
        : Optional.empty();
  }

  @Override
  public void logout(String token) {
    jdbi.useTransaction(
        handle ->
            sessions
                .end(handle, token)
                .ifPresent(
                    user -> audit.record(handle, AuditFact.of(user, AuditAction.LOGOUT, ""))));
  }

  private Session open(Identity identity, String address, Optional<String> renewedHash) {
    return jdbi.inTransaction(
        handle -> {
          if (renewedHash.isPresent()) {
            handle
                .createUpdate("update review.security_user set password = :hash where name = :name")
                .bind("hash", renewedHash.orElseThrow())
                .bind("name", identity.subject())
                .execute();
          }
          Session session = sessions.open(handle, identity);
          audit.record(
              handle,
              AuditFact.of(identity.subject(), AuditAction.LOGIN, "", Map.of("address", address)));
          return session;
        });
  }

  private Optional<Login> find(String name) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select name, display_name, array_to_string(roles, ',') as roles, password,
                      enabled
                    from review.security_user where name = :name
                    """)
                .bind("name", name)
                .map(
                    (row, context) ->
                        new Login(
                            RoleText.identity(row),
                            row.getString("password"),
                            row.getBoolean("enabled")))
                .findOne());
  }

  private record Login(Identity identity, String password, boolean enabled) {}
}
