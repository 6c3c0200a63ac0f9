package org.firstpass.dicom;

/**
 * Whether a voxel may belong to several segments: Segments Overlap (0062,0013).
 *
 * @see "PS3.3 C.8.20.2"
 */
public enum SegmentsOverlap {
  YES,
  NO,
  /** It is not known, or not said. */
  UNDEFINED;

  static SegmentsOverlap of(boolean overlap) {
    return overlap ? YES : NO;
  }
}
