package org.firstpass.study;

/** Series Instance UID (0020,000E). */
public record SeriesInstanceUid(String value) {
  public SeriesInstanceUid {
    DicomUid.requireValid("SeriesInstanceUid", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
