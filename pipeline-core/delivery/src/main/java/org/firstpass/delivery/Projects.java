package org.firstpass.delivery;

import org.firstpass.study.ProjectName;
import org.firstpass.study.SeriesInstanceUid;

/** Knows which project a series was sent for. Safe for use by many threads. */
@FunctionalInterface
public interface Projects {
  ProjectName of(SeriesInstanceUid series);
}
