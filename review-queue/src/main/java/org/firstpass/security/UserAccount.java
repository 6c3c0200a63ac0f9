package org.firstpass.security;

import java.time.Instant;
import java.util.Set;

/** A local user as an administrator sees it. */
public record UserAccount(
    String name,
    String displayName,
    Set<Role> roles,
    boolean enabled,
    Instant created,
    Instant passwordChanged) {
  public UserAccount {
    roles = Set.copyOf(roles);
  }
}
