package org.firstpass.security;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Which roles suffice. */
public final class AccessPolicy {
  private AccessPolicy() {}

  /** Passes if the identity has one of the roles; naming no role lets nobody pass. */
  public static void requireRole(Identity identity, Role... anyOf) {
    requireRole(identity, Set.copyOf(List.of(anyOf)));
  }

  /** {@link #requireRole(Identity, Role...)} of a set. */
  public static void requireRole(Identity identity, Set<Role> anyOf) {
    if (anyOf.stream().noneMatch(identity::has)) {
      Role[] sorted = anyOf.stream().sorted().toArray(Role[]::new);
      throw new AccessRefused(
          "this needs one of the roles "
              + Arrays.toString(sorted)
              + ", but '"
              + identity.subject()
              + "' has "
              + identity.roles().stream().sorted().toList());
    }
  }
}
