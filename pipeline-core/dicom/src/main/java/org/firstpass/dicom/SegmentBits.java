package org.firstpass.dicom;

/** Where each segment, called by an index, has voxels. */
interface SegmentBits extends SegmentFrames.Presence {

  /** Sets the bits of a segment's voxels in a slice; bit 0 of byte 0 is the first voxel. */
  void pack(int segment, int slice, byte[] bits);
}
