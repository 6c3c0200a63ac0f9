package org.firstpass.security;

import java.util.Set;

/**
 * Who is asking.
 *
 * @param subject the user's name, which never changes and is what rows and events carry
 * @param displayName what people are shown
 */
public record Identity(String subject, String displayName, Set<Role> roles) {
  public Identity {
    if (subject.isBlank()) {
      throw new IllegalArgumentException("an identity has a subject");
    }
    roles = Set.copyOf(roles);
  }

  public boolean has(Role role) {
    return roles.contains(role);
  }
}
