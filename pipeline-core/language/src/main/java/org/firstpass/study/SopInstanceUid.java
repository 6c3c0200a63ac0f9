package org.firstpass.study;

/** SOP Instance UID (0008,0018). */
public record SopInstanceUid(String value) {
  public SopInstanceUid {
    DicomUid.requireValid("SopInstanceUid", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
