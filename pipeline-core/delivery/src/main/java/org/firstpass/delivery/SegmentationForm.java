package org.firstpass.delivery;

/**
 * How the labels of a Segmentation are encoded, by what the destination reads.
 *
 * @see "PS3.3 C.8.20.2"
 */
public enum SegmentationForm {
  /** One bit plane for each segment: every reader of segmentations reads it. */
  BINARY,
  /** One value for each voxel. */
  LABELMAP,
  /** The same in RLE where the destination takes it, uncompressed where it does not. */
  LABELMAP_RLE,
  /** How sure each segment is at each of its voxels. */
  FRACTIONAL
}
