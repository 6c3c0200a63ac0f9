package org.firstpass.peer;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.firstpass.settings.Settings;
import org.jspecify.annotations.Nullable;

/**
 * How often something is tried and how long is waited in between: doubled each time, up to a limit,
 * with jitter.
 *
 * @param attempts after so many it stays failed until somebody asks again
 * @param first wait, for instance {@code 10s}
 * @param longest wait
 */
public record RetryBudget(int attempts, @Nullable String first, @Nullable String longest) {
  private static final int MAX_ATTEMPTS = 1000;
  private static final Duration LONGEST = Duration.ofDays(1);

  /** About six hours. */
  public static final RetryBudget STANDARD = new RetryBudget(20, "10s", "30m");

  public RetryBudget {
    Requirement.within("attempts", attempts, 1, MAX_ATTEMPTS);
    Duration begin = duration("first", first);
    Duration limit = duration("longest", longest);
    Requirement.that(
        begin.compareTo(limit) <= 0,
        "longest must not be less than first, but is " + longest + " and " + first);
  }

  /** A duration of more than nothing and at most a day. */
  public static Duration duration(String field, @Nullable String value) {
    Duration parsed;
    try {
      parsed = Settings.parseDuration(Requirement.text(field, value));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IllegalArgumentException(
          field + " must be a duration such as 10s, but is '" + value + "'", e);
    }
    Requirement.that(
        !parsed.isZero() && !parsed.isNegative() && parsed.compareTo(LONGEST) <= 0,
        field + " must be more than 0 and at most a day, but is " + value);
    return parsed;
  }

  /** Whether so many attempts were all. */
  public boolean isUsedUp(int made) {
    return made >= attempts;
  }

  /** Between half of the doubled wait and all of it. */
  public Duration waitAfter(int made, RandomGenerator random) {
    long doubled = duration("first", first).toMillis() << Math.min(made - 1, Integer.SIZE - 2);
    long full = Math.min(duration("longest", longest).toMillis(), doubled);
    return Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1));
  }
}
