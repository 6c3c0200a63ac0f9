package org.firstpass.dataset;

/**
 * What becomes of a case with a segment that no reader could assess, or that has no decision.
 *
 * <p>The accepted labels have no voxel of such a segment, and to read that as "not there" would
 * teach a model to miss it. So the case is never taken as it is.
 */
public enum NotAssessableRule {
  /** The case is not in the data set; the manifest says so and why. */
  LEAVE_OUT,
  /**
   * The case keeps the segments that were assessed; every voxel outside them, where the other one
   * may be, gets nnU-Net's ignore label. Not for formats that have no such label.
   */
  IGNORE_LABEL
}
