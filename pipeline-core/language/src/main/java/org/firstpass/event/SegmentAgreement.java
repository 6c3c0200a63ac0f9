package org.firstpass.event;

/**
 * How far two label maps agree on a segment.
 *
 * @param dice 0 to 1; 1 if neither has it
 */
public record SegmentAgreement(int segmentNumber, double dice) {}
