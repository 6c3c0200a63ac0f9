package org.firstpass.drift;

/** A figure of a correction that may become worse; the larger, the worse. */
public enum DriftMeasure {
  /** Share of segments that were neither accepted as proposed nor with a minor correction. */
  NOT_ACCEPTED,
  /** 1 - Dice of the accepted to the proposed segment, the mean over segments. */
  DICE_LOST,
  /** Added path length, mm, the sum over segments. */
  ADDED_PATH,
  /** The reader's active time, s; of whole cases only. */
  ACTIVE_TIME
}
