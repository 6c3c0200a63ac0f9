package org.firstpass.dicom;

import org.dcm4che3.data.Tag;

/**
 * Who the patient is and by which order the study came, for whoever may see that.
 *
 * <p>{@link #toString} hides it, so that no log line and no exception can carry it. Immutable.
 *
 * @see "PS3.3 C.7.1.1, C.7.2.1"
 */
public final class PatientStudy {
  private final HeaderReading header;

  private PatientStudy(HeaderReading header) {
    this.header = header;
  }

  /**
   * Reads the header of one instance, pixel data excluded, in bounded memory.
   *
   * @throws org.firstpass.failure.StudyRefused MALFORMED_INSTANCE if it is no DICOM data set
   * @throws org.firstpass.failure.TryAgainLater STORE_UNAVAILABLE if the source cannot be read
   */
  public static PatientStudy read(InstanceSource source) {
    return new PatientStudy(HeaderReading.parse(source));
  }

  /** Patient's Name (0010,0010) with its component groups, empty if absent. */
  public String name() {
    return text(Tag.PatientName);
  }

  /** Patient ID (0010,0020), empty if absent. */
  public String id() {
    return text(Tag.PatientID);
  }

  /** Issuer of Patient ID (0010,0021), empty if absent. */
  public String issuer() {
    return text(Tag.IssuerOfPatientID);
  }

  /** Patient's Birth Date (0010,0030), empty if absent. */
  public String birthDate() {
    return text(Tag.PatientBirthDate);
  }

  /** Patient's Sex (0010,0040), empty if absent. */
  public String sex() {
    return text(Tag.PatientSex);
  }

  /** Accession Number (0008,0050), empty if absent. */
  public String accessionNumber() {
    return text(Tag.AccessionNumber);
  }

  // The toolkit decodes values in place when they are read.
  private synchronized String text(int tag) {
    return header.text(tag);
  }

  @Override
  public String toString() {
    return "PatientStudy[hidden]";
  }
}
