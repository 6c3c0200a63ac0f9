package org.firstpass.security;

import java.util.Set;
import java.util.regex.Pattern;

/** A user to be made. */
public record NewUser(String name, String displayName, Set<Role> roles) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
  private static final int MAX_DISPLAY_NAME = 100;

  public NewUser {
    if (!NAME.matcher(name).matches()) {
      throw new RuleBroken(
          "a user's name is 1 to 63 of a-z 0-9 . _ - and begins with a letter or digit");
    }
    if (displayName.isBlank() || displayName.length() > MAX_DISPLAY_NAME) {
      throw new RuleBroken("a display name has 1 to " + MAX_DISPLAY_NAME + " characters");
    }
    if (roles.isEmpty()) {
      throw new RuleBroken("a user has at least one role");
    }
    roles = Set.copyOf(roles);
  }
}
