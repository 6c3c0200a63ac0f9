package org.firstpass.security;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** An API token as it is listed: without its secret, which only its holder has. */
public record ApiToken(
    UUID id, String user, String name, Set<Role> roles, Instant created, Instant until) {
  public ApiToken {
    roles = Set.copyOf(roles);
  }
}
