package org.firstpass.volume;

import org.firstpass.geometry.VoxelPosition;

/**
 * One connected part of a segment.
 *
 * @param number from 0, by the place of the first voxel in the order slice, row, column
 * @param voxels how many it has
 * @param centroid the mean of its voxel centres, in indices
 * @param box the smallest box that has all of it
 */
public record Component(int number, long voxels, VoxelPosition centroid, VoxelBox box) {}
