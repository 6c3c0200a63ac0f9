package org.firstpass.dicom;

/**
 * How the voxels of a Segmentation are stored.
 *
 * @see "PS3.3 C.8.20.2.3, PS3.5 annex G"
 */
public enum SegmentationEncoding {
  /** A frame of single bits per segment and slice: what every viewer reads. */
  BINARY,
  /** A frame of label values per slice, 8 or 16 bits, for segments that do not overlap. */
  LABELMAP,
  /** The same in RLE Lossless. */
  LABELMAP_RLE
}
