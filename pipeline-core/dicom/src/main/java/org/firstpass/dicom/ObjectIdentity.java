package org.firstpass.dicom;

import org.dcm4che3.data.Tag;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SopClassUid;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.study.StudyInstanceUid;
import org.firstpass.study.StudyReference;
import org.firstpass.study.TransferSyntaxUid;

/** Which object a file is, whoever made it: an output of ours too. */
public record ObjectIdentity(
    StudyReference reference,
    SopClassUid sopClass,
    SopInstanceUid instance,
    TransferSyntaxUid transferSyntax) {

  /**
   * Reads the header, pixel data excluded.
   *
   * @throws org.firstpass.failure.StudyRefused MALFORMED_INSTANCE if it is no DICOM data set or
   *     lacks a UID
   * @throws org.firstpass.failure.TryAgainLater STORE_UNAVAILABLE if the source cannot be read
   */
  public static ObjectIdentity read(InstanceSource source) {
    HeaderReading reading = HeaderReading.parse(source);
    return new ObjectIdentity(
        new StudyReference(
            new StudyInstanceUid(reading.uid(Tag.StudyInstanceUID)),
            new SeriesInstanceUid(reading.uid(Tag.SeriesInstanceUID))),
        new SopClassUid(reading.uid(Tag.SOPClassUID)),
        new SopInstanceUid(reading.uid(Tag.SOPInstanceUID)),
        new TransferSyntaxUid(reading.transferSyntax()));
  }
}
