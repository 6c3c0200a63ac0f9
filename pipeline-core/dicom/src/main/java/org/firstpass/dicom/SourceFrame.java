package org.firstpass.dicom;

import org.firstpass.geometry.Vector3;
import org.firstpass.study.SopClassUid;
import org.firstpass.study.SopInstanceUid;
import org.jspecify.annotations.Nullable;

/**
 * One slice of the volume, as its instance or its frame of a multi-frame instance.
 *
 * @param frameNumber from 1, or 0 if the instance is single-frame
 * @param position where the centre of its first pixel lies, as the instance says it (LPS, mm); null
 *     if it has no place in patient space
 */
record SourceFrame(
    SopInstanceUid instance, SopClassUid sopClass, int frameNumber, @Nullable Vector3 position) {
  Vector3 requirePosition() {
    if (position == null) {
      throw new IllegalStateException("instance " + instance + " has no place in patient space");
    }
    return position;
  }
}
