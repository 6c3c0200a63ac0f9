package org.firstpass.event;

import org.firstpass.study.PatientKey;
import org.firstpass.study.Sha256;
import org.firstpass.study.StudyReference;

/**
 * The series revision that an event speaks of.
 *
 * @param revision counts from 1
 * @param revisionHash {@link org.firstpass.study.SeriesRevision#hash()}
 * @param manifest the stored list of its instances, see {@link SeriesRevisionCodec}
 * @param patient the pseudonym; the split of data sets goes by it
 */
public record SeriesInput(
    StudyReference reference,
    int revision,
    Sha256 revisionHash,
    ObjectReference manifest,
    PatientKey patient) {}
