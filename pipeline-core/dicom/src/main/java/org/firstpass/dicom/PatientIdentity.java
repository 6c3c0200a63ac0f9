package org.firstpass.dicom;

/**
 * Who the patient is, as the sender says it: Patient ID and its issuer, both possibly empty.
 *
 * <p>It exists to be turned into a pseudonym at once; {@link #toString} hides it, so that no log
 * line and no exception can carry it.
 *
 * @see "PS3.3 C.7.1.1"
 */
public final class PatientIdentity {
  private final String issuer;
  private final String id;

  public PatientIdentity(String issuer, String id) {
    this.issuer = issuer;
    this.id = id;
  }

  /** Issuer of Patient ID (0010,0021), empty if absent. */
  public String issuer() {
    return issuer;
  }

  /** Patient ID (0010,0020), empty if absent. */
  public String id() {
    return id;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PatientIdentity that
        && issuer.equals(that.issuer)
        && id.equals(that.id);
  }

  @Override
  public int hashCode() {
    return 31 * issuer.hashCode() + id.hashCode();
  }

  @Override
  public String toString() {
    return "PatientIdentity[hidden]";
  }
}
