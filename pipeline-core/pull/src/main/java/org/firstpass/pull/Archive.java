package org.firstpass.pull;

import java.util.List;
import java.util.Map;
import org.firstpass.dicom.FoundInstance;
import org.firstpass.dicom.FoundSeries;
import org.firstpass.dicom.FoundStudy;
import org.firstpass.dicom.QueryAnswer;
import org.firstpass.dicom.StudyKey;
import org.firstpass.dicom.StudyQuery;
import org.firstpass.failure.ReasonCode;
import org.firstpass.study.ProjectName;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SopInstanceUid;

/**
 * An archive, whatever it speaks. Whatever it does, every call ends; all throw TryAgainLater if it
 * is the trouble now, and StudyRefused if it says no. Safe for use by many threads.
 */
interface Archive {
  /** More studies than that are not answered to one query. */
  int MOST_STUDIES = 500;

  int MOST_SERIES = 5_000;
  int MOST_INSTANCES = 100_000;

  QueryAnswer<FoundStudy> studies(StudyQuery query);

  QueryAnswer<FoundSeries> series(StudyKey study);

  QueryAnswer<FoundInstance> instances(StudyKey study, SeriesInstanceUid series);

  /**
   * Has instances sent through the gateway's door. What came, the gateway's index says.
   *
   * @return why some were not taken, as far as that is known here
   */
  Map<SopInstanceUid, ReasonCode> retrieve(Wanted wanted);

  /**
   * Instances of one series.
   *
   * @param whole whether they are all that the archive has of it
   * @param project what they are kept for
   */
  record Wanted(
      StudyKey study,
      SeriesInstanceUid series,
      List<FoundInstance> instances,
      boolean whole,
      ProjectName project) {}
}
