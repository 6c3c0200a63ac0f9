package org.firstpass.security;

import java.util.OptionalLong;

/**
 * What a walk along the audit chain found.
 *
 * @param entries how many links were looked at
 * @param firstBroken the first entry whose link does not hold: it, or one before it, was changed or
 *     is missing
 * @param head the last link's hash in hexadecimal: written down elsewhere, it later shows whether
 *     the end of the trail was cut off
 */
public record AuditVerification(long entries, OptionalLong firstBroken, String head) {
  public boolean intact() {
    return firstBroken.isEmpty();
  }
}
