package org.firstpass.volume;

/**
 * How large one segment is.
 *
 * <p>Lengths are taken on the surface that lies half-way between the centres of a voxel of the
 * segment and of its neighbour outside, so one voxel is as long as its spacing. Lengths are those
 * of the whole segment, also where it has several parts.
 *
 * @param label its label value
 * @param voxels how many it has
 * @param volumeMm3 their volume
 * @param longestInPlaneMm the longest distance between two points of one slice
 * @param perpendicularMm the extent in that slice at a right angle to the longest distance
 * @param slice the slice of both, the first if several have the same
 * @param longestMm the longest distance between two points of the segment
 */
public record SegmentMeasurement(
    int label,
    long voxels,
    double volumeMm3,
    double longestInPlaneMm,
    double perpendicularMm,
    int slice,
    double longestMm) {}
