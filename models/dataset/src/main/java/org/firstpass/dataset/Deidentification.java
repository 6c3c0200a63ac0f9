package org.firstpass.dataset;

/**
 * What became of that by which a person could be told, kind by kind.
 *
 * @param patient names and ids of the patient
 * @param reader names of readers
 * @param headers all other attributes of the source instances
 * @param uids of studies, series and instances, in files and in the manifest
 * @param times when a case was accepted
 * @param pixels text or faces in the images
 */
public record Deidentification(
    Handling patient,
    Handling reader,
    Handling headers,
    Handling uids,
    Handling times,
    Handling pixels) {

  /** What was done with one kind. */
  public enum Handling {
    /** A keyed pseudonym stands for it. */
    PSEUDONYM,
    /** It is not in the files. */
    REMOVED,
    /** Only what is on a list of harmless attributes is in the files. */
    ALLOW_LIST,
    /** It is as it arrived here. */
    KEPT
  }

  static Deidentification of(DatasetFormat format) {
    return new Deidentification(
        Handling.PSEUDONYM,
        Handling.PSEUDONYM,
        format == DatasetFormat.DICOM ? Handling.ALLOW_LIST : Handling.REMOVED,
        Handling.KEPT,
        Handling.KEPT,
        Handling.KEPT);
  }
}
