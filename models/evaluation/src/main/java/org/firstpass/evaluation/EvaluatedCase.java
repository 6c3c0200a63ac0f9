package org.firstpass.evaluation;

import java.util.UUID;
import org.firstpass.dataset.split.Split;
import org.firstpass.study.PatientKey;
import org.jspecify.annotations.Nullable;

/**
 * A case that a package is measured on.
 *
 * @param name by which reports are compared
 * @param split the side of its patient, for ever
 * @param correction whose accepted labels are the reference; null if they come from elsewhere
 */
public record EvaluatedCase(
    String name, PatientKey patient, Split split, CaseTraits traits, @Nullable UUID correction) {
  public EvaluatedCase {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a case has a name");
    }
    traits = traits == null ? CaseTraits.UNKNOWN : traits;
  }

  /** The same case, of which more is known. */
  public EvaluatedCase withTraits(CaseTraits known) {
    return new EvaluatedCase(name, patient, split, known, correction);
  }
}
