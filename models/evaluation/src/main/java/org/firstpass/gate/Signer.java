package org.firstpass.gate;

import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Who signs a decision.
 *
 * @param user the name under which the person logged in to sign
 * @param roles that the person had at that moment, as the review server names them
 */
public record Signer(String user, SortedSet<String> roles) {
  /** Who answers for what readers are shown. Who makes a model does not let it in. */
  public static final Set<String> MAY_SIGN = Set.of("LEAD", "ADMINISTRATOR");

  public Signer {
    if (user.isBlank()) {
      throw new IllegalArgumentException("a signer has a name");
    }
    roles = new TreeSet<>(roles);
  }

  public boolean maySign() {
    return roles.stream().anyMatch(MAY_SIGN::contains);
  }
}
