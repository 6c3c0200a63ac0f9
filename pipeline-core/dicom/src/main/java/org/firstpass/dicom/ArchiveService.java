package org.firstpass.dicom;

/**
 * What an archive can be asked for, in its two information models.
 *
 * @see "PS3.4 C.4"
 */
enum ArchiveService {
  FIND("C-FIND", "1.2.840.10008.5.1.4.1.2.2.1", "1.2.840.10008.5.1.4.1.2.1.1"),
  MOVE("C-MOVE", "1.2.840.10008.5.1.4.1.2.2.2", "1.2.840.10008.5.1.4.1.2.1.2"),
  GET("C-GET", "1.2.840.10008.5.1.4.1.2.2.3", "1.2.840.10008.5.1.4.1.2.1.3");

  private final String label;
  private final String studyRoot;
  private final String patientRoot;

  ArchiveService(String label, String studyRoot, String patientRoot) {
    this.label = label;
    this.studyRoot = studyRoot;
    this.patientRoot = patientRoot;
  }

  /** Its name in the standard. */
  String label() {
    return label;
  }

  /** SOP Class UID in the Study Root information model. */
  String studyRoot() {
    return studyRoot;
  }

  /** SOP Class UID in the Patient Root information model. */
  String patientRoot() {
    return patientRoot;
  }
}
