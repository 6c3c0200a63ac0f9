package org.firstpass.pull;

import org.firstpass.study.ProjectName;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.StudyInstanceUid;
import org.jspecify.annotations.Nullable;

/**
 * A fetch that this process works on now.
 *
 * @param series the only one that is fetched, null for all that the filter wants
 */
record FetchClaim(
    Lease lease,
    PullCause cause,
    StudyInstanceUid study,
    @Nullable SeriesInstanceUid series,
    SeriesFilter filter,
    ProjectName project) {}
