package org.firstpass.geometry;

/** A position in index space, continuous; whole numbers are voxel centres. */
public record VoxelPosition(double column, double row, double slice) {}
