package org.firstpass.security;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.firstpass.study.Sha256;
import org.jdbi.v3.core.Jdbi;

/**
 * How often somebody may try a password: per user and address, and per address for those who try
 * one password on many users.
 *
 * <p>An attempt counts as failed from its start until it succeeds, in one statement, so that many
 * attempts at once get no further than one after the other.
 */
final class LoginThrottle {
  /** Failures that are free, per user and address. */
  static final int FREE = 5;

  /** Failures that are free per address: a whole hospital may sit behind one. */
  static final int FREE_PER_ADDRESS = 100;

  static final Duration FIRST_WAIT = Duration.ofSeconds(30);
  static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

  /** Failures older than this are forgotten. */
  static final Duration MEMORY = Duration.ofHours(1);

  private final Jdbi jdbi;
  private final Clock clock;

  LoginThrottle(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /** Counts an attempt; throws if it may not be made. */
  void begin(String user, String address) {
    count(addressKey(address), FREE_PER_ADDRESS);
    count(userKey(user, address), FREE);
  }

  /** The attempt was the right password after all. */
  void succeeded(String user, String address) {
    jdbi.useTransaction(
        handle -> {
          handle
              .createUpdate("delete from review.login_attempt where key = :key")
              .bind("key", userKey(user, address))
              .execute();
          handle
              .createUpdate(
                  """
                  update review.login_attempt set failures = greatest(0, failures - 1)
                  where key = :key
                  """)
              .bind("key", addressKey(address))
              .execute();
        });
  }

  /** Forgets what is too old to count. */
  void sweep() {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate("delete from review.login_attempt where last < :forget")
                .bind("forget", clock.instant().minus(MEMORY))
                .execute());
  }

  private void count(byte[] key, int free) {
    Instant now = clock.instant();
    Optional<Instant> blocked =
        jdbi.inTransaction(
            handle -> {
              int counted =
                  handle
                      .createUpdate(
                          """
                          insert into review.login_attempt as a (key, failures, last)
                          values (:key, 1, :now)
                          on conflict (key) do update set
                            last = :now,
                            failures = case when a.last < :forget then 1 else a.failures + 1 end,
                            blocked_until = case
                              when a.last < :forget or a.failures + 1 < :free then null
                              else cast(:now as timestamptz) + least(:longest * interval '1 second', :first
                                * interval '1 second' * power(2, least(20, a.failures + 1 - :free)))
                            end
                          where a.blocked_until is null or a.blocked_until <= :now
                          """)
                      .bind("key", key)
                      .bind("now", now)
                      .bind("forget", now.minus(MEMORY))
                      .bind("free", free)
                      .bind("first", FIRST_WAIT.toSeconds())
                      .bind("longest", LONGEST_WAIT.toSeconds())
                      .execute();
              return counted == 1
                  ? Optional.empty()
                  : handle
                      .createQuery(
                          "select blocked_until from review.login_attempt where key = :key")
                      .bind("key", key)
                      .mapTo(Instant.class)
                      .findOne();
            });
    if (blocked.isPresent()) {
      throw new TooManyFailures(Duration.between(now, blocked.orElseThrow()));
    }
  }

  private static byte[] userKey(String user, String address) {
    return key("user\0" + user + "\0" + address);
  }

  private static byte[] addressKey(String address) {
    return key("address\0" + address);
  }

  private static byte[] key(String text) {
    return Sha256.newDigest().digest(text.getBytes(StandardCharsets.UTF_8));
  }
}
