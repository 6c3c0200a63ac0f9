package org.firstpass.security;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.firstpass.database.Database;
import org.firstpass.operations.Chores;
import org.jdbi.v3.core.Jdbi;

/** The whole room, built over a database whose schema {@code review} is migrated. */
public final class Security implements AutoCloseable {
  private static final Duration SEAL = Duration.ofSeconds(1);
  private static final Duration SWEEP = Duration.ofMinutes(1);
  private static final long FIRST_START_LOCK = 0x4650_4649_5253_54L;
  private static final String ADMINISTRATOR = "admin";

  private final Jdbi jdbi;
  private final SecureRandom random = new SecureRandom();
  private final PasswordHashing hashing = new PasswordHashing(random);
  private final LoginThrottle throttle;
  private final Sessions sessions;
  private final AuditTrail audit;
  private final Users users;
  private final ApiTokens tokens;
  private final Authenticator authenticator;
  private final Chores chores = new Chores("security-chores");

  public Security(Jdbi jdbi, Clock clock) {
    var secrets = new SecretTokens(random);
    this.jdbi = jdbi;
    this.throttle = new LoginThrottle(jdbi, clock);
    this.sessions = new Sessions(jdbi, clock, secrets);
    this.audit = new AuditTrail(jdbi, clock);
    this.users = new Users(jdbi, clock, hashing, audit);
    this.tokens = new ApiTokens(jdbi, clock, secrets, audit);
    this.authenticator = new LocalAuthenticator(jdbi, hashing, throttle, sessions, tokens, audit);
  }

  /** Over a database that others opened. */
  public static Security over(Database database, Clock clock) {
    return new Security(database.jdbi(), clock);
  }

  /** Starts what runs beside the requests: sealing the audit trail, forgetting what has ended. */
  public void start() {
    chores.later(SEAL, "the audit trail is not sealed for a moment", audit::seal);
    chores.later(SWEEP, "what has expired is not swept away for a moment", this::sweep);
  }

  /**
   * Makes the user {@code admin} with a random password if there is no user at all. Of two
   * processes that start together, one does.
   */
  public Optional<FirstAdministrator> firstStart() {
    var password = RandomPassword.next(random);
    String hash = hashing.hash(password.toCharArray());
    return jdbi.inTransaction(
        handle -> {
          handle.execute("select pg_advisory_xact_lock(?)", FIRST_START_LOCK);
          boolean empty =
              handle
                  .createQuery("select not exists (select 1 from review.security_user)")
                  .mapTo(Boolean.class)
                  .one();
          if (!empty) {
            return Optional.empty();
          }
          var user =
              new NewUser(
                  ADMINISTRATOR, "Administrator", Set.of(Role.ADMINISTRATOR, Role.RADIOLOGIST));
          users.insert(handle, user, hash);
          audit.record(
              handle, AuditFact.of("first start", AuditAction.USER_CREATED, ADMINISTRATOR));
          return Optional.of(new FirstAdministrator(ADMINISTRATOR, password));
        });
  }

  public Authenticator authenticator() {
    return authenticator;
  }

  public Users users() {
    return users;
  }

  public ApiTokens tokens() {
    return tokens;
  }

  public AuditTrail audit() {
    return audit;
  }

  @Override
  public void close() {
    chores.close();
  }

  private void sweep() {
    sessions.sweep();
    throttle.sweep();
  }
}
