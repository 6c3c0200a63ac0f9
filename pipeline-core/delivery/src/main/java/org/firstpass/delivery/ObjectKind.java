package org.firstpass.delivery;

/** What can be sent of a result. */
public enum ObjectKind {
  /** The labels as a DICOM Segmentation. */
  SEG,
  /** The labels as contours of an RT Structure Set. */
  RTSTRUCT,
  /** Volumes, diameters, scores and verdicts per segment, Comprehensive 3D SR (TID 1500). */
  SR,
  /** Where the network was unsure, as a Parametric Map. */
  PM,
  /** Which slices to look at first, as a Key Object Selection. */
  KOS
}
