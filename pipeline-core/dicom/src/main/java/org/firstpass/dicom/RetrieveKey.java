package org.firstpass.dicom;

import java.util.List;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SopInstanceUid;

/**
 * What an archive is asked to send: a study, a series, or some instances of a series.
 *
 * @see "PS3.4 C.4.2.1.4"
 */
public sealed interface RetrieveKey {
  StudyKey study();

  /** All of a study. */
  record OfStudy(StudyKey study) implements RetrieveKey {}

  /** One series. */
  record OfSeries(StudyKey study, SeriesInstanceUid series) implements RetrieveKey {}

  /**
   * These instances of one series.
   *
   * @param instances 1 to {@value #MOST}
   */
  record OfInstances(StudyKey study, SeriesInstanceUid series, List<SopInstanceUid> instances)
      implements RetrieveKey {
    /** As many as fit into a value of 64 KiB. */
    public static final int MOST = 1000;

    public OfInstances {
      instances = List.copyOf(instances);
      if (instances.isEmpty() || instances.size() > MOST) {
        throw new IllegalArgumentException(
            "expected 1 to " + MOST + " instances, but got " + instances.size());
      }
    }
  }
}
