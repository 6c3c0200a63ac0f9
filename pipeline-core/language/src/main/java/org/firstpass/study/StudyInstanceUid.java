package org.firstpass.study;

/** Study Instance UID (0020,000D). */
public record StudyInstanceUid(String value) {
  public StudyInstanceUid {
    DicomUid.requireValid("StudyInstanceUid", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
