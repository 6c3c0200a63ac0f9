package org.firstpass.dicom;

import java.util.Map;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SopInstanceUid;

/** The images to which an object may refer. */
@FunctionalInterface
public interface ReferencedImages {
  ReferencedImages NONE = series -> Map.of();

  /** The images of a series that are here, by their names. */
  Map<SopInstanceUid, InstanceSource> of(SeriesInstanceUid series);
}
