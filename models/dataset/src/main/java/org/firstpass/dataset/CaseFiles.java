package org.firstpass.dataset;

import org.firstpass.failure.StudyRefused;
import org.firstpass.study.SeriesRevision;

/** Writes the files of one case to a place of their own, before it has a side. */
interface CaseFiles {
  /**
   * Writes them. Called by many threads, for one case at a time each.
   *
   * @throws StudyRefused what speaks against the series
   */
  CaseContent write(PlannedCase planned, SeriesRevision revision);
}
