package org.firstpass.event;

import org.firstpass.segment.CodedConcept;

/**
 * What a classification head says of the whole image.
 *
 * @param score 0 to 1
 * @param present whether the score reaches the threshold that the package states
 */
public record ImageFinding(CodedConcept code, double score, boolean present) {}
