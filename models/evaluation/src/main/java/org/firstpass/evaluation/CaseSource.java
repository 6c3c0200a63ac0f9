package org.firstpass.evaluation;

import org.firstpass.calibration.HeldOutCase;

/** A case and where its voxels come from. */
public record CaseSource(EvaluatedCase subject, HeldOutCase held) {}
