package org.firstpass.dicom;

import org.firstpass.study.SopClassUid;

/**
 * What the header of a SEG object says of its frames.
 *
 * @param type Segmentation Type (0062,0001)
 * @see "PS3.3 C.8.20.2"
 */
record FrameFormat(
    SopClassUid sopClass,
    String transferSyntax,
    SegmentationKind type,
    int bitsAllocated,
    SegmentsOverlap overlap) {

  /** Segmentation Type (0062,0001). */
  enum SegmentationKind {
    BINARY,
    FRACTIONAL,
    LABELMAP
  }
}
