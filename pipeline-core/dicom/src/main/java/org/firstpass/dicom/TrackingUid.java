package org.firstpass.dicom;

import org.firstpass.segment.LabelSchema;
import org.firstpass.segment.Segment;
import org.firstpass.study.DicomUid;
import org.firstpass.study.NameBasedUuid;
import org.firstpass.study.SeriesInstanceUid;

/**
 * Tracking UID (0062,0021): a structure of a series has the same one in every proposal and every
 * correction.
 *
 * @see "PS3.3 C.8.20.4"
 */
public final class TrackingUid {
  private TrackingUid() {}

  public static String of(SeriesInstanceUid series, LabelSchema schema, Segment segment) {
    return DicomUid.of(
        NameBasedUuid.of(
            "tracking", series.value(), schema.name(), Integer.toString(segment.number())));
  }
}
