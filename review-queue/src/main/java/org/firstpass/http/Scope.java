package org.firstpass.http;

import org.firstpass.security.Identity;
import org.firstpass.security.Role;

/** Whose work somebody may see in figures, and whether with names. */
enum Scope {
  OWN,
  WITHOUT_NAMES,
  ALL;

  static Scope of(Identity identity) {
    if (identity.roles().contains(Role.LEAD) || identity.roles().contains(Role.ADMINISTRATOR)) {
      return ALL;
    }
    return identity.roles().contains(Role.ML_ENGINEER) ? WITHOUT_NAMES : OWN;
  }
}
