package org.firstpass.foreign;

import java.util.List;
import java.util.Set;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.study.StudyInstanceUid;
import org.firstpass.volume.Mask;

/** What a foreign object draws, and on what. */
public interface Drawing {

  StudyInstanceUid study();

  /** The series that it says it lies on; empty if it does not say. */
  Set<SeriesInstanceUid> series();

  /** The segmentations and structure sets that it says it was made from. */
  Set<SopInstanceUid> predecessors();

  List<DrawnSegment> segments();

  /**
   * The voxels of a segment on a grid, placed by position, whatever other segments have them too.
   *
   * @throws org.firstpass.failure.StudyRefused if the segment does not lie on the grid
   */
  Mask mask(int segment, GridGeometry grid);
}
