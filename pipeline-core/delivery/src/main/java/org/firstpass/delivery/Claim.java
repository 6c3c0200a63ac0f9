package org.firstpass.delivery;

import java.util.List;
import java.util.UUID;
import org.firstpass.study.Sha256;

/**
 * One object that this process works on now, under a lease.
 *
 * @param lease the fencing token: without it nothing is written
 * @param acknowledged whether the destination acknowledged it, so that only its confirmation lacks
 * @param attempts with this one
 * @param forms the stored forms of the object, empty until it is made
 */
record Claim(
    long entry,
    UUID lease,
    UUID event,
    ObjectKind object,
    boolean acknowledged,
    int attempts,
    List<Sha256> forms) {
  Claim {
    forms = List.copyOf(forms);
  }

  Claim with(List<Sha256> made) {
    return new Claim(entry, lease, event, object, acknowledged, attempts, made);
  }
}
