package org.firstpass.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The sessions of people who logged in with a password. */
final class Sessions {
  /** A session ends when it was not used for this long. */
  static final Duration IDLE = Duration.ofMinutes(60);

  /** A session ends after this, however busy: one working day. */
  static final Duration LONGEST = Duration.ofHours(12);

  /** How stale the time of the last use may be: one write a minute, not one per request. */
  private static final Duration SEEN_GRAIN = Duration.ofMinutes(1);

  private final Jdbi jdbi;
  private final Clock clock;
  private final SecretTokens secrets;

  Sessions(Jdbi jdbi, Clock clock, SecretTokens secrets) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.secrets = secrets;
  }

  Session open(Handle handle, Identity identity) {
    String token = secrets.next(SecretTokens.SESSION_PREFIX);
    Instant now = clock.instant();
    Instant until = now.plus(LONGEST);
    handle
        .createUpdate(
            """
            insert into review.security_session (digest, user_name, created, seen, until)
            values (:digest, :user, :now, :now, :until)
            """)
        .bind("digest", SecretTokens.digest(token))
        .bind("user", identity.subject())
        .bind("now", now)
        .bind("until", until)
        .execute();
    return new Session(token, identity, until);
  }

  Optional<Identity> find(String token) {
    Instant now = clock.instant();
    byte[] digest = SecretTokens.digest(token);
    return jdbi.withHandle(
        handle -> {
          Optional<Seen> found =
              handle
                  .createQuery(
                      """
                      select s.seen, u.name, u.display_name, array_to_string(u.roles, ',') as roles
                      from review.security_session s join review.security_user u
                        on u.name = s.user_name and u.enabled
                      where s.digest = :digest and s.until > :now and s.seen > :idle
                      """)
                  .bind("digest", digest)
                  .bind("now", now)
                  .bind("idle", now.minus(IDLE))
                  .map(
                      (row, context) ->
                          new Seen(row.getTimestamp("seen").toInstant(), RoleText.identity(row)))
                  .findOne();
          if (found.isPresent() && found.orElseThrow().at.isBefore(now.minus(SEEN_GRAIN))) {
            handle
                .createUpdate(
                    "update review.security_session set seen = :now where digest = :digest")
                .bind("now", now)
                .bind("digest", digest)
                .execute();
          }
          return found.map(Seen::identity);
        });
  }

  /** Ends one session and says whose it was. */
  Optional<String> end(Handle handle, String token) {
    return handle
        .createQuery(
            "delete from review.security_session where digest = :digest returning user_name")
        .bind("digest", SecretTokens.digest(token))
        .mapTo(String.class)
        .findOne();
  }

  static void endAllOf(Handle handle, String user) {
    handle
        .createUpdate("delete from review.security_session where user_name = :user")
        .bind("user", user)
        .execute();
  }

  /** Deletes the sessions that have ended. */
  void sweep() {
    Instant now = clock.instant();
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "delete from review.security_session where until <= :now or seen <= :idle")
                .bind("now", now)
                .bind("idle", now.minus(IDLE))
                .execute());
  }

  private record Seen(Instant at, Identity identity) {}
}
