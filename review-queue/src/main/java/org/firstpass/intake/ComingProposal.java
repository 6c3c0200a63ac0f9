package org.firstpass.intake;

import java.time.Instant;
import java.util.Optional;
import org.firstpass.study.SeriesInstanceUid;

/**
 * A series that a worker segments now, so that a task will follow.
 *
 * @param device on which the network runs
 * @param expectedReady as the worker has measured the package on its device, if it has
 * @param modality of the series, if its arrival was told
 */
public record ComingProposal(
    SeriesInstanceUid series,
    int revision,
    String packageName,
    String packageVersion,
    String device,
    Instant started,
    Optional<Instant> expectedReady,
    Optional<String> modality) {}
