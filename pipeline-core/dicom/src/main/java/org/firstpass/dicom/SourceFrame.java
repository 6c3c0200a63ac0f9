package org.firstpass.dicom;

import org.firstpass.geometry.Vector3;
import org.firstpass.study.SopClassUid;
import org.firstpass.study.SopInstanceUid;

/**
 * One slice of the volume, as its instance or its frame of a multi-frame instance.
 *
 * @param frameNumber from 1, or 0 if the instance is single-frame
 * @param position where the centre of its first pixel lies, as the instance says it (LPS, mm)
 */
record SourceFrame(
    SopInstanceUid instance, SopClassUid sopClass, int frameNumber, Vector3 position) {}
