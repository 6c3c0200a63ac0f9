package org.firstpass.study;

/** Frame of Reference UID (0020,0052): coordinates with the same one may be compared. */
public record FrameOfReferenceUid(String value) {
  public FrameOfReferenceUid {
    DicomUid.requireValid("FrameOfReferenceUid", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
