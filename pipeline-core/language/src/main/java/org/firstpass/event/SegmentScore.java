package org.firstpass.event;

/**
 * What a proposal says of one of its segments.
 *
 * @param voxels on the source grid
 * @param uncertainty mean normalised entropy over the segment and its rim, 0 (sure) to 1
 */
public record SegmentScore(int segmentNumber, long voxels, double volumeMl, double uncertainty) {}
