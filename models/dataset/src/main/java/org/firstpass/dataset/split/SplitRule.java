package org.firstpass.dataset.split;

import org.firstpass.study.PatientKey;

/**
 * How a patient who is in no data set yet gets a split: by a keyed hash of the pseudonym.
 *
 * <p>It says nothing of patients who have one already: those are in the {@link SplitLedger}.
 */
public record SplitRule(DatasetSecret secret, SplitProportions proportions) {
  private static final String PURPOSE = "split";

  public static SplitRule of(DatasetSecret secret) {
    return new SplitRule(secret, SplitProportions.DEFAULT);
  }

  Split propose(PatientKey patient) {
    return proportions.at(secret.fraction(PURPOSE, patient.value()));
  }
}
