package org.firstpass.pull;

import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.StudyInstanceUid;

/**
 * A question for the earlier studies of a patient that this process works on now.
 *
 * @param study that arrived
 * @param series of it; its stored instances say whose it is
 */
record PriorSearch(Lease lease, PriorRule rule, StudyInstanceUid study, SeriesInstanceUid series) {}
