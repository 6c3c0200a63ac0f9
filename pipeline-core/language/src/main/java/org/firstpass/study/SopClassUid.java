package org.firstpass.study;

/** SOP Class UID (0008,0016). */
public record SopClassUid(String value) {
  public SopClassUid {
    DicomUid.requireValid("SopClassUid", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
