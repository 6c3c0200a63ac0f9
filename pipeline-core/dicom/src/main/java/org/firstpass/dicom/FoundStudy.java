package org.firstpass.dicom;

import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.firstpass.study.StudyInstanceUid;

/**
 * A study that an archive says it has. {@link #toString} hides whose it is.
 *
 * @param patient with an empty id or issuer if the archive does not tell it
 * @param date Study Date; none if absent or malformed
 * @param modalities Modalities in Study; empty if the archive does not tell them
 * @param series Number of Study Related Series, if the archive tells it
 * @param instances Number of Study Related Instances, if the archive tells it
 */
public record FoundStudy(
    StudyInstanceUid study,
    PatientIdentity patient,
    Optional<LocalDate> date,
    Set<String> modalities,
    OptionalInt series,
    OptionalInt instances) {
  public FoundStudy {
    modalities = Set.copyOf(modalities);
  }

  public StudyKey key() {
    return new StudyKey(study, patient);
  }

  @Override
  public String toString() {
    return "FoundStudy[" + study + "]";
  }
}
