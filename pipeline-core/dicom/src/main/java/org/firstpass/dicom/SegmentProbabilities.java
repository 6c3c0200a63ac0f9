package org.firstpass.dicom;

import org.firstpass.geometry.GridGeometry;

/**
 * How probable each segment is at each voxel of a grid.
 *
 * <p>A writer asks for every slice of every segment twice, from one thread, and gets the same both
 * times.
 */
public interface SegmentProbabilities {
  GridGeometry geometry();

  /**
   * Fills in one slice of one segment, row by row, column fastest: 0 for impossible to 255 (as
   * unsigned byte) for certain.
   */
  void read(int segmentNumber, int slice, byte[] target);
}
