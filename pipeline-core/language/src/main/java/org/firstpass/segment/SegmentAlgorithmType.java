package org.firstpass.segment;

/**
 * Who made a segment, as DICOM names it: Segment Algorithm Type (0062,0008).
 *
 * @see "PS3.3 C.8.20.2"
 */
public enum SegmentAlgorithmType {
  /** The model alone. */
  AUTOMATIC,
  /** The model, then a person changed it. */
  SEMIAUTOMATIC,
  /** A person, from nothing. */
  MANUAL
}
