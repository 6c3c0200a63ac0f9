package org.firstpass.pull;

/** Whether a backfill goes on. */
public enum BackfillState {
  RUNNING,
  /** Somebody stopped it for a while. */
  PAUSED,
  /** Somebody called it off; what came stays. */
  CANCELLED,
  /** Every window was asked for and every study ended. */
  DONE
}
