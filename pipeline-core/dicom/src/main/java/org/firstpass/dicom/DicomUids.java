package org.firstpass.dicom;

import org.dcm4che3.data.ElementDictionary;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.study.SopInstanceUid;

/** Checks of UIDs that come from outside, refusing with a code what the types refuse as a bug. */
final class DicomUids {
  private DicomUids() {}

  /** Refuses what is no UID with MALFORMED_INSTANCE. */
  static void requireShape(String name, String value) {
    if (!hasShape(value)) {
      // Not quoted: what stands in the place of a UID may be anything, a name too.
      throw new StudyRefused(
          ReasonCode.MALFORMED_INSTANCE,
          name
              + " is digits and dots, at most 64 characters, but is "
              + value.length()
              + " characters of another shape");
    }
  }

  static boolean hasShape(String value) {
    try {
      return new SopInstanceUid(value).value().equals(value);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  static String nameOf(int tag) {
    return ElementDictionary.keywordOf(tag, null);
  }
}
