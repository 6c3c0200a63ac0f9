package org.firstpass.foreign;

/**
 * Two segments of the protocol that share voxels.
 *
 * @param first the lower segment number
 * @param voxels how many both have
 */
public record Overlap(int first, int second, long voxels) {}
