package org.firstpass.pull;

/** How far something is that is asked of an archive. */
public enum PullState {
  /** Waits for its turn, or for its next attempt. */
  WAITING,
  /** A process works on it, under a lease. */
  UNDER_WAY,
  DONE,
  /** Its retry budget is used up, or the archive refused it; it is kept for a retry. */
  FAILED,
  /** Somebody called it off. */
  CANCELLED;

  /** Whether nothing happens any more unless somebody asks again. */
  public boolean isEnd() {
    return switch (this) {
      case WAITING, UNDER_WAY -> false;
      case DONE, FAILED, CANCELLED -> true;
    };
  }
}
