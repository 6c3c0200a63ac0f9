package org.firstpass.security;

import java.time.Instant;

/**
 * A login that succeeded.
 *
 * @param token the bearer token, known to nobody but its holder: the database has its digest only
 * @param until when it ends at the latest, whatever is done with it
 */
public record Session(String token, Identity identity, Instant until) {
  @Override
  public String toString() {
    return "Session[" + identity.subject() + " until " + until + "]";
  }
}
