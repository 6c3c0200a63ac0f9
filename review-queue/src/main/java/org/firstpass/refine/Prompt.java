package org.firstpass.refine;

/**
 * A voxel that a reader pointed at, in indices of the crop.
 *
 * @param adds whether it belongs to the segment; otherwise it does not
 */
public record Prompt(int column, int row, int slice, boolean adds) {}
