package org.firstpass.dataset;

import java.util.Set;
import org.firstpass.study.PatientKey;

/** The patients who are to be in no data set any more. */
record Erasures(Set<PatientKey> patients) {
  static final Erasures NONE = new Erasures(Set.of());

  Erasures {
    patients = Set.copyOf(patients);
  }

  boolean has(PatientKey patient) {
    return patients.contains(patient);
  }
}
