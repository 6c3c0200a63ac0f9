package org.firstpass.dicom;

import java.util.List;
import java.util.Optional;
import org.firstpass.dicom.AccessRule.Caller;

/** Who may open associations: everybody while it is empty, and otherwise only who is on it. */
public record AccessList(List<AccessRule> rules) {
  /** Everybody. */
  public static final AccessList OPEN = new AccessList(List.of());

  public AccessList {
    rules = List.copyOf(rules);
  }

  /** What the list says to a caller: the rule that lets it in, or why none does. */
  record Verdict(Optional<AccessRule> rule, Optional<AssociationRejection> refusal) {}

  Verdict verdict(Caller caller) {
    if (rules.isEmpty()) {
      return new Verdict(Optional.empty(), Optional.empty());
    }
    AssociationRejection nearest = AssociationRejection.CALLING_AE_TITLE;
    for (AccessRule rule : rules) {
      Optional<AssociationRejection> refusal = rule.refusal(caller);
      if (refusal.isEmpty()) {
        return new Verdict(Optional.of(rule), Optional.empty());
      }
      // What the caller got farthest with is what its administrator has to mend.
      nearest = nearest.compareTo(refusal.get()) >= 0 ? nearest : refusal.get();
    }
    return new Verdict(Optional.empty(), Optional.of(nearest));
  }
}
