package org.firstpass.dicom;

import org.firstpass.study.StudyInstanceUid;

/**
 * What names one study to an archive, in the Study Root and in the Patient Root information model.
 *
 * @param patient only archives that have no Study Root need it
 * @see "PS3.4 C.6.1 and C.6.2"
 */
public record StudyKey(StudyInstanceUid study, PatientIdentity patient) {
  /** A study of whose patient nothing is known. */
  public static StudyKey of(StudyInstanceUid study) {
    return new StudyKey(study, new PatientIdentity("", ""));
  }
}
