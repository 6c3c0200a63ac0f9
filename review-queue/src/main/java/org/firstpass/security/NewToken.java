package org.firstpass.security;

import java.time.Duration;
import java.util.Set;

/**
 * An API token to be made.
 *
 * @param user whose it is: it does what it does in this user's name
 * @param name what it is for
 * @param roles of the user's roles those that it may use; roles that the user loses later, it loses
 */
public record NewToken(String user, String name, Set<Role> roles, Duration life) {
  static final Duration LONGEST = Duration.ofDays(366);
  private static final int MAX_NAME = 100;

  public NewToken {
    if (name.isBlank() || name.length() > MAX_NAME) {
      throw new RuleBroken("a token's name has 1 to " + MAX_NAME + " characters");
    }
    if (roles.isEmpty()) {
      throw new RuleBroken("a token has at least one role");
    }
    if (life.isNegative() || life.isZero() || life.compareTo(LONGEST) > 0) {
      throw new RuleBroken("a token lasts 1 to " + LONGEST.toDays() + " days");
    }
    roles = Set.copyOf(roles);
  }
}
