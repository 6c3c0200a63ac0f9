package org.firstpass.dicom;

import java.time.Instant;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SopInstanceUid;

/**
 * Which SEG object this is.
 *
 * @param created content and series date and time, to the second, in the source's offset from UTC
 *     if it states one and in UTC if not
 * @param contentCreator Content Creator's Name (0070,0084), {@code Family^Given}; empty for none
 */
public record SegmentationIdentity(
    SopInstanceUid instance, SeriesInstanceUid series, Instant created, String contentCreator) {
  private static final int PERSON_NAME = 64;

  public SegmentationIdentity {
    if (contentCreator.length() > PERSON_NAME || contentCreator.indexOf('\\') >= 0) {
      throw new IllegalArgumentException(
          "contentCreator has at most " + PERSON_NAME + " characters and no backslash");
    }
  }

  DerivedIdentity derived() {
    return new DerivedIdentity(instance, series, created);
  }
}
