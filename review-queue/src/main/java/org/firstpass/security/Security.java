package org.firstpass.security;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole room, built over a database whose schema {@code review} is migrated. */
public final class Security implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Security.class);
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
  private final ScheduledExecutorService chores;

  public Security(Jdbi jdbi, Clock clock) {
    var secrets = new SecretTokens(random);
    this.jdbi = jdbi;
    this.throttle = new LoginThrottle(jdbi, clock);
    this.sessions = new Sessions(jdbi, clock, secrets);
    this.audit = new AuditTrail(jdbi, clock);
    this.users = new Users(jdbi, clock, hashing, audit);
    this.tokens = new ApiTokens(jdbi, clock, secrets, audit);
    this.authenticator = new LocalAuthenticator(jdbi, hashing, throttle, sessions, tokens, audit);
    this.chores =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              var thread = new Thread(task, "security-chores");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Starts what runs beside the requests: sealing the audit trail, forgetting what has ended. */
  public void start() {
    chores.scheduleWithFixedDelay(() -> quietly("seal", audit::seal), 1, 1, TimeUnit.SECONDS);
    chores.scheduleWithFixedDelay(() -> quietly("sweep", this::sweep), 1, 60, TimeUnit.SECONDS);
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
    chores.shutdown();
    try {
      if (!chores.awaitTermination(5, TimeUnit.SECONDS)) {
        chores.shutdownNow();
      }
    } catch (InterruptedException e) {
      chores.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private void sweep() {
    sessions.sweep();
    throttle.sweep();
  }

  private static void quietly(String chore, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      // An executor forgets a chore that threw; the database may be back the next time.
      LOG.warn("security chore '{}' failed and is tried again", chore, e);
    }
  }
}
