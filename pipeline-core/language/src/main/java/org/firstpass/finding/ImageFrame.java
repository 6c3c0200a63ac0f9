package org.firstpass.finding;

import org.firstpass.study.SopInstanceUid;

/**
 * A frame of an image of the source series.
 *
 * @param frame from 1
 */
public record ImageFrame(SopInstanceUid instance, int frame) {
  public ImageFrame {
    if (frame < 1) {
      throw new IllegalArgumentException("frames are counted from 1, not from " + frame);
    }
  }
}
