package org.firstpass.dicom;

import org.firstpass.study.SopClassUid;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.study.StudyReference;
import org.firstpass.study.TransferSyntaxUid;

/**
 * What is needed of an instance to file it: whose it is, in which series, and what it is.
 *
 * @param modality Modality (0008,0060), empty if absent
 * @param patient hidden from every text form
 * @see "PS3.3 C.12.1, C.7.1.1, C.7.2.1, C.7.3.1"
 */
public record InstanceHeader(
    StudyReference reference,
    SopInstanceUid instance,
    SopClassUid sopClass,
    TransferSyntaxUid transferSyntax,
    String modality,
    PatientIdentity patient) {

  /**
   * Reads the header, pixel data excluded, in bounded memory.
   *
   * @throws org.firstpass.failure.StudyRefused MALFORMED_INSTANCE if it is no DICOM data set or one
   *     of its UIDs is missing, empty, multiple or malformed; OWN_OUTPUT if Firstpass made it of
   *     images
   * @throws org.firstpass.failure.TryAgainLater STORE_UNAVAILABLE if the source cannot be read
   */
  public static InstanceHeader read(InstanceSource source) {
    return HeaderReading.read(source);
  }
}
